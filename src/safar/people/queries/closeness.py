"""A quick guess at how well a file fits what was asked, to choose among hundreds the few that are weighed in full.

It adds the bits of `methods.names.evidence` for what can be seen from keys remembered by spelling, at a fiftieth of the cost of a comparison.
Rejected: counting equal parts without weights. Of a thousand who share a father and a first name, the one with the rare family name was then lost.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from safar.methods.names.births import Birth, compare_births
from safar.methods.names.evidence import Record
from safar.methods.names.keys import CACHED, Part, are_near, skeleton, token_key
from safar.methods.names.parameters import bits_of_same, weights
from safar.methods.names.parsing import looks_like_family, parse_name, sex_shown_by
from safar.people.queries.index_keys import Name

_CHILD = re.compile(r"(?:z[oa]d[ae]|з[оа]д[ае])$", re.IGNORECASE)
_SEXES = frozenset({"female", "male"})
# What a file is credited with whose family name ends as the one asked for: Rahimzoda comes again as Rahimzoda rather than as Rahimov.
_SAME_ENDING = 0.5
# Parts that stand in each other's place cost about what a slip does.
_SWAPPED = 1.5
# A given name in the other field, so that a field is not taken for a whole name.
_SOMEBODY = "x"
_AS_FAMILY: Part = "family"
_AS_GIVEN: Part = "given"


@dataclass(frozen=True, slots=True)
class Written:
    """One field of a name, read once: its stems as family and as given name, its skeletons, and what its ending shows."""

    family: str
    given: str
    bones: str
    each: frozenset[str]
    ending: str
    sex: str

    def __bool__(self) -> bool:
        return bool(self.bones)


_NOTHING = Written("", "", "", frozenset(), "", "")


@lru_cache(CACHED)
def written(text: str) -> Written:
    """Read a field that holds one part of a name, with or without the word for son or daughter."""
    own = parse_name(text, _SOMEBODY).family if text else ""
    joined = own.replace(" ", "")
    if not joined:
        return _NOTHING
    several = frozenset(map(skeleton, own.split())) if " " in own else frozenset()
    return Written(
        token_key(joined, _AS_FAMILY),
        token_key(joined, _AS_GIVEN),
        skeleton(joined),
        several | {skeleton(joined)},
        _ending(joined),
        sex_shown_by(text),
    )


def _ending(family: str) -> str:
    """Return how a family name is made: of the word for a child, of -ov, or bare, as before уулу, which a parsed name has lost."""
    if _CHILD.search(family):
        return "child"
    return "ov" if looks_like_family(family) else "bare"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the guess reads of a file."""

    names: tuple[Name, ...]
    birth: Birth
    sex: str
    district: str


class Closeness:
    """How well files fit one record, in bits, roughly; it never decides."""

    def __init__(self, wanted: Record) -> None:
        self.family, self.given = written(wanted.family), written(wanted.given)
        self.patronymic = written(wanted.patronymic)
        self.birth, self.district = wanted.birth, wanted.district
        self.sex = wanted.sex if wanted.sex in _SEXES else self.family.sex or self.patronymic.sex
        self.is_sex_told = wanted.sex in _SEXES

    def of(self, seen: Seen, *, shares_phone: bool) -> float:
        """Return the bits of the best of a file's names, and of birth, sex, district and phone."""
        bits = max(map(self._name, seen.names))
        known = weights()
        level = compare_births(self.birth, seen.birth) if self.birth.year else "missing"
        bits += known["birth", level].stranger if level != "missing" else 0.0
        bits += known["phone", "same"].stranger if shares_phone else 0.0
        if self.district and seen.district:
            bits += known["district", "same" if self.district == seen.district else "different"].stranger
        return bits + self._sex(seen)

    def ends_alike(self, names: Iterable[Name]) -> bool:
        """Whether a family name of a file ends as the one asked for."""
        return any(self._ends_alike(*self._parts(name)[:2]) for name in names)

    def _name(self, name: Name) -> float:
        family, given, patronymic = self._parts(name)
        as_family, as_given = _part(_AS_FAMILY, self.family, family), _part(_AS_GIVEN, self.given, given)
        bits = as_family + as_given
        if as_family < 0 and as_given < 0:
            bits = max(bits, _part(_AS_FAMILY, self.family, given) + _part(_AS_GIVEN, self.given, family) - _SWAPPED)
        bits += _part("patronymic", self.patronymic, patronymic)
        return bits + (_SAME_ENDING if self._ends_alike(family, given) else 0.0)

    def _parts(self, name: Name) -> tuple[Written, Written, Written]:
        """Read a name of a file; the father's only where one was asked for."""
        family, given, patronymic = name
        if not given and " " in family:
            # The whole name was written into one field.
            parsed = parse_name(*name)
            family, given, patronymic = parsed.family, parsed.given, parsed.patronymic
        return written(family), written(given), written(patronymic) if self.patronymic else _NOTHING

    def _ends_alike(self, family: Written, given: Written) -> bool:
        """Whether the endings are alike, also where the fields were exchanged and the given name shows none."""
        ending = given.ending if family.ending == "bare" and given.ending not in {"", "bare"} else family.ending
        return ending == self.family.ending

    def _sex(self, seen: Seen) -> float:
        told = seen.sex in _SEXES
        theirs = seen.sex if told else written(seen.names[0][0]).sex
        if not self.sex or not theirs:
            return 0.0
        level = "same" if self.sex == theirs else "different"
        return weights()["sex", level if told and self.is_sex_told else f"{level}_by_name"].stranger


def _part(part: Part, asked: Written, found: Written) -> float:
    """Return about what `methods.names.evidence` gives for a part: by equal stems, equal skeletons, one slip, or not at all."""
    if not asked or not found:
        return 0.0
    stem, other = (asked.given, found.given) if part == _AS_GIVEN else (asked.family, found.family)
    if stem == other:
        return bits_of_same(part, stem).stranger
    return weights()[part, _level(asked, found)].stranger


def _level(asked: Written, found: Written) -> str:
    if asked.bones == found.bones:
        return "same_consonants"
    if asked.each & found.each:
        return "part_of"
    return "one_letter" if are_near(asked.bones, found.bones) else "different"
