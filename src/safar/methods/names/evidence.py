"""Whether two records are one person: what agrees, what each agreement is worth in bits, and what forbids to say so.

The weights follow Fellegi and Sunter: a bit doubles the odds. They order and explain suggestions; a person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from safar.methods.names.births import UNKNOWN, Birth, compare_births, contradict
from safar.methods.names.comparison import NameComparison, PartComparison, similarity
from safar.methods.names.keys import token_key
from safar.methods.names.parameters import Bits, bits_of_same, is_given_name, weights
from safar.methods.names.parsing import sex_shown_by

PartName = Literal["family", "given", "patronymic", "birth", "sex", "phone", "district", "document"]
Contradiction = Literal["given", "birth"]

PEOPLE = 100_000
"""How many people the records are thought to be drawn from, when nobody says."""

KIN = 8
"""How many brothers, sisters and cousins who share a house stand in a registry for each second record of one person."""

CAP_CONTRADICTED = 0.5
"""No contradicted pair is more probable than this, whatever else agrees: brothers, twins, father and son share the rest."""

# Levels of a given name at which two records may still be one person; the rest is another name.
_COMPATIBLE = frozenset(
    {"same_writing", "same_name", "apostrophe_lost", "foreign_spelling", "swapped", "one_vowel", "near_sound",
     "other_vowels", "one_letter", "part_of", "initial", "missing"}
)  # fmt: skip
_SLIPS = frozenset({"one_vowel", "one_letter"})
_SEXES = frozenset({"female", "male"})
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

    `bits` is the sum of the parts against a stranger. The probability also asks whether the two may be brothers or sisters,
    who share the family name, the father, the phone and the district. Given names that are not compatible and dates of birth
    that contradict each other keep it at or under a half.
    """
    names = similarity((left.family, left.given, left.patronymic), (right.family, right.given, right.patronymic))
    return weigh(names, left, right, people=people)


def weigh(names: NameComparison, left: Record, right: Record, *, people: int = PEOPLE) -> Evidence:
    """Weigh two records whose names are compared already."""
    weighed = [*_name_parts(names), *_other_parts(names, left, right)]
    contradictions = _contradictions(names, left, right)
    against_stranger = sum(bits.stranger for _, bits in weighed)
    against_kin = sum(bits.kin for _, bits in weighed)
    probability = 1 / (1 + people * 2**-against_stranger + KIN * 2**-against_kin)
    if contradictions:
        probability = min(probability, CAP_CONTRADICTED)
    parts = tuple(part for part, _ in weighed)
    return Evidence(parts, round(against_stranger, 2), round(probability, 6), contradictions)


def levels_of(left: Record, right: Record) -> list[tuple[str, str]]:
    """Return part and level of everything both records speak of, as the weights name them; for learning the weights."""
    names = similarity((left.family, left.given, left.patronymic), (right.family, right.given, right.patronymic))
    parts = [part for part, _ in (*_name_parts(names), *_other_parts(names, left, right))]
    return [(part.name, "same" if part.level in _EQUAL else part.level) for part in parts]


def _name_parts(names: NameComparison) -> list[tuple[Part, Bits]]:
    found = [(part, _name_bits(part)) for part in names.parts if part.level != "missing"]
    return [(Part(part.part, part.level, part.left, part.right, bits.stranger), bits) for part, bits in found]


def _name_bits(part: PartComparison) -> Bits:
    if part.level in _EQUAL:
        return bits_of_same(part.part, token_key(part.left.replace(" ", ""), part.part))
    return weights()[part.part, part.level]


def _other_parts(names: NameComparison, left: Record, right: Record) -> list[tuple[Part, Bits]]:
    found: list[tuple[PartName, str, str, str]] = [
        ("birth", compare_births(left.birth, right.birth), str(left.birth), str(right.birth)),
        _sexes(names, left.sex, right.sex),
        ("phone", _shared(left.phones, right.phones), _listed(left.phones), _listed(right.phones)),
        ("district", _districts(left.district, right.district), left.district, right.district),
        ("document", _shared(left.documents, right.documents), _listed(left.documents), _listed(right.documents)),
    ]
    weighed = [(name, level, one, two, weights()[name, level]) for name, level, one, two in found if level != "missing"]
    return [(Part(name, level, one, two, bits.stranger), bits) for name, level, one, two, bits in weighed]


def _contradictions(names: NameComparison, left: Record, right: Record) -> tuple[Contradiction, ...]:
    found: list[Contradiction] = []
    if any(part.part == "given" and not _compatible(part) for part in names.parts):
        found.append("given")
    if contradict(left.birth, right.birth):
        found.append("birth")
    return tuple(found)


def _compatible(given: PartComparison) -> bool:
    """Whether two given names may be one: a slip of the pen leaves no other name, while Nosir and Nozir are two people."""
    if given.level not in _SLIPS:
        return given.level in _COMPATIBLE
    return not all(is_given_name(token_key(name.replace(" ", ""))) for name in (given.left, given.right))


def _sexes(names: NameComparison, left: str, right: str) -> tuple[PartName, str, str, str]:
    """Compare the sexes written down, or else those that the endings -ov and -ova, -ovich and -ovna show."""
    one, two = (sex if sex in _SEXES else "" for sex in (left, right))
    shown = (
        one or _sex_by_name(part.left for part in names.parts),
        two or _sex_by_name(part.right for part in names.parts),
    )
    if not all(shown):
        return "sex", "missing", *shown
    level = "same" if shown[0] == shown[1] else "different"
    return "sex", level if one and two else f"{level}_by_name", *shown


def _sex_by_name(parts: Iterable[str]) -> str:
    found = {sex for part in parts for sex in (sex_shown_by(part),) if sex}
    return found.pop() if len(found) == 1 else ""


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
