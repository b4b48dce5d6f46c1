"""Units are types: a figure of persons and a figure of contacts have no sum, and the type checker says so first."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar


class Unit(StrEnum):
    PERSONS = "persons"
    CONTACTS = "contacts"
    ATTENDANCES = "attendances"
    SESSIONS = "sessions"
    EXPOSURES = "exposures"
    ACCOUNTS = "accounts"
    INSTITUTIONS = "institutions"
    PLACES = "places"


class Persons:
    """People, each once."""


class Contacts:
    """Conversations; one person may have many."""


class Attendances:
    """Seats taken; one person may take many."""


class Sessions:
    """Sessions held."""


class Exposures:
    """Showings of a post; not people."""


class Accounts:
    """Accounts on a platform; not people."""


class Institutions:
    """Institutions."""


class Places:
    """Districts."""


U = TypeVar("U")


class UnitMixError(TypeError):
    """Figures that count different things were added."""


class NotAdditiveError(ValueError):
    """Figures count the same kind of thing, but the same thing may stand in both."""


# What identifies a part: the centre, the month, and every category the figure is limited to.
Part = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figure(Generic[U]):
    """One counted number: what it counts, of which indicator, for which part of the whole.

    `parts` are the disjoint parts already added. `value` is None when it is not known or not shown.
    """

    value: int | None
    unit: Unit
    code: str
    number: int
    parts: frozenset[Part]
    additive_over: frozenset[str]
    reason: str = ""

    def __add__(self, other: "Figure[U]") -> "Figure[U]":
        """Add two parts of one indicator that differ in exactly one dimension over which its definition allows a sum."""
        if not isinstance(other, Figure):
            return NotImplemented
        if self.unit is not other.unit:
            raise UnitMixError(f"{self.unit} and {other.unit} are different things and have no sum")
        if self.code != other.code:
            raise NotAdditiveError(
                f"{self.code} and {other.code} may count the same thing twice. {self.reason}".strip()
            )
        differing = {dimension for one in self.parts for two in other.parts for dimension in _difference(one, two)}
        if self.parts & other.parts or len(differing) != 1:
            raise NotAdditiveError(f"the two figures of {self.code} are not parts of one whole")
        if not differing <= self.additive_over:
            raise NotAdditiveError(f"{self.code} cannot be added over {next(iter(differing))}. {self.reason}".strip())
        value = None if self.value is None or other.value is None else self.value + other.value
        return replace(self, value=value, parts=self.parts | other.parts)


def _difference(one: Part, two: Part) -> set[str]:
    mine, theirs = dict(one), dict(two)
    return {dimension for dimension in mine.keys() | theirs.keys() if mine.get(dimension) != theirs.get(dimension)}
