"""What people say of two files that look alike; to say that they are one is `merges`."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.people.enums import CandidateState
from safar.people.models import DuplicateCandidate, NotSamePair, Person
from safar.people.permissions import REGISTER_PERSON
from safar.people.rules import pair_of
from safar.trust.actions import audit


@transaction.atomic
def not_same(*, first_id: UUID, second_id: UUID, reason: str = "", by: Actor) -> NotSamePair:
    """Remember that two files are two people: they are never proposed as one again."""
    check_may(by, REGISTER_PERSON)
    first, second = _pair(first_id, second_id)
    said, is_new = NotSamePair.objects.get_or_create(
        first_id=first, second_id=second, defaults={"by_id": by.staff_id, "reason": reason.strip()[:200]}
    )
    if is_new:
        _close(first, second, CandidateState.NOT_SAME, by)
        _record("not_same", first, second, by, reason)
    return said


@transaction.atomic
def not_sure(*, first_id: UUID, second_id: UUID, by: Actor) -> None:
    """Put a pair aside: it stays in the queue, behind the ones nobody has looked at."""
    check_may(by, REGISTER_PERSON)
    first, second = _pair(first_id, second_id)
    if _close(first, second, CandidateState.NOT_SURE, by):
        _record("not_sure", first, second, by, "")


def _pair(first_id: UUID, second_id: UUID) -> tuple[UUID, UUID]:
    if first_id == second_id or Person.objects.filter(pk__in=[first_id, second_id]).count() < len("ab"):
        raise ValidationError(_("Choose two files."))
    return pair_of(first_id, second_id)


def _close(first: UUID, second: UUID, state: CandidateState, by: Actor) -> int:
    candidates = DuplicateCandidate.objects.filter(first=first, second=second)
    undecided = candidates.filter(state__in=[CandidateState.OPEN, CandidateState.NOT_SURE])
    return undecided.update(state=state, decided_by=by.staff_id, decided_at=now())


def _record(verb: str, first: UUID, second: UUID, by: Actor, reason: str) -> None:
    for person_key, other in ((first, second), (second, first)):
        audit.record(
            by=by,
            action=f"people.duplicate.{verb}",
            person_key=person_key,
            subject_key=other,
            reason=reason.strip()[:200],
        )
