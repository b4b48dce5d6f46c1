"""How alike two names are, part by part, with reasons a person can check."""

from collections.abc import Iterable
from dataclasses import dataclass

from safar.methods.names.keys import Part
from safar.methods.names.levels import Level, compare_part
from safar.methods.names.orthographies import habits
from safar.methods.names.parsing import ParsedName, interpretations, looks_like_family, parse_name

__all__ = [
    "CAP_WITHOUT_GIVEN",
    "LEVEL_SCORES",
    "Level",
    "Name",
    "NameComparison",
    "PartComparison",
    "compare_part",
    "similarity",
]

LEVEL_SCORES: dict[Level, float] = {
    "same_writing": 1.0,
    "same_name": 1.0,
    "foreign_spelling": 0.97,
    "apostrophe_lost": 0.95,
    "part_of": 0.92,
    "swapped": 0.9,
    "other_vowels": 0.88,
    "near_sound": 0.81,
    "initial": 0.72,
    "one_vowel": 0.65,
    "one_letter": 0.65,
    "same_consonants": 0.5,
    "similar": 0.5,
    "different": 0.0,
    "missing": 0.5,  # a family or given name one side lacks speaks neither for nor against; a patronymic is left out
}
WEIGHTS: dict[Part, float] = {"family": 0.4, "given": 0.45, "patronymic": 0.15}
# Siblings share everything but the given name: without it no score may look like one person.
CAP_WITHOUT_GIVEN = 0.6

Name = ParsedName | tuple[str, str, str] | str


@dataclass(frozen=True, slots=True)
class PartComparison:
    """One part of both names as written, and how it agrees."""

    part: Part
    level: Level
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class NameComparison:
    """A score from 0 to 1 with its parts; `reasons` says the same in English, doors word `parts` in their language."""

    score: float
    parts: tuple[PartComparison, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(
            _REASONS[part.level].format(part=part.part, left=part.left, right=part.right) for part in self.parts
        )


_REASONS: dict[Level, str] = {
    "same_writing": "{part} name written the same: {left}",
    "same_name": "same {part} name in another spelling: {left} ~ {right}",
    "foreign_spelling": "same {part} name as another language spells it: {left} ~ {right}",
    "apostrophe_lost": "same {part} name if o stands for oʻ: {left} ~ {right}",
    "part_of": "{part} name has more words on one side: {left} ~ {right}",
    "swapped": "{part} name stands in another part: {left} ~ {right}",
    "one_vowel": "{part} name differs in one vowel: {left} / {right}",
    "near_sound": "{part} name differs in one sound easily taken for the other: {left} / {right}",
    "other_vowels": "{part} name has the same many consonants in other vowels: {left} / {right}",
    "same_consonants": "{part} name has the same consonants but other vowels: {left} / {right}",
    "one_letter": "{part} name differs in one letter: {left} / {right}",
    "initial": "{part} name is an initial on one side: {left} ~ {right}",
    "similar": "{part} name looks similar: {left} / {right}",
    "different": "{part} name differs: {left} / {right}",
    "missing": "{part} name is missing on one side",
}
_Habits = tuple[tuple[str, ...], tuple[str, ...]]


def similarity(left: Name, right: Name) -> NameComparison:
    """Compare two names, each (family, given, patronymic), a parsed name, or one text as somebody typed it.

    The order of the two does not matter for the score. Equal spellings across scripts give 1. Names whose given parts do not
    agree stay at or under 0.6, because brothers, sisters and twins share the rest. A text is compared in each way in which it
    may be meant, and the best counts: no ending says which word of Рахмон Эмомали is the family name.
    """
    supposed = (_habits(left), _habits(right))
    best: NameComparison | None = None
    for first in _meant(left):
        for second in _meant(right):
            found = _in_any_place(_filled(first), _filled(second), supposed)
            if best is None or found.score > best.score:
                best = found
            if best.score >= LEVEL_SCORES["foreign_spelling"]:
                return best
    return best or NameComparison(0.0, ())


def _in_any_place(first: ParsedName, second: ParsedName, supposed: _Habits) -> NameComparison:
    parts = _compared(first, second, supposed)
    if _may_be_swapped(first, second):
        swapped = _compared(first, ParsedName(second.given, second.family, second.patronymic), supposed)
        if _score(swapped) * LEVEL_SCORES["swapped"] > _score(parts):
            parts = [_as_swapped(part) for part in swapped]
    return NameComparison(round(_score(parts), 4), tuple(parts))


def _habits(name: Name) -> tuple[str, ...]:
    if isinstance(name, str):
        return habits(name)
    parts = (name.family, name.given, name.patronymic) if isinstance(name, ParsedName) else name
    return habits(" ".join(filter(None, parts)))


def _meant(name: Name) -> Iterable[ParsedName]:
    if isinstance(name, ParsedName):
        return (name,)
    return interpretations(name) if isinstance(name, str) else (parse_name(*name),)


def _filled(parsed: ParsedName) -> ParsedName:
    """Return the name with the father's as family name where it has none: Бакыт Асан уулу and Bakyt Asanov meet."""
    if parsed.family or not parsed.patronymic:
        return parsed
    return ParsedName(parsed.patronymic, parsed.given, "")


def _compared(first: ParsedName, second: ParsedName, supposed: _Habits) -> list[PartComparison]:
    pairs: list[tuple[Part, str, str]] = [
        ("family", first.family, second.family),
        ("given", first.given, second.given),
        ("patronymic", first.patronymic, second.patronymic),
    ]
    return [
        PartComparison(part, compare_part(one, two, part, supposed), one, two) for part, one, two in pairs if one or two
    ]


def _score(parts: list[PartComparison]) -> float:
    counted = [part for part in parts if not (part.part == "patronymic" and part.level in {"missing", "initial"})]
    if all(part.level == "missing" for part in counted):
        return 0.0
    weight = sum(WEIGHTS[part.part] for part in counted)
    score = sum(WEIGHTS[part.part] * LEVEL_SCORES[part.level] for part in counted) / weight
    given = next(
        (LEVEL_SCORES[part.level] for part in counted if part.part == "given" and part.level != "missing"), 1.0
    )
    return score if given >= LEVEL_SCORES["one_letter"] else min(score, CAP_WITHOUT_GIVEN)


def _may_be_swapped(first: ParsedName, second: ParsedName) -> bool:
    """Karim Rahimov is not Rahim Karimov: parts change places only where no family ending says which is which."""
    return not (looks_like_family(first.family) and looks_like_family(second.family))


def _as_swapped(part: PartComparison) -> PartComparison:
    if part.part != "patronymic" and part.level in {"same_writing", "same_name", "apostrophe_lost"}:
        return PartComparison(part.part, "swapped", part.left, part.right)
    return part
