from django.utils.translation import gettext as _

from safar.awareness.permissions import APPROVE_SESSION, MANAGE_SESSION, READ_SESSION
from safar.awareness.queries import sessions
from safar.desk.awareness.facts import lines
from safar.desk.board import BoardCard
from safar.kernel.actor import Actor


def cards(actor: Actor) -> list[BoardCard]:
    """Show the week's sessions; to those who answer for them also what waits for a word or an approval."""
    if not actor.may(READ_SESSION):
        return []
    context = {
        "week": lines(sessions.upcoming(actor)),
        "waiting": lines(sessions.waiting_for_approval(actor)) if actor.may(APPROVE_SESSION) else [],
        "overdue": lines(sessions.overdue(actor)) if actor.may(MANAGE_SESSION) else [],
    }
    return [BoardCard(_("Sessions this week"), 30, "desk/awareness/_board_card.html", context)]
