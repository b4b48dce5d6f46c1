"""Which state may follow which."""

from collections.abc import Mapping
from typing import TypeVar

State = TypeVar("State", bound=str)


def may_move(moves: Mapping[State, frozenset[State]], state: str, to: str) -> bool:
    """Return whether a state may become another, by the table of its set."""
    return any(to == allowed for known, after in moves.items() if known == state for allowed in after)
