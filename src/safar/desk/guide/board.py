from django.utils.translation import gettext as _

from safar.desk.board import BoardCard
from safar.guide.permissions import MANAGE_FACT
from safar.guide.queries import facts
from safar.kernel.actor import Actor


def cards(actor: Actor) -> list[BoardCard]:
    """Show what the centre tells people and should no longer rely on, to those who keep the guide."""
    if not actor.may(MANAGE_FACT):
        return []
    expired, due = facts.expired_count(), facts.due_count()
    if not expired and not due:
        return []
    return [BoardCard(_("Guide"), 60, "desk/guide/_board_card.html", {"expired": expired, "due": due})]
