"""Closed sets of work after return; states carry their transitions as data. Doors, needs and reasons are codes of `reference`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.cases import CaseState


class NeedState(TextChoices):
    """What became of an immediate need. "Referred" is not "met": whether the partner helped stands in the referral."""

    MET = "met", _("Met by the centre")
    REFERRED = "referred", _("Referred")
    NOT_MET = "not_met", _("Not met")


NEED_MOVES: dict[NeedState, frozenset[NeedState]] = {
    NeedState.NOT_MET: frozenset({NeedState.MET, NeedState.REFERRED}),
    NeedState.REFERRED: frozenset({NeedState.MET, NeedState.NOT_MET}),
    NeedState.MET: frozenset(),
}


NEED_NEEDS_REASON = frozenset({NeedState.NOT_MET})


class Dimension(TextChoices):
    ECONOMIC = "economic", _("Economic")
    SOCIAL = "social", _("Social")
    PSYCHOSOCIAL = "psychosocial", _("Psychosocial")


class Feasibility(TextChoices):
    """How far a goal can be reached from where the person stands now, as both see it."""

    NOW = "now", _("Can be reached now")
    WITH_HELP = "with_help", _("Can be reached with help")
    HARD = "hard", _("Hard to reach at present")


class Doer(TextChoices):
    """Who takes a step."""

    CLIENT = "client", _("The person")
    FAMILY = "family", _("The family")
    CENTRE = "centre", _("The centre")
    PARTNER = "partner", _("A partner")


class PlanState(TextChoices):
    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed")
    REVISED = "revised", _("Replaced by a later version")
    COMPLETED = "completed", _("Completed")
    ENDED = "ended", _("Ended early")


PLAN_MOVES: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.AGREED, PlanState.ENDED}),
    PlanState.AGREED: frozenset({PlanState.REVISED, PlanState.COMPLETED, PlanState.ENDED}),
    # An agreed version is never changed: what the person put their name to stays readable.
    PlanState.REVISED: frozenset(),
    PlanState.COMPLETED: frozenset(),
    PlanState.ENDED: frozenset(),
}


PLAN_NEEDS_REASON = frozenset({PlanState.ENDED})


class StepState(TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


STEP_MOVES: dict[StepState, frozenset[StepState]] = {
    StepState.PLANNED: frozenset({StepState.UNDER_WAY, StepState.DONE, StepState.DROPPED}),
    StepState.UNDER_WAY: frozenset({StepState.PLANNED, StepState.DONE, StepState.DROPPED}),
    StepState.DONE: frozenset(),
    StepState.DROPPED: frozenset(),
}


OPEN_STEPS = frozenset({StepState.PLANNED, StepState.UNDER_WAY})


STEP_NEEDS_REASON = frozenset({StepState.DROPPED})
STEP_NEEDS_EVIDENCE = frozenset({StepState.DONE})


class ReviewState(TextChoices):
    DUE = "due", _("To be held")
    HELD = "held", _("Held")
    CALLED_OFF = "called_off", _("Called off")


REVIEW_MOVES: dict[ReviewState, frozenset[ReviewState]] = {
    ReviewState.DUE: frozenset({ReviewState.HELD, ReviewState.CALLED_OFF}),
    ReviewState.HELD: frozenset(),
    ReviewState.CALLED_OFF: frozenset(),
}


class InContact(TextChoices):
    """What a review found: the person, their no, or nobody."""

    YES = "in_contact", _("Still in contact")
    DROPPED_OUT = "dropped_out", _("Has left the programme")
    LOST = "lost", _("Lost to follow-up")


class AttemptResult(TextChoices):
    """What came of trying to reach somebody."""

    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    WRONG_NUMBER = "wrong_number", _("The number is not theirs any more")
    RELATIVE = "relative", _("Somebody else answered; nothing was said")


# From which code list the reason of an ending is taken.
CLOSURE_LISTS: dict[CaseState, str] = {
    CaseState.CLOSED: "closure_reason",
    CaseState.CLOSED_REFERRED: "closure_reason",
    CaseState.DROPOUT: "loss_reason",
}
# These reasons say that somebody else goes on, and no others do.
REFERRED_REASONS = frozenset({"other_centre", "partner"})
LOST_REASON = "unreachable"
