"""Closed sets of counselling; states carry their transitions as data, open lists such as topic or mode are codes of `reference`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NamelessReason(TextChoices):
    """Why a service was given without a file; never asked for, noted when it is plain."""

    DECLINED = "declined", _("Did not want a file")
    QUICK_QUESTION = "quick_question", _("A quick question")
    BY_CHANNEL = "by_channel", _("The channel shows no name")
    THIRD_PARTY = "third_party", _("Asked for somebody else")
    OLD_REGISTER = "old_register", _("From a register without consent")


class FlagKind(TextChoices):
    """Which code list a red flag is taken from: what endangers the person, or what is wrong with an offer."""

    OFFER = "red_flag", _("About the offer")
    PERSON = "vulnerability_flag", _("About the person")


class RevisionKind(TextChoices):
    CORRECTED = "corrected", _("Corrected")
    VOIDED = "voided", _("Voided")


class CaseKind(TextChoices):
    PRE_DEPARTURE = "pre_departure", _("Before departure")
    REINTEGRATION = "reintegration", _("After return")


class CaseState(TextChoices):
    OPEN = "active", _("Open")
    FOLLOW_UP = "follow_up", _("In follow-up")
    CLOSED = "closed", _("Closed")
    CLOSED_REFERRED = "closed_referred", _("Closed with a referral")
    DROPOUT = "dropout", _("Dropped out")


CASE_MOVES: dict[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.FOLLOW_UP, CaseState.CLOSED, CaseState.CLOSED_REFERRED, CaseState.DROPOUT}),
    CaseState.FOLLOW_UP: frozenset({CaseState.OPEN, CaseState.CLOSED, CaseState.CLOSED_REFERRED, CaseState.DROPOUT}),
    # A person who comes back gets a new file: a reopened one would change figures already reported.
    CaseState.CLOSED: frozenset(),
    CaseState.CLOSED_REFERRED: frozenset(),
    CaseState.DROPOUT: frozenset(),
}
OPEN_CASES = frozenset({CaseState.OPEN, CaseState.FOLLOW_UP})
CLOSED_CASES = frozenset({CaseState.CLOSED, CaseState.CLOSED_REFERRED, CaseState.DROPOUT})
CASE_NEEDS_REASON = frozenset({CaseState.DROPOUT})


class CaseEventKind(TextChoices):
    OPENED = "opened", _("Opened")
    STATE = "state", _("State changed")
    NOTE = "note", _("Note")
    SERVICE = "service", _("Service given")
    PLAN = "plan", _("Plan agreed")


class Delivery(TextChoices):
    """Returnees served through others report worse outcomes than those served at the centre, so the two are told apart."""

    DIRECT = "direct", _("By the centre")
    BY_REFERRAL = "by_referral", _("Through a partner")


class ReferralState(TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    ACKNOWLEDGED = "acknowledged", _("Received by the partner")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    SERVED = "served", _("Service started")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Not completed")
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
    ReferralState.SERVED: frozenset({ReferralState.COMPLETED, ReferralState.FAILED}),
    ReferralState.REFUSED: frozenset(),
    ReferralState.COMPLETED: frozenset(),
    ReferralState.FAILED: frozenset(),
    ReferralState.CANCELLED: frozenset(),
}
OPEN_REFERRALS = frozenset(
    {
        ReferralState.DRAFT,
        ReferralState.SENT,
        ReferralState.ACKNOWLEDGED,
        ReferralState.ACCEPTED,
        ReferralState.SERVED,
    }
)
ENDED_REFERRALS = frozenset(
    {ReferralState.REFUSED, ReferralState.COMPLETED, ReferralState.FAILED, ReferralState.CANCELLED}
)
REFERRAL_NEEDS_REASON = frozenset({ReferralState.REFUSED, ReferralState.FAILED, ReferralState.CANCELLED})
