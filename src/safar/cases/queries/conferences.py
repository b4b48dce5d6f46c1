from uuid import UUID

from safar.cases.models import CaseConference
from safar.cases.permissions import READ_CONTACT
from safar.kernel.actor import Actor, check_may

MOST_TOLD = 20


def of_case(case_id: UUID) -> list[CaseConference]:
    """Return the conferences about a case file, newest first, for a page on which it is open already; 2 queries."""
    found = CaseConference.objects.filter(case_file_id=case_id).select_related("next_step_by", "recorded_by")
    return list(found.prefetch_related("participants"))


def of_person(person_id: UUID, *, by: Actor) -> list[CaseConference]:
    """Return the conferences about a person's case files, newest first; the reader of the cases is in the trail already."""
    check_may(by, READ_CONTACT)
    return list(CaseConference.objects.filter(case_file__person_id=person_id))


def steps_of(by: Actor) -> list[CaseConference]:
    """Return next steps given to the actor that are not done, the earliest first."""
    found = CaseConference.objects.filter(next_step_by_id=by.id, next_step_done_at=None, next_step_on__isnull=False)
    return list(found.order_by("next_step_on", "id")[:MOST_TOLD])
