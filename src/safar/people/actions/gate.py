"""How an action passes the consent gate, and which actions must.

An action that sends, shares or follows up is marked with `gated`; a test finds all marked actions and shows of each that it
refuses without consent, after withdrawal and after the last day. What a mark cannot promise, the tables do: a message or a
referral that has left names the consent it left under.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError

from safar.people.enums import ConsentPurpose
from safar.people.queries import consent
from safar.people.queries.consent import Decision
from safar.people.rules import Use

P = ParamSpec("P")
R = TypeVar("R")
GATED: dict[str, ConsentPurpose] = {}


def gated(purpose: ConsentPurpose) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark an action that uses what is known of a person under this purpose."""

    def mark(action: Callable[P, R]) -> Callable[P, R]:
        GATED[f"{action.__module__}.{action.__qualname__}"] = purpose
        return action

    return mark


def passing(person_id: UUID, use: Use, *, field: str = "consent") -> Decision:
    """Return the gate's yes, or raise ValidationError at the field with the reason in words."""
    decision = consent.decide(person_id, use)
    if not decision.allowed:
        raise ValidationError({field: decision.words})
    return decision
