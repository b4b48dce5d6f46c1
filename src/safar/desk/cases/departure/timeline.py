"""What became of a person's departures, for their timeline."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from safar.cases.models import DepartureOutcome
from safar.cases.permissions import RECORD_OUTCOME
from safar.cases.queries.departure import of_person
from safar.desk.cases import facts
from safar.desk.timeline import TimelineEntry
from safar.kernel.actor import Actor


def entries(person_id: UUID, by: Actor) -> list[TimelineEntry]:
    """Tell each outcome found, to those who may record one."""
    if not by.may(RECORD_OUTCOME):
        return []
    return [_entry(row) for row in of_person(person_id, by=by)]


def _entry(row: DepartureOutcome) -> TimelineEntry:
    of = ("outcome_case", row.case_file_id) if row.case_file_id else ("outcome_contact", row.contact_id)
    return TimelineEntry(
        facts.when(row.found_on),
        _("Departure: %(outcome)s") % {"outcome": row.get_outcome_display()},
        str(row.get_stage_display()),
        "plane",
        reverse(f"desk:cases:{of[0]}", args=[of[1]]),
    )
