"""The charts of a month report: one unit a chart, so that no eye adds what no engine may."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from safar.insights.reports import labels
from safar.insights.reports.content import Breakdown, MonthReport
from safar.insights.reports.tables import UNKNOWN
from safar.kernel.chart import Chart, Picture, RegionMap, Series
from safar.reference.queries import places

TRENDS = ("persons_counselled", "contacts", "session_attendances")


def trend(report: MonthReport, code: str) -> Chart:
    """Return a figure over the months that led here."""
    line = report.figure(code)
    return Chart(
        kind="line",
        title=labels.indicator(code),
        categories=tuple(labels.short_month(month) for month, _value in line.trend),
        series=(Series(labels.indicator(code), tuple(value for _month, value in line.trend)),),
        unit=labels.unit_of(code, line.unit),
        note=_hidden_note(value for _month, value in line.trend),
    )


def by_category(table: Breakdown) -> Chart:
    """Return a breakdown as bars, stacked where it has columns; empty categories are left out."""
    shown = [i for i, total in enumerate(table.row_totals) if total != 0]
    rows = tuple(labels.category(table.row_dimension, table.rows[i]) for i in shown)
    if table.columns:
        used = [j for j, total in enumerate(table.column_totals) if total != 0]
        series = tuple(
            Series(labels.category(table.column_dimension, table.columns[j]), tuple(table.cells[i][j] for i in shown))
            for j in used
        )
    else:
        series = (Series(labels.table_title(table.code), tuple(table.row_totals[i] for i in shown)),)
    return Chart(
        kind="stacked" if table.columns else "bar",
        title=labels.table_title(table.code),
        categories=rows,
        series=series,
        unit=labels.unit_of(table.indicator, table.unit),
        note=_hidden_note(value for one in series for value in one.values),
    )


def region_map(report: MonthReport) -> RegionMap:
    """Return persons counselled by the region they live in."""
    table = report.breakdown("persons_by_region")
    values = dict(zip(table.rows, table.row_totals, strict=True))
    shapes = places.shapes(report.country)
    codes = [feature["properties"]["code"] for feature in shapes["features"]]
    notes = [_hidden_note(values.values()), places.shapes_notice(report.country)]
    if outside := sum(value or 0 for code, value in values.items() if code not in codes and code != UNKNOWN):
        notes.insert(0, _("%(count)d persons live in another country.") % {"count": outside})
    return RegionMap(
        title=labels.table_title(table.code),
        shapes=shapes,
        values={code: values.get(code, 0) for code in codes},
        unit=labels.unit_of(table.indicator, table.unit),
        note=" ".join(filter(None, notes)),
    )


def _hidden_note(values: Iterable[float | None]) -> str:
    hidden = any(value is None for value in values)
    return _("Gaps are counts hidden to protect people.") if hidden else ""


def of_report(report: MonthReport) -> dict[str, Picture]:
    """Return the pictures of a document by name, leaving out those with nothing to show."""
    pictures: dict[str, Picture] = {
        f"trend_{code}": trend(report, code)
        for code in TRENDS
        if any(value for _month, value in report.figure(code).trend)
    }
    for code in ("persons_by_sex_age", "contacts_by_mode", "contacts_by_topic"):
        chart = by_category(report.breakdown(code))
        if any(value for series in chart.series for value in series.values):
            pictures[code] = chart
    drawn_map = region_map(report)
    if any(drawn_map.values.values()):
        pictures["persons_by_region"] = drawn_map
    return pictures
