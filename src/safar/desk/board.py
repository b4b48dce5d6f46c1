"""Today's board is composed here: each desk area adds its card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from safar.desk.areas import modules
from safar.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One card of the board, drawn by the area's own template."""

    title: str
    order: int
    template: str
    context: Mapping[str, Any]


def board_for(actor: Actor) -> list[BoardCard]:
    """Return the cards every area has for this person today, most urgent first."""
    return sorted((card for module in modules("board") for card in module.cards(actor)), key=lambda card: card.order)
