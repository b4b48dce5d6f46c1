import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from safar.kernel.actor import Actor, check_may
from safar.messaging.enums import EnquiryState
from safar.messaging.models import Answer, Enquiry
from safar.messaging.permissions import ANSWER_INBOX
from safar.messaging.rules import normalise_code
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """What whoever holds the code may read: the question, its state and the answers; never a name, a contact, or who answered."""

    kind: str
    state: str
    state_label: str
    asked_on: dt.datetime
    text: str
    answers: list[Answer]


def inbox(*, state: str = "", kind: str = "", by: Actor) -> QuerySet[Enquiry]:
    """Return enquiries to the actor's centre and to none in particular; the rest belongs to other centres."""
    check_may(by, ANSWER_INBOX)
    found = Enquiry.objects.filter(_for(by)).select_related("centre")
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    return found


def get(enquiry_id: UUID, *, by: Actor) -> Enquiry:
    """Return the enquiry with its answers, and leave a trace of who opened it: it may hold a name and a story."""
    check_may(by, ANSWER_INBOX)
    answers = Answer.objects.select_related("staff")
    enquiries = Enquiry.objects.filter(_for(by)).select_related("centre").prefetch_related(Prefetch("answers", answers))
    enquiry = get_object_or_404(enquiries, pk=enquiry_id)
    audit.record(by=by, action="messaging.enquiries.get", verb=AuditVerb.READ, subject_key=enquiry.pk)
    return enquiry


def unread_count(by: Actor) -> int:
    """Return how many enquiries wait for a first answer from this member of staff's centre; none for whoever may not answer."""
    if not by.may(ANSWER_INBOX):
        return 0
    return Enquiry.objects.filter(_for(by), state=EnquiryState.NEW).count()


def by_code(typed: str) -> PublicAnswer | None:
    """Return what the holder of the code may read, or None when no enquiry has it."""
    code = normalise_code(typed)
    enquiry = Enquiry.objects.filter(code=code).prefetch_related("answers").first() if code else None
    if enquiry is None:
        return None
    return PublicAnswer(
        kind=enquiry.kind,
        state=enquiry.state,
        state_label=str(EnquiryState(enquiry.state).label),
        asked_on=enquiry.recorded_at,
        text=enquiry.text,
        answers=list(enquiry.answers.all()),
    )


def _for(by: Actor) -> Q:
    if by.centre_id is None:
        return Q()
    return Q(centre_id=by.centre_id) | Q(centre=None)
