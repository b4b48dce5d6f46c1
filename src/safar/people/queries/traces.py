"""What people left without a file: sign-ups and questions that carry a name and a way to reach them, but no key of a person."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from safar.methods.names.keys import query_keys, registry_keys
from safar.people.enums import ContactKind
from safar.people.models import ContactPoint, Person
from safar.people.rules import phone_tail

_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Traces:
    """The names and contact points by which what a person left elsewhere is known to be theirs."""

    given_keys: frozenset[str]
    name_keys: frozenset[str]
    addresses: frozenset[str]
    tails: frozenset[str]

    def fit(self, name: str, contact: str) -> bool:
        """Return whether every word of the name, the given name among them, and the contact agree.

        A phone may be that of a whole family, which shares the family name and whose children carry the father's name.
        """
        typed = query_keys(name)
        return bool(typed & self.given_keys) and typed <= self.name_keys and self._reaches(contact)

    def _reaches(self, contact: str) -> bool:
        tail = phone_tail(contact)
        if len(tail) >= _FEWEST_DIGITS and tail in self.tails:
            return True
        return contact.strip().casefold().removeprefix("@") in self.addresses


def traces_of(person_ids: Collection[UUID]) -> Traces:
    """Return the traces of a person over all their files; 2 queries."""
    keys: set[str] = set()
    given: set[str] = set()
    for person in Person.objects.filter(pk__in=person_ids):
        keys |= registry_keys(person.family_name, person.given_name, person.patronymic)
        given |= query_keys(person.given_name or person.family_name)
    points = list(ContactPoint.objects.filter(person__in=person_ids))
    return Traces(
        given_keys=frozenset(given),
        name_keys=frozenset(keys | given),
        addresses=frozenset(
            point.value.casefold().removeprefix("@") for point in points if point.kind != ContactKind.PHONE
        ),
        tails=frozenset(phone_tail(point.value) for point in points if point.kind == ContactKind.PHONE),
    )
