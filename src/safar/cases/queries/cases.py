from uuid import UUID

from django.db.models import QuerySet

from safar.cases.enums.cases import OPEN_CASES
from safar.cases.models import CaseFile
from safar.cases.permissions import MANAGE_CASE, READ_CONTACT
from safar.kernel.actor import Actor, check_may
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb


def get(case_id: UUID, *, by: Actor) -> CaseFile:
    """Return a case file with its timeline and referrals, leaving a read row in the trail."""
    check_may(by, MANAGE_CASE)
    cases = CaseFile.objects.filter(pk=case_id).select_related("person", "centre", "worker")
    case = cases.prefetch_related("events__staff", "referrals").get()
    audit.record(
        by=by, action="cases.case.open_file", verb=AuditVerb.READ, person_key=case.person_id, subject_key=case.pk
    )
    return case


def of_person(person_id: UUID, *, by: Actor) -> list[CaseFile]:
    """Return a person's case files, newest first, with their events; leaves a read row in the trail."""
    check_may(by, READ_CONTACT)
    audit.record(by=by, action="cases.case.of_person", verb=AuditVerb.READ, person_key=person_id)
    return list(CaseFile.objects.filter(person_id=person_id).prefetch_related("events"))


def open_cases(*, by: Actor) -> QuerySet[CaseFile]:
    """Return the open case files of the actor's centre, the longest open first; names come apart, audited."""
    check_may(by, MANAGE_CASE)
    cases = CaseFile.objects.filter(state__in=OPEN_CASES).select_related("worker").order_by("opened_on", "id")
    return cases.filter(centre_id=by.centre_id) if by.centre_id else cases
