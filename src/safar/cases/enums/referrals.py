"""States of a referral and how they follow each other, as data; what the partner may answer and when."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReferralState(TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    ACKNOWLEDGED = "acknowledged", _("Received by the partner")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    SERVED = "served", _("Service started")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Not completed")
    CONFIRMED = "confirmed", _("The client was asked")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


REFERRAL_MOVES: dict[ReferralState, frozenset[ReferralState]] = {
    ReferralState.DRAFT: frozenset({ReferralState.SENT, ReferralState.CANCELLED}),
    ReferralState.SENT: frozenset(
        {
            ReferralState.ACKNOWLEDGED,
            ReferralState.ACCEPTED,
            ReferralState.REFUSED,
            ReferralState.FAILED,
            ReferralState.CANCELLED,
        }
    ),
    ReferralState.ACKNOWLEDGED: frozenset(
        {ReferralState.ACCEPTED, ReferralState.REFUSED, ReferralState.FAILED, ReferralState.CANCELLED}
    ),
    ReferralState.ACCEPTED: frozenset({ReferralState.SERVED, ReferralState.FAILED, ReferralState.CANCELLED}),
    # The client may take a referral back even after the service has begun.
    ReferralState.SERVED: frozenset({ReferralState.COMPLETED, ReferralState.FAILED, ReferralState.CANCELLED}),
    # What the partner says is not the end: the client is asked too.
    ReferralState.COMPLETED: frozenset({ReferralState.CONFIRMED}),
    ReferralState.FAILED: frozenset({ReferralState.CONFIRMED}),
    ReferralState.CONFIRMED: frozenset({ReferralState.CLOSED}),
    ReferralState.REFUSED: frozenset(),
    ReferralState.CLOSED: frozenset(),
    ReferralState.CANCELLED: frozenset(),
}


ENDED_REFERRALS = frozenset({ReferralState.REFUSED, ReferralState.CLOSED, ReferralState.CANCELLED})


OPEN_REFERRALS = frozenset(set(ReferralState) - ENDED_REFERRALS)


# Where the partner has the next word; only then does a link show anything.
WITH_PARTNER = frozenset({ReferralState.SENT, ReferralState.ACKNOWLEDGED, ReferralState.ACCEPTED, ReferralState.SERVED})


# The day one of these is reached is the day the referral ended as a service, whatever is asked of the client later.
OUTCOMES = frozenset({ReferralState.REFUSED, ReferralState.COMPLETED, ReferralState.FAILED, ReferralState.CANCELLED})


REFERRAL_NEEDS_REASON = frozenset({ReferralState.REFUSED, ReferralState.FAILED, ReferralState.CANCELLED})


# The code list the reason is taken from.
REASON_LISTS: dict[ReferralState, str] = {
    ReferralState.REFUSED: "referral_refusal",
    ReferralState.FAILED: "referral_failure",
    ReferralState.CANCELLED: "referral_withdrawal",
}


class PartnerAnswer(TextChoices):
    """What whoever received a referral may answer, each once and only forward."""

    ACCEPT = "accept", _("We take the person")
    REFUSE = "refuse", _("We cannot help")
    PROPOSE = "propose", _("Propose a day")
    START = "start", _("The service has started")
    COMPLETE = "complete", _("The service is completed")
    FAIL = "fail", _("It did not work out")


ANSWERS: dict[ReferralState, tuple[PartnerAnswer, ...]] = {
    ReferralState.ACKNOWLEDGED: (PartnerAnswer.ACCEPT, PartnerAnswer.REFUSE),
    ReferralState.ACCEPTED: (PartnerAnswer.START, PartnerAnswer.PROPOSE, PartnerAnswer.FAIL),
    ReferralState.SERVED: (PartnerAnswer.COMPLETE, PartnerAnswer.FAIL),
}


# The state an answer leads to; a proposed day leads to none.
LEADS_TO: dict[PartnerAnswer, ReferralState] = {
    PartnerAnswer.ACCEPT: ReferralState.ACCEPTED,
    PartnerAnswer.REFUSE: ReferralState.REFUSED,
    PartnerAnswer.START: ReferralState.SERVED,
    PartnerAnswer.COMPLETE: ReferralState.COMPLETED,
    PartnerAnswer.FAIL: ReferralState.FAILED,
}


class ClientAnswer(TextChoices):
    """What the client says when asked whether they got the service."""

    YES = "yes", _("Yes, they got the help")
    NO = "no", _("No, they did not get it")
    UNREACHABLE = "unreachable", _("Could not be reached")


class Via(TextChoices):
    """Who wrote a step: a colleague of the sender, the recipient by link, or another centre at its own desk."""

    DESK = "desk", _("At the desk")
    LINK = "link", _("By the partner’s link")
    CENTRE = "centre", _("By the other centre")


class LinkEnd(TextChoices):
    """Why a link no longer opens; one past its last day needs no mark."""

    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced by a new link")
    OVER = "over", _("The referral is over")
    LOCKED = "locked", _("Locked after wrong codes")


class LinkRule(TextChoices):
    """How a service may be asked for by link."""

    OPEN = "open", _("By link")
    WITH_CODE = "with_code", _("By link, with a code told by phone")
    NEVER = "never", _("Never by link")
