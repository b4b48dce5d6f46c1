"""What a reader must know beside the numbers: what is missing, and what is hidden."""

from django.utils.translation import gettext as _

from safar.insights.reports import labels
from safar.insights.reports.content import MonthReport
from safar.insights.reports.tables import UNKNOWN

# A share of a small total says little and gives counts away.
SMALLEST_TOTAL_FOR_A_SHARE = 30
_ASKED = (
    ("persons_by_sex_age", "age_band"),
    ("persons_by_region", "region"),
    ("persons_by_category", "category"),
    ("attendances_by_sex_age", "age_band"),
)


def missing_notes(report: MonthReport) -> tuple[str, ...]:
    """Say of how many the age, region or category is not known, where that can be said."""
    found = []
    for code, dimension in _ASKED:
        table = report.breakdown(code)
        if UNKNOWN not in table.rows or not table.total or table.total < SMALLEST_TOTAL_FOR_A_SHARE:
            continue
        missing = table.row_totals[table.rows.index(UNKNOWN)]
        if missing:
            share = round(100 * missing / table.total)
            found.append(
                _("%(dimension)s is not known for %(missing)d of %(total)d %(unit)s (%(share)d%%).")
                % {
                    "dimension": labels.dimension(dimension),
                    "missing": missing,
                    "total": table.total,
                    "unit": labels.unit_of(table.indicator, table.unit),
                    "share": share,
                }
            )
    return tuple(found)


def disclosure_note(report: MonthReport) -> str:
    """Say whether small counts are hidden and how, or that this copy must stay inside."""
    if report.protection is None:
        return _("Internal copy with true counts, small ones too. Not for passing on.")
    return _(
        "Counts of people below %(threshold)d (below %(sensitive)d for minors and other sensitive groups) are hidden and marked "
        "[c], and so are as many other counts as it takes that the hidden ones cannot be worked out. A zero is shown."
    ) % {"threshold": report.protection.threshold, "sensitive": report.protection.sensitive_threshold}
