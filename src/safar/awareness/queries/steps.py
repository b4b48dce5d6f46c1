from uuid import UUID

from safar.awareness import rules
from safar.awareness.enums import STEPS_OF_APPROVAL, Step
from safar.awareness.models import Facilitator, Session, SessionStep
from safar.awareness.permissions import APPROVE_SESSION, MANAGE_SESSION
from safar.kernel.actor import Actor, Permission


def permission_for(step: Step) -> Permission:
    return APPROVE_SESSION if step in STEPS_OF_APPROVAL else MANAGE_SESSION


def hands_of(session: Session) -> set[UUID | None]:
    """Return everybody who held the session or entered its figures: facilitators, and who marked it held or submitted it."""
    taken = SessionStep.objects.filter(session=session, step__in=[Step.HOLD, Step.SUBMIT])
    return {
        *Facilitator.objects.filter(session=session).values_list("staff_id", flat=True),
        *taken.values_list("staff_id", flat=True),
    }


def open_to(session: Session, by: Actor) -> list[Step]:
    """Return the steps this person may take now, so that a page offers no button that would be refused."""
    allowed = [step for step in rules.steps_from(session.state) if by.may(permission_for(step))]
    if Step.APPROVE in allowed and not rules.is_second_pair_of_eyes(by.id, hands_of(session)):
        allowed.remove(Step.APPROVE)
    return allowed
