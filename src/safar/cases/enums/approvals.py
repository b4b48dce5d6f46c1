"""Acts that may need a second person, and the states of a request for approval with their transitions as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Act(TextChoices):
    """What somebody is about to do; which of these asks for approval, and when, stands in `cases/data/approvals.yaml`."""

    CLOSE_CASE = "case.close", _("Close a case file")
    DROP_OUT = "case.drop_out", _("Close a case file as dropped out")
    AGREE_PLAN = "plan.agree", _("Agree on a plan")
    SEND_REFERRAL = "referral.send", _("Send a referral")


# Every subject of these acts is a case file; of the others a referral.
ACTS_ON_CASES = frozenset({Act.CLOSE_CASE, Act.DROP_OUT, Act.AGREE_PLAN})


class ApprovalState(TextChoices):
    ASKED = "asked", _("Waiting for an answer")
    APPROVED = "approved", _("Approved")
    SENT_BACK = "sent_back", _("Sent back")
    WITHDRAWN = "withdrawn", _("Taken back")
    USED = "used", _("Used")


APPROVAL_MOVES: dict[ApprovalState, frozenset[ApprovalState]] = {
    ApprovalState.ASKED: frozenset({ApprovalState.APPROVED, ApprovalState.SENT_BACK, ApprovalState.WITHDRAWN}),
    # An approval holds once: whoever wants to do the same again later asks again.
    ApprovalState.APPROVED: frozenset({ApprovalState.USED, ApprovalState.WITHDRAWN}),
    ApprovalState.SENT_BACK: frozenset(),
    ApprovalState.WITHDRAWN: frozenset(),
    ApprovalState.USED: frozenset(),
}
STANDING_APPROVALS = frozenset({ApprovalState.ASKED, ApprovalState.APPROVED})
ENDED_APPROVALS = frozenset({ApprovalState.SENT_BACK, ApprovalState.WITHDRAWN, ApprovalState.USED})
APPROVAL_NEEDS_REASON = frozenset({ApprovalState.SENT_BACK})
