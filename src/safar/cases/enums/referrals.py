"""States of a referral and how they follow each other, as data."""

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
