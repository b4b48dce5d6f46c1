"""What a board says of referrals: answers nobody has seen, own ones past their date, and for the coordinator the late ones."""

from django.utils.translation import gettext as _

from safar.cases.permissions import MANAGE_REFERRAL, OVERSEE_REFERRAL
from safar.cases.queries import referrals
from safar.desk.board import BoardCard
from safar.desk.cases.facts import label
from safar.kernel.actor import Actor

_SHOWN = 5


def cards(actor: Actor) -> list[BoardCard]:
    """Return a card only when there is something to do; names stay on the referral, so that a board leaves no row in the trail."""
    if not actor.may(MANAGE_REFERRAL):
        return []
    answered = referrals.news(by=actor, mine=True)
    overdue = referrals.overdue_of(by=actor)
    late = referrals.escalated(by=actor) if actor.may(OVERSEE_REFERRAL) else None
    context = {
        "answered": [(each, label("referral_service", each.service)) for each in answered[:_SHOWN]],
        "overdue": [(each, label("referral_service", each.service)) for each in overdue[:_SHOWN]],
        "incoming": referrals.incoming(by=actor).count(),
        "late": late.count() if late is not None else 0,
    }
    if not any(context.values()):
        return []
    return [BoardCard(_("Referrals"), 15, "desk/cases/referrals/_board.html", context)]
