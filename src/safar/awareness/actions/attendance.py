"""Who came. Named people are rows, everybody else is counted; a counted person is never also on the named list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.awareness import rules
from safar.awareness.actions.sessions import locked_row
from safar.awareness.enums import Editing
from safar.awareness.models import AttendanceCorrection, CountedAttendance, NamedAttendance, Session
from safar.awareness.permissions import APPROVE_SESSION, RECORD_ATTENDANCE
from safar.awareness.queries.tallies import tally_of
from safar.awareness.rules import CountedCell, RosterRow, Tally
from safar.kernel.actor import Actor, check_may
from safar.people.models import Person
from safar.reference.queries import codes
from safar.trust.actions import audit

MOST_ROWS = 1000


class RowOutcome(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    ALREADY = "already"
    REPEATED = "repeated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one line of the list."""

    row: RosterRow
    outcome: RowOutcome
    person_id: UUID | None = None


@transaction.atomic
def save_roster(*, session_id: UUID, rows: Sequence[RosterRow], reason: str = "", by: Actor) -> list[RowResult]:
    """Put people on the named list, or take them off, many at once; one result a row, in the order given.

    A line that names nobody we know is reported and hinders no other. Saving the same list twice adds nothing.
    """
    check_may(by, RECORD_ATTENDANCE)
    if len(rows) > MOST_ROWS:
        raise ValidationError({"rows": _("At most %(most)s lines at once.") % {"most": MOST_ROWS}})
    session = locked_row(session_id)
    before = _open_for_change(session, reason, by)
    held = set(NamedAttendance.objects.filter(session=session).values_list("person_id", flat=True))
    results = _results(rows, held)
    added = [result.person_id for result in results if result.person_id and result.outcome is RowOutcome.ADDED]
    removed = [result.person_id for result in results if result.person_id and result.outcome is RowOutcome.REMOVED]
    NamedAttendance.objects.filter(session=session, person__in=removed).delete()
    NamedAttendance.objects.bulk_create(NamedAttendance(session=session, person_id=person) for person in added)
    if added or removed:
        _close_change(session, before, reason, by)
        audit.record(
            by=by,
            action="awareness.attendance.save_roster",
            subject_key=session.pk,
            person_key=added[0] if len(added) == 1 else None,
            fields=[f"{len(added)} added", f"{len(removed)} removed"],
            reason=reason,
        )
    return results


@transaction.atomic
def save_counts(*, session_id: UUID, cells: Sequence[CountedCell], reason: str = "", by: Actor) -> Tally:
    """Make the counted people of a session exactly these cells; people on the named list are not counted again here."""
    check_may(by, RECORD_ATTENDANCE)
    _check_cells(cells)
    session = locked_row(session_id)
    before = _open_for_change(session, reason, by)
    wanted = {(cell.sex, cell.age_band, cell.with_disability): cell.count for cell in cells if cell.count}
    rows = CountedAttendance.objects.filter(session=session)
    held = {(row.sex, row.age_band, row.with_disability): row.count for row in rows}
    if wanted != held:
        rows.delete()
        CountedAttendance.objects.bulk_create(
            CountedAttendance(session=session, sex=sex, age_band=band, with_disability=disabled, count=count)
            for (sex, band, disabled), count in wanted.items()
        )
        _close_change(session, before, reason, by)
        audit.record(
            by=by, action="awareness.attendance.save_counts", subject_key=session.pk, fields=["counted"], reason=reason
        )
    return tally_of(session.pk)


def _open_for_change(session: Session, reason: str, by: Actor) -> Tally:
    """Refuse where the state does not allow a change; return the totals as they stand."""
    editing = rules.attendance_editing(session.state)
    if editing is Editing.CLOSED:
        raise ValidationError(
            _('Attendance cannot be changed while the session is "%(state)s".') % {"state": session.get_state_display()}
        )
    if editing is Editing.WITH_REASON:
        check_may(by, APPROVE_SESSION)
        if not reason.strip():
            raise ValidationError({"reason": _("This session is approved. Say why its attendance is corrected.")})
    return tally_of(session.pk)


def _close_change(session: Session, before: Tally, reason: str, by: Actor) -> None:
    """Keep what an approved session said before; in an open one nothing has been relied on yet."""
    if rules.attendance_editing(session.state) is Editing.WITH_REASON:
        AttendanceCorrection.objects.create(
            session=session,
            before=before.as_data(),
            after=tally_of(session.pk).as_data(),
            reason=reason.strip(),
            staff_id=by.id,
        )


def _results(rows: Sequence[RosterRow], held: set[UUID]) -> list[RowResult]:
    people = _people_of(rows)
    seen: set[UUID] = set()
    results = []
    for row in rows:
        person_id = people.get(row.client_number.strip().upper() or str(row.person_id))
        results.append(RowResult(row, _outcome(row, person_id, held, seen), person_id))
        if person_id:
            seen.add(person_id)
    return results


def _outcome(row: RosterRow, person_id: UUID | None, held: set[UUID], seen: set[UUID]) -> RowOutcome:
    if person_id is None:
        return RowOutcome.UNKNOWN
    if person_id in seen:
        return RowOutcome.REPEATED
    if (person_id in held) == row.present:
        return RowOutcome.ALREADY
    return RowOutcome.ADDED if row.present else RowOutcome.REMOVED


def _people_of(rows: Sequence[RosterRow]) -> Mapping[str, UUID]:
    """Return the ids of everybody named in the rows by what names them, in two queries whatever the length."""
    numbers = {row.client_number.strip().upper() for row in rows if row.client_number.strip()}
    ids = {row.person_id for row in rows if row.person_id and not row.client_number.strip()}
    found = dict(Person.objects.filter(client_number__in=numbers).values_list("client_number", "pk"))
    return found | {str(pk): pk for pk in Person.objects.filter(pk__in=ids).values_list("pk", flat=True)}


def _check_cells(cells: Sequence[CountedCell]) -> None:
    messages = {
        "negative": _("A count cannot be less than nothing."),
        "too_many": _("A count is too large: at most %(most)s.") % {"most": rules.MOST_IN_A_CELL},
        "twice": _("The same sex and age appear twice."),
    }
    if problem := rules.cell_problem(cells):
        raise ValidationError({"counts": messages[problem]})
    if not all(codes.is_known("sex", cell.sex) and codes.is_known("age_band", cell.age_band) for cell in cells):
        raise ValidationError({"counts": _("Unknown sex or age band.")})
