"""Who looks like the person being registered, wherever somebody is registered."""

from collections.abc import Collection
from uuid import UUID

from django.http import QueryDict

from safar.desk.people.side_by_side import Resemblance, resemblances
from safar.kernel.actor import Actor
from safar.people.queries import persons
from safar.people.rules import PersonDetails


def alike_to(details: PersonDetails | None, ruled_out: Collection[UUID], by: Actor) -> list[Resemblance]:
    """Return who may be the same, without those somebody looked at and said are not; nobody before enough is typed."""
    return resemblances(persons.look_alikes(details, without=ruled_out, by=by), details) if details else []


def ruled_out_in(data: QueryDict) -> list[UUID]:
    """Return whom the person at the desk said it is not, in the order they said so."""
    texts = [*data.getlist("not_same"), data.get("rule_out", "")]
    return list(dict.fromkeys(found for text in texts if (found := read_id(text))))


def read_id(text: str) -> UUID | None:
    """Return the id a page sent back, or None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
