"""Closed sets of awareness: the life of a session, and what may be changed in each part of it."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SessionState(TextChoices):
    """Where a session stands between the plan and the figure nobody may change any more."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    SUBMITTED = "submitted", _("Submitted")
    APPROVED = "approved", _("Approved")
    LOCKED = "locked", _("Locked")
    CANCELLED = "cancelled", _("Cancelled")


class Step(StrEnum):
    """One way to move a session on; each is an action of the same name."""

    HOLD = "hold"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    LOCK = "lock"
    UNLOCK = "unlock"
    CANCEL = "cancel"


TRANSITIONS: dict[Step, tuple[frozenset[SessionState], SessionState]] = {
    Step.HOLD: (frozenset({SessionState.PLANNED}), SessionState.HELD),
    Step.SUBMIT: (frozenset({SessionState.HELD}), SessionState.SUBMITTED),
    Step.APPROVE: (frozenset({SessionState.SUBMITTED}), SessionState.APPROVED),
    Step.SEND_BACK: (frozenset({SessionState.SUBMITTED}), SessionState.HELD),
    Step.LOCK: (frozenset({SessionState.APPROVED}), SessionState.LOCKED),
    Step.UNLOCK: (frozenset({SessionState.LOCKED}), SessionState.APPROVED),
    # A session nobody came to is cancelled from "held"; one with attendance cannot be, or its people would vanish.
    Step.CANCEL: (frozenset({SessionState.PLANNED, SessionState.HELD}), SessionState.CANCELLED),
}
# Steps that take something back: without a reason the next reader cannot tell a correction from a trick.
STEPS_WITH_REASON = frozenset({Step.SEND_BACK, Step.UNLOCK, Step.CANCEL})
STEPS_OF_APPROVAL = frozenset({Step.SEND_BACK, Step.APPROVE, Step.LOCK, Step.UNLOCK})


class Editing(StrEnum):
    """How far figures may be changed in a state."""

    CLOSED = "closed"
    FREE = "free"
    WITH_REASON = "with_reason"


# A planned session has no attendance yet; a submitted one stays as the approver reads it until it is sent back.
ATTENDANCE_EDITING: dict[SessionState, Editing] = {
    SessionState.PLANNED: Editing.CLOSED,
    SessionState.HELD: Editing.FREE,
    SessionState.SUBMITTED: Editing.CLOSED,
    SessionState.APPROVED: Editing.WITH_REASON,
    SessionState.LOCKED: Editing.CLOSED,
    SessionState.CANCELLED: Editing.CLOSED,
}
PLAN_EDITING: dict[SessionState, Editing] = {
    state: Editing.FREE if state in {SessionState.PLANNED, SessionState.HELD} else Editing.CLOSED
    for state in SessionState
}
# Only these enter a report.
COUNTED_STATES = frozenset({SessionState.APPROVED, SessionState.LOCKED})
TOOK_PLACE = frozenset({SessionState.HELD, SessionState.SUBMITTED, SessionState.APPROVED, SessionState.LOCKED})


class TestPhase(TextChoices):
    """Before or after the session: the same items are asked both times."""

    __test__ = False

    PRE = "pre", _("Before")
    POST = "post", _("After")
