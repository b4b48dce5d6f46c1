"""Figures others published, shown beside ours and never mixed with them."""

from safar.insights.reports.content import ReferenceLine


def published() -> tuple[ReferenceLine, ...]:
    """Return what has been published about the centres of this country."""
    return ()
