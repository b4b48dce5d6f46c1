from uuid import UUID

from django.utils import timezone

from safar.awareness import rules
from safar.awareness.models import CountedAttendance, NamedAttendance
from safar.awareness.rules import CountedCell, Tally


def cells_of(session_id: UUID) -> list[CountedCell]:
    """Return the counted cells of a session as they stand."""
    return [
        CountedCell(row.sex, row.age_band, row.count, row.with_disability)
        for row in CountedAttendance.objects.filter(session=session_id)
    ]


def tally_of(session_id: UUID) -> Tally:
    """Return the attendances of one session, named people by the age they had that day; 2 queries."""
    rows = NamedAttendance.objects.filter(session=session_id).select_related("person", "session")
    named = {row.person_id: cell_of(row) for row in rows}
    return rules.tally(named, cells_of(session_id))


def cell_of(row: NamedAttendance) -> tuple[str, str]:
    """Return the sex and age band under which a named person counts at this session."""
    return row.person.sex, row.person.age_band_on(timezone.localdate(row.session.starts_at))
