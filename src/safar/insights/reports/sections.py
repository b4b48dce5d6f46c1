"""Writes the sections of a month report in the active language."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safar.insights.indicators.definition import indicators
from safar.insights.models import MonthRun
from safar.insights.reports import labels, pictures
from safar.insights.reports.content import Breakdown, MonthReport, PostLine
from safar.insights.reports.document import Cell, Column, Document, Grid, Section, shown
from safar.insights.reports.notes import disclosure_note, missing_notes
from safar.kernel.chart import Picture


def document(report: MonthReport, run: MonthRun) -> Document:
    """Return the whole report of a frozen run."""
    return Document(
        title=_("Month report"),
        subtitle=f"{labels.place_of(report.centre_name)} · {labels.month(report.month)}",
        language=get_language() or "en",
        marks=_marks(report),
        facts=_facts(report, run),
        sections=(_figures(report), _trend(report), *sections(report), _definitions()),
    )


def sections(report: MonthReport) -> tuple[Section, ...]:
    """Return everything after the figures themselves, for pages as for documents."""
    drawn = pictures.of_report(report)
    return (
        *_trend_pictures(drawn),
        *(_breakdown(table, drawn) for table in report.breakdowns if table.rows),
        _sessions(report),
        _posts("posts", _("Reach of each post"), _("Reach"), report.posts, _reach_note()),
        _platforms(report),
        _posts("followers", _("Followers of each account"), _("Followers"), report.followers, _stock_note()),
        *_references(report),
    )


def _marks(report: MonthReport) -> tuple[str, ...]:
    marks = [disclosure_note(report)]
    if report.is_demo:
        marks.insert(0, _("Demonstration: all people, sessions and figures in this report are invented."))
    return tuple(marks)


def _facts(report: MonthReport, run: MonthRun) -> tuple[tuple[str, str | dt.date], ...]:
    return (
        (_("Centre"), labels.place_of(report.centre_name)),
        (_("Month"), labels.month(report.month)),
        (_("Frozen on"), timezone.localtime(run.frozen_at).date()),
        (_("Frozen by"), run.frozen_by.full_name if run.frozen_by else _("The installation")),
        (_("Version of the records"), report.data_version),
        (_("Version of the definitions"), report.definitions_version),
        (_("Check value (SHA-256)"), run.sha256),
    )


def _figures(report: MonthReport) -> Section:
    columns = (
        Column(_("No."), "number"),
        Column(_("Indicator"), width=5),
        Column(_("Unit"), width=2),
        Column(labels.short_month(report.month), "number", 2),
        Column(labels.short_month(report.figures[0].trend[-2][0]), "number", 2),
    )
    rows = tuple(
        (
            line.number,
            labels.indicator(line.code),
            labels.unit_of(line.code, line.unit),
            shown(line.value),
            shown(line.previous),
        )
        for line in report.figures
    )
    notes = (_("Figures with different units are different things and are never added."), *missing_notes(report))
    return Section("figures", _("Figures"), _("Figures"), notes, Grid(columns, rows))


def _trend(report: MonthReport) -> Section:
    months = [month for month, _value in report.figures[0].trend]
    columns = (
        Column(_("No."), "number"),
        Column(_("Indicator"), width=5),
        Column(_("Unit"), width=2),
        *(Column(labels.short_month(month), "number") for month in months),
    )
    rows = tuple(
        (
            line.number,
            labels.indicator(line.code),
            labels.unit_of(line.code, line.unit),
            *(shown(value) for _month, value in line.trend),
        )
        for line in report.figures
    )
    note = _("Persons of different months may be the same people: their months have no sum.")
    return Section("trend", _("Trend"), _("Trend"), (note,), Grid(columns, rows), only_in_workbook=True)


def _trend_pictures(drawn: dict[str, Picture]) -> tuple[Section, ...]:
    trends = tuple((name, picture) for name, picture in drawn.items() if name.startswith("trend_"))
    if not trends:
        return ()
    note = _("Each chart has a unit of its own.")
    return (Section("trends", _("The last twelve months"), "", (note,), None, trends),)


def _breakdown(table: Breakdown, drawn: dict[str, Picture]) -> Section:
    unit = labels.unit_of(table.indicator, table.unit)
    head = Column(labels.dimension(table.row_dimension), width=3)
    if table.columns:
        inner = tuple(Column(labels.category(table.column_dimension, code), "number") for code in table.columns)
        columns = (head, *inner, Column(_("Total"), "number"))
    else:
        columns = (head, Column(unit, "number"))
    rows: list[tuple[Cell, ...]] = [
        (
            labels.category(table.row_dimension, row),
            *(shown(value) for value in (table.cells[i] if table.columns else ())),
            shown(table.row_totals[i]),
        )
        for i, row in enumerate(table.rows)
    ]
    rows.append((_("Total"), *(shown(value) for value in table.column_totals), shown(table.total)))
    title = labels.table_title(table.code)
    notes = (_("Unit: %(unit)s.") % {"unit": unit},)
    pictures_of_it = ((table.code, drawn[table.code]),) if table.code in drawn else ()
    return Section(table.code, title, title, notes, Grid(columns, tuple(rows), has_total=True), pictures_of_it)


def _sessions(report: MonthReport) -> Section:
    columns = (
        Column(_("Date"), "date", 2),
        Column(_("Type of session"), width=2),
        Column(_("Region"), width=2),
        Column(_("District"), width=2),
        Column(_("Host"), width=3),
        Column(_("Language"), width=2),
        Column(labels.unit("attendances"), "number", 2),
    )
    rows = tuple(
        (
            line.held_on,
            labels.category("session_type", line.session_type),
            labels.category("region", line.region) if line.region else "",
            labels.category("district", line.district) if line.district else "",
            line.host,
            labels.language_name(line.language),
            shown(line.attendances),
        )
        for line in report.sessions
    )
    notes: tuple[str, ...] = ()
    if report.sessions_waiting:
        notes = (_("Sessions waiting for approval, not counted: %(count)d.") % {"count": report.sessions_waiting},)
    return Section("sessions", _("Sessions"), _("Sessions"), notes, Grid(columns, rows))


def _reach_note() -> str:
    return _("Reach has no sum: an account that saw two posts stands in both numbers, and accounts are not people.")


def _stock_note() -> str:
    return _("Followers are a state on a day. The same person may follow on several platforms, so there is no sum.")


def _posts(key: str, title: str, sheet: str, lines: tuple[PostLine, ...], note: str) -> Section:
    of_posts = key == "posts"
    columns = (
        Column(_("Platform"), width=2),
        Column(_("Account"), width=2),
        *((Column(_("Post"), width=4), Column(_("Campaign"), width=2)) if of_posts else ()),
        Column(_("Measure, as the platform calls it"), width=2),
        Column(labels.unit("accounts"), "number", 2),
        Column(_("Captured on"), "date", 2),
    )
    rows = tuple(
        (
            labels.category("platform", line.platform),
            line.account,
            *((line.post, line.campaign) if of_posts else ()),
            line.native_name,
            line.value,
            line.captured_on,
        )
        for line in lines
    )
    return Section(key, title, sheet, (note,), Grid(columns, rows))


def _platforms(report: MonthReport) -> Section:
    columns = (
        Column(_("Platform"), width=2),
        Column(_("Measure"), width=2),
        Column(_("Posts"), "number"),
        Column(labels.unit("exposures"), "number"),
    )
    rows = tuple(
        (labels.category("platform", line.platform), labels.category("measure", line.measure), line.posts, line.value)
        for line in report.platforms
    )
    note = _("Showings of all posts of one platform. Platforms count differently, so there is no sum over platforms.")
    return Section("platforms", _("Views by platform"), _("Views"), (note,), Grid(columns, rows))


def _references(report: MonthReport) -> tuple[Section, ...]:
    if not report.references:
        return ()
    columns = (
        Column(_("Centre"), width=2),
        Column(_("What was published"), width=4),
        Column(_("As published"), width=3),
        Column(_("Period"), width=3),
        Column(_("Source"), width=5),
        Column(_("Published on"), width=2),
    )
    rows = tuple(
        (
            labels.sister_centre(line.place),
            labels.place_of(line.label),
            labels.as_published(line),
            labels.span(line.period),
            line.source,
            line.published_on,
        )
        for line in report.references
    )
    note = _("Published by others under their own definitions. They are not ours and are never added to ours.")
    title = _("Published figures for comparison")
    return (Section("references", title, _("Published"), (note,), Grid(columns, rows)),)


def _definitions() -> Section:
    columns = (
        Column(_("No."), "number"),
        Column(_("Indicator"), width=3),
        Column(_("Unit"), width=2),
        Column(_("Definition"), width=8),
        Column(_("Counted once per"), width=3),
        Column(_("May not be added to"), width=2),
        Column(_("Source form"), width=2),
    )
    rows = tuple(
        (
            indicator.number,
            str(indicator.name),
            labels.unit_of(indicator.code, indicator.unit),
            str(indicator.text),
            str(indicator.scope),
            ", ".join(str(other.number) for other in indicator.may_not_add_to),
            indicator.source_form,
        )
        for indicator in indicators().values()
    )
    return Section("definitions", _("Definitions"), _("Definitions"), (), Grid(columns, rows))
