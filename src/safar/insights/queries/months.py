"""What the month page needs: which months there are, one report, the rows behind a figure."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from safar.insights.indicators.definition import Indicator
from safar.insights.indicators.engine import ALL_CENTRES, Engine
from safar.insights.indicators.period import Month, Period
from safar.insights.models import MonthRun
from safar.insights.permissions import READ_REPORT, READ_ROWS
from safar.insights.queries import runs
from safar.insights.queries.runs import Correction
from safar.insights.reports import month as month_reports
from safar.insights.reports.content import MonthReport
from safar.insights.store import keymap, reading
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb

_OFFERED = 36
# The event table's key column, and the kind of record it leads back to.
_RECORDS = {
    "contacts": ("contact_key", "contact"),
    "sessions": ("session_key", "session"),
    "attendances": ("session_key", "session"),
    "services": ("case_key", "case"),
    "referrals": ("referral_key", "referral"),
}
_NOT_SHOWN = {"contact_key", "person_key", "session_key", "case_key", "referral_key", "month", "mode_group"}


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month as this reader may see it: frozen figures where it is frozen, with what changed since."""

    report: MonthReport
    run: MonthRun | None
    corrections: list[Correction]
    is_true: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """One row behind a figure; `record` is the contact or session it came from."""

    cells: dict[str, Any]
    kind: str
    record: UUID | None


@dataclass(frozen=True, slots=True)
class RowsPage:
    count: int
    columns: tuple[str, ...]
    rows: tuple[EventRow, ...]


def choices() -> list[Month]:
    """Return the months to choose from, newest first: from the first with anything in it to the last."""
    store, _manifest = reading.current()
    engine = Engine(store)
    first, last = engine.first_month(), engine.latest_month()
    if first is None or last is None:
        return [Month.of(today())]
    start, end = Month.parse(first), max(Month.parse(last), Month.of(today()))
    months = Period(max(start, end.plus(1 - _OFFERED)), end).months()
    return months[::-1]


def latest() -> Month:
    """Return the last month anything happened in, this month when nothing ever did."""
    store, _manifest = reading.current()
    found = Engine(store).latest_month()
    return Month.parse(found) if found else Month.of(today())


def view(month: Month, centre: str = ALL_CENTRES, *, by: Actor) -> MonthView:
    """Return the report of a month; without the right to rows with small counts hidden."""
    check_may(by, READ_REPORT)
    hide = not by.may(READ_ROWS)
    make = month_reports.protected_report if hide else month_reports.true_report
    now = make(month, centre)
    run = runs.frozen(month, centre)
    if run is None:
        return MonthView(now, None, [], is_true=not hide)
    kept = runs.report_of(run, hide=hide)
    return MonthView(kept, run, runs.corrections(kept, now), is_true=not hide)


@transaction.atomic
def rows(
    indicator: Indicator, month: Month, centre: str = ALL_CENTRES, *, limit: int, offset: int = 0, by: Actor
) -> RowsPage:
    """Return a page of the event rows behind a figure; that they were opened stands in the audit trail."""
    check_may(by, READ_ROWS)
    store, _manifest = reading.current()
    count, found = Engine(store).rows(indicator, Period.of(month), centre=centre, limit=limit, offset=offset)
    audit.record(
        by=by,
        action="insights.rows.open",
        verb=AuditVerb.READ,
        fields=[indicator.code],
        reason=f"{month} {centre}".strip(),
    )
    key, kind = _RECORDS.get(indicator.table, ("", ""))
    records = keymap.resolve(kind, [row[key] for row in found]) if kind else {}
    # Keys are for the machine, a reader has the link; a month and a roll-up repeat the date and the mode.
    columns = tuple(name for name in (found[0] if found else ()) if name not in _NOT_SHOWN)
    return RowsPage(
        count,
        columns,
        tuple(
            EventRow({name: row[name] for name in columns}, kind, records.get(row[key]) if key else None)
            for row in found
        ),
    )
