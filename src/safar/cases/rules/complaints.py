"""What is true of a complaint: which institutions stand in one chain, and who may never open it."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution that may hear complaints or be complained about.

    `parent` is the one it answers to. Those below an `umbrella` (a government) are independent of one another.
    """

    code: str
    parent: str = ""
    umbrella: bool = False
    hears: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ComplaintDetails:
    """What somebody complains about, in the words of the intake; who is named decides who may hear it."""

    kind: str
    told: str
    agency_id: UUID | None = None
    institution: str = ""
    institution_name: str = ""
    about_centre_id: UUID | None = None
    named_staff: Collection[UUID] = ()
    happened_on: dt.date | None = None
    amount: Decimal | None = None
    currency: str = ""
    evidence: Sequence[str] = ()

    def problems(self, day: dt.date) -> dict[str, str]:
        """Return field → code of what is wrong: `nobody`, `missing`, `future`, `negative`, `currency`."""
        found: dict[str, str] = {}
        named = (
            self.agency_id,
            self.institution,
            self.institution_name.strip(),
            self.about_centre_id,
            self.named_staff,
        )
        if not any(named):
            found["agency"] = "nobody"
        if not self.told.strip():
            found["told"] = "missing"
        if self.happened_on and self.happened_on > day:
            found["happened_on"] = "future"
        if self.amount is not None and self.amount <= 0:
            found["amount"] = "negative"
        if self.amount and not self.currency:
            found["currency"] = "missing"
        return found


@dataclass(frozen=True, slots=True)
class Access:
    """Who a complaint is about and who took it, as far as opening it goes."""

    named_staff: frozenset[UUID]
    about_centre: UUID | None
    centre: UUID
    taken_by: UUID | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who asks to open complaints; `is_independent` stands outside the chain of any centre."""

    id: UUID | None
    centre: UUID | None
    is_independent: bool = False
    own: frozenset[UUID] = field(default=frozenset())


def may_open(access: Access, reader: Reader) -> bool:
    """Whether somebody may open a complaint: never who is named in it; of a centre only who took it or stands outside."""
    if reader.id in access.named_staff:
        return False
    if access.about_centre or access.named_staff:
        return reader.is_independent or (reader.id is not None and reader.id == access.taken_by)
    return reader.is_independent or reader.centre is None or reader.centre == access.centre


def chain_of(accused: Collection[str], institutions: Mapping[str, Institution]) -> frozenset[str]:
    """Return whoever stands in one chain with an accused institution: above it, below it, and below those above it.

    What stands below an umbrella only because everything does is left out: a prosecutor is no colleague of a ministry.
    """
    found: set[str] = set()
    for code in accused:
        line = [code, *_above(code, institutions)]
        roots = [each for each in line if each == code or not institutions[each].umbrella]
        found |= set(line)
        for root in roots:
            found |= _below(root, institutions)
    return frozenset(found)


def recipients_for(kind: str, accused: Collection[str], institutions: Sequence[Institution]) -> list[str]:
    """Return who may hear a complaint of this kind, in the order of the list; nobody of the chain of an accused one."""
    barred = chain_of(accused, {each.code: each for each in institutions})
    return [each.code for each in institutions if kind in each.hears and each.code not in barred]


def _above(code: str, institutions: Mapping[str, Institution]) -> list[str]:
    found: list[str] = []
    parent = institutions[code].parent if code in institutions else ""
    while parent and parent not in found:
        found.append(parent)
        parent = institutions[parent].parent
    return found


def _below(code: str, institutions: Mapping[str, Institution]) -> set[str]:
    return {each for each in institutions if code in _above(each, institutions)}
