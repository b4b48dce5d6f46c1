from django.utils.translation import gettext as _

from safar.desk.board import BoardCard
from safar.kernel.actor import Actor
from safar.trust.queries import sealed


def cards(actor: Actor) -> list[BoardCard]:
    """Show that colleagues wait for a second person; the board does not say about whom."""
    waiting = len(sealed.to_decide(by=actor))
    if not waiting:
        return []
    return [BoardCard(_("A second person is needed"), 5, "desk/trust/_board_sealed.html", {"waiting": waiting})]
