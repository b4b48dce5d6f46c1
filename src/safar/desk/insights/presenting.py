"""Turns a report into what the page draws."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from safar.insights.indicators.definition import AnyOf, Condition, Indicator, indicators
from safar.insights.queries.months import EventRow
from safar.insights.queries.runs import Correction
from safar.insights.reports import labels
from safar.insights.reports.content import FigureLine, MonthReport
from safar.insights.reports.document import Section
from safar.insights.reports.sections import sections
from safar.insights.reports.written import written
from safar.kernel.chart import Picture

_NARROW = 2
_PAGES = {
    "contact": "desk:cases:contact",
    "session": "desk:awareness:show",
    "case": "desk:cases:case",
    "referral": "desk:cases:referral",
}


@dataclass(frozen=True, slots=True)
class ShownFigure:
    label: str
    value: int | str
    unit: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    title: str
    notes: tuple[str, ...]
    pictures: list[Picture]
    head: list[ShownCell] = field(default_factory=list)
    rows: list[list[ShownCell]] = field(default_factory=list)
    total: list[ShownCell] = field(default_factory=list)

    @property
    def is_narrow(self) -> bool:
        return len(self.head) <= _NARROW and not self.pictures


def figure_groups(report: MonthReport) -> list[tuple[str, list[ShownFigure]]]:
    """Return the figures by what they count, so that like stands with like and unlike apart."""
    groups = (
        (_("People"), {"persons"}),
        (_("Conversations and referrals"), {"contacts"}),
        (_("Sessions and places"), {"sessions", "attendances", "places"}),
    )
    return [
        (title, [shown_figure(line, report) for line in report.figures if line.unit in units])
        for title, units in groups
    ]


def shown_figure(line: FigureLine, report: MonthReport) -> ShownFigure:
    before = labels.HIDDEN if line.previous is None else written(line.previous)
    return ShownFigure(
        label=labels.indicator(line.code),
        value=labels.HIDDEN if line.value is None else line.value,
        unit=labels.unit_of(line.code, line.unit),
        note=_("%(month)s: %(value)s") % {"month": labels.month(line.trend[-2][0]), "value": before},
        href=address("indicator", report.month, report.centre, line.code),
    )


def address(page: str, month: str, centre: str, *parts: str) -> str:
    """Return the address of a page of this area that keeps the month and centre."""
    chosen = {"month": month} | ({"centre": centre} if centre else {})
    return f"{reverse(f'desk:insights:{page}', args=parts)}?{urlencode(chosen)}"


def trend_pictures(report: MonthReport) -> list[Picture]:
    return [picture for section in sections(report) if section.key == "trends" for _name, picture in section.pictures]


def tables(report: MonthReport) -> list[ShownTable]:
    """Return all sections but the trends as tables ready to draw."""
    return [_table(section) for section in sections(report) if section.key != "trends"]


def _table(section: Section) -> ShownTable:
    pictures = [picture for _name, picture in section.pictures]
    if section.grid is None:
        return ShownTable(section.title, section.notes, pictures)
    numbers = [column.kind == "number" for column in section.grid.columns]
    rows = [
        [ShownCell(written(cell), is_number) for cell, is_number in zip(row, numbers, strict=True)]
        for row in section.grid.rows
    ]
    total = rows.pop() if section.grid.has_total else []
    head = [ShownCell(column.label, is_number) for column, is_number in zip(section.grid.columns, numbers, strict=True)]
    return ShownTable(section.title, section.notes, pictures, head, rows, total)


def rules(indicator: Indicator) -> list[str]:
    """Say in words which rows count, as the definition file states it."""
    found = [_rule(condition) for condition in indicator.where]
    return found + [
        _("for the whole node: %(rule)s") % {"rule": _rule(condition)} for condition in indicator.where_node
    ]


def _rule(condition: Condition | AnyOf) -> str:
    if isinstance(condition, AnyOf):
        return _(" or ").join(_rule(one) for one in condition.any_of)
    column = column_label(condition.column)
    if condition.known is not None:
        text = _("%(column)s: recorded") if condition.known else _("%(column)s: not recorded")
        return text % {"column": column}
    if condition.equals is not None:
        values = cell_text(condition.column, condition.equals)
    else:
        listed = condition.one_of or condition.not_one_of or ()
        values = ", ".join(cell_text(condition.column, value) for value in listed)
    text = _("%(column)s: not %(values)s") if condition.not_one_of else _("%(column)s: %(values)s")
    return text % {"column": column, "values": values}


def not_with(indicator: Indicator) -> list[tuple[str, str]]:
    """Return which indicators this one may not be added to, by name, and why."""
    named = {one.number: one for one in indicators().values()}
    return [
        (f"{other.number} {named[other.number].name}" if other.number in named else str(other.number), other.reason)
        for other in indicator.may_not_add_to
    ]


def page_of(row: EventRow) -> str:
    """Return the address of the record behind a row, empty for a row that no single record stands behind."""
    return reverse(_PAGES[row.kind], args=[row.record]) if row.record else ""


def cell_text(column: str, value: object) -> str:
    """Return one cell of an event row, codes by their name."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        return labels.category(column, value)
    return written(value) if not isinstance(value, float) else written(int(value))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    label: str
    unit: str
    frozen: str
    now: str
    difference: str


def corrections(found: list[Correction]) -> list[ShownCorrection]:
    """Return what changed after freezing, the difference with its sign."""
    return [
        ShownCorrection(
            labels.indicator(one.code),
            labels.unit_of(one.code, one.unit),
            labels.HIDDEN if one.frozen is None else written(one.frozen),
            labels.HIDDEN if one.now is None else written(one.now),
            "" if one.difference is None else f"{'+' if one.difference > 0 else ''}{written(one.difference)}",
        )
        for one in found
    ]


def column_label(name: str) -> str:
    """Return the heading of a column of event rows."""
    known = {
        "person_key": _("Person with a file"),
        "centre": _("Centre"),
        "occurred_on": _("Date"),
        "held_on": _("Date"),
        "made_on": _("Date"),
        "delivered_on": _("Date"),
        "first_contact_on": _("First contact"),
        "captured_at": _("Captured on"),
        "month": _("Month"),
        "initiator": _("Initiative"),
        "destination": _("Destination"),
        "outside_region": _("From another region"),
        "first_contact": _("First contact"),
        "first_in_node": _("First in the country"),
        "status": _("State"),
        "state": _("State"),
        "kind": _("Kind"),
        "named": _("Named"),
        "count": _("People"),
        "sent": _("Sent"),
        "source": _("Comes from"),
        "on": _("Date"),
        "value": _("Value"),
        "native_name": _("Measure, as the platform calls it"),
        "account": _("Account"),
        "post_key": _("Post"),
        "window_start": _("From"),
        "window_end": _("Until"),
    }
    return known[name] if name in known else labels.dimension(name)
