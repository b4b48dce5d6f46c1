"""Whether two records are one person: what agrees, what each agreement is worth in bits, and what forbids to say so.

The weights follow Fellegi and Sunter: a bit doubles the odds. They order and explain suggestions; a person decides.
"""

from dataclasses import dataclass, field
from math import log2
from typing import Literal

from safar.methods.names.births import UNKNOWN, Birth, compare_births, contradict
from safar.methods.names.comparison import NameComparison, PartComparison, similarity
from safar.methods.names.keys import token_key
from safar.methods.names.parameters import bits_of_same, weights

PartName = Literal["family", "given", "patronymic", "birth", "sex", "phone", "district", "document"]
Contradiction = Literal["given", "birth"]

PEOPLE = 100_000
"""How many people the records are thought to be drawn from, when nobody says."""

CAP_CONTRADICTED = 0.5
"""No contradicted pair is more probable than this, whatever else agrees: brothers, twins, father and son share the rest."""

# Levels of a given name at which two records may still be one person; the rest is another name.
_COMPATIBLE = frozenset(
    {"same_writing", "same_name", "apostrophe_lost", "foreign_spelling", "swapped", "one_vowel", "one_letter", "part_of",
     "initial", "missing"}
)  # fmt: skip
_EQUAL = frozenset({"same_writing", "same_name"})
_REGION = len("UZ17")


@dataclass(frozen=True, slots=True)
class Record:
    """What one registration says of somebody; whatever is not known stays empty."""

    family: str = ""
    given: str = ""
    patronymic: str = ""
    birth: Birth = UNKNOWN
    sex: str = ""  # female or male; anything else is not known
    phones: frozenset[str] = field(default_factory=frozenset)  # the last nine digits of each
    district: str = ""
    documents: frozenset[str] = field(default_factory=frozenset)  # hashes, never numbers


@dataclass(frozen=True, slots=True)
class Part:
    """One thing both records speak of, how it agrees, what stands on either side, and its weight."""

    name: PartName
    level: str
    left: str
    right: str
    bits: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts, the sum of their bits, the probability among so many people, and what contradicts."""

    parts: tuple[Part, ...]
    bits: float
    probability: float
    contradictions: tuple[Contradiction, ...]


def compare(left: Record, right: Record, *, people: int = PEOPLE) -> Evidence:
    """Weigh two records of a registry of `people`; the order of the two does not matter.

    Given names that are not compatible and dates of birth that contradict each other keep the probability at or under a half.
    """
    names = similarity((left.family, left.given, left.patronymic), (right.family, right.given, right.patronymic))
    parts = [*_name_parts(names), *_other_parts(left, right)]
    contradictions = _contradictions(names, left, right)
    bits = round(sum(part.bits for part in parts), 2)
    probability = 1 / (1 + 2 ** -(bits - log2(people)))
    if contradictions:
        probability = min(probability, CAP_CONTRADICTED)
    return Evidence(tuple(parts), bits, round(probability, 6), contradictions)


def _name_parts(names: NameComparison) -> list[Part]:
    return [
        Part(part.part, part.level, part.left, part.right, _name_bits(part))
        for part in names.parts
        if part.level != "missing"
    ]


def _name_bits(part: PartComparison) -> float:
    if part.level in _EQUAL:
        return bits_of_same(part.part, token_key(part.left.replace(" ", ""), part.part))
    return weights()[part.part, part.level]


def _other_parts(left: Record, right: Record) -> list[Part]:
    found: list[tuple[PartName, str, str, str]] = [
        ("birth", compare_births(left.birth, right.birth), str(left.birth), str(right.birth)),
        ("sex", _sexes(left.sex, right.sex), left.sex, right.sex),
        ("phone", _shared(left.phones, right.phones), _listed(left.phones), _listed(right.phones)),
        ("district", _districts(left.district, right.district), left.district, right.district),
        ("document", _shared(left.documents, right.documents), _listed(left.documents), _listed(right.documents)),
    ]
    return [
        Part(name, level, one, two, weights()[name, level]) for name, level, one, two in found if level != "missing"
    ]


def _contradictions(names: NameComparison, left: Record, right: Record) -> tuple[Contradiction, ...]:
    found: list[Contradiction] = []
    if any(part.part == "given" and part.level not in _COMPATIBLE for part in names.parts):
        found.append("given")
    if contradict(left.birth, right.birth):
        found.append("birth")
    return tuple(found)


def _sexes(left: str, right: str) -> str:
    if not {left, right} <= {"female", "male"}:
        return "missing"
    return "same" if left == right else "different"


def _shared(left: frozenset[str], right: frozenset[str]) -> str:
    if not left or not right:
        return "missing"
    return "same" if left & right else "different"


def _districts(left: str, right: str) -> str:
    if not left or not right:
        return "missing"
    if left == right:
        return "same"
    return "same_region" if left[:_REGION] == right[:_REGION] else "different"


def _listed(values: frozenset[str]) -> str:
    return ", ".join(sorted(values))
