"""Figures others published about centres like ours, shown beside our own and never mixed with them."""

from safar.insights.reports.content import ReferenceLine
from safar.reference.queries import figures
from safar.reference.queries.figures import PublishedFigure


def published(centre: str = "") -> tuple[ReferenceLine, ...]:
    """Return what has been published about this centre; where nothing has, about the sister centres we know figures of."""
    chosen = [centre] if centre in figures.CENTRES else sorted(figures.CENTRES)
    return tuple(_line(code, figure) for code in chosen for figure in figures.published_figures(code))


def _line(centre: str, figure: PublishedFigure) -> ReferenceLine:
    return ReferenceLine(
        indicator=figure.indicator,
        label=dict(figure.name),
        place=centre,
        value=int(figure.value),
        qualifier=figure.qualifier,
        unit=figure.unit,
        period=figure.period,
        source=f"{figure.publisher}: {figure.source}",
        address=figure.address,
        published_on=figure.published,
        note=figure.note,
    )
