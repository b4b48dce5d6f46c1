from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from safar.cases.enums.supervision import OpinionState
from safar.cases.models import SecondOpinion
from safar.cases.permissions import ASK_OPINION, SUPERVISE
from safar.kernel.actor import Actor, check_may
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb

MOST_TOLD = 20


def get(opinion_id: UUID, *, by: Actor) -> SecondOpinion:
    """Return a question with its answer, for the two colleagues and their supervisor; leaves a read row in the trail."""
    check_may(by, ASK_OPINION)
    found = SecondOpinion.objects.select_related("asked_by", "asked_of", "case_file__person", "contact__person")
    opinion = found.get(pk=opinion_id)
    if by.id not in {opinion.asked_by_id, opinion.asked_of_id} and not by.may(SUPERVISE):
        raise PermissionDenied(ASK_OPINION.code)
    about = opinion.case_file or opinion.contact
    audit.record(
        by=by,
        action="cases.opinion.open",
        verb=AuditVerb.READ,
        person_key=about.person_id if about else None,
        subject_key=about.pk if about else None,
    )
    return opinion


def about(*, case_id: UUID | None = None, contact_id: UUID | None = None) -> list[SecondOpinion]:
    """Return the questions about a case file or a contact, newest first, for a page on which it is open already."""
    asked = Q(case_file_id=case_id) if case_id else Q(contact_id=contact_id)
    return list(SecondOpinion.objects.filter(asked).select_related("asked_by", "asked_of"))


def asked_of(by: Actor) -> list[SecondOpinion]:
    """Return questions that wait for the actor's answer, the oldest first."""
    found = SecondOpinion.objects.filter(asked_of_id=by.id, state=OpinionState.ASKED)
    return list(found.select_related("asked_by").order_by("recorded_at", "id")[:MOST_TOLD])


def answers_for(by: Actor) -> list[SecondOpinion]:
    """Return answers to the actor's own questions that have not been noted yet."""
    found = SecondOpinion.objects.filter(asked_by_id=by.id, state=OpinionState.ANSWERED, seen_at=None)
    return list(found.select_related("asked_of").order_by("answered_at", "id")[:MOST_TOLD])
