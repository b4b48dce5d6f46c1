from django.utils.translation import gettext as _

from safar.desk.board import BoardCard
from safar.kernel.actor import Actor
from safar.messaging.queries.enquiries import unread_count


def cards(actor: Actor) -> list[BoardCard]:
    """Show how many questions from the public pages wait for a first answer."""
    waiting = unread_count(actor)
    if not waiting:
        return []
    return [
        BoardCard(_("Questions from the public pages"), 30, "desk/messaging/_board_card.html", {"waiting": waiting})
    ]
