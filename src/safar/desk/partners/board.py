from django.utils.translation import gettext as _

from safar.desk.board import BoardCard
from safar.kernel.actor import Actor
from safar.partners.permissions import MANAGE_PARTNER
from safar.partners.queries import partners


def cards(actor: Actor) -> list[BoardCard]:
    """Show agreements that end soon to those who look after partners."""
    expiring = partners.expiring_agreements(by=actor) if actor.may(MANAGE_PARTNER) else []
    if not expiring:
        return []
    return [BoardCard(_("Agreements that end soon"), 70, "desk/partners/_board_card.html", {"expiring": expiring})]
