"""How alike two names are, part by part, with reasons a person can check."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import JaroWinkler, Levenshtein

from safar.methods.names.keys import CACHED, Part, skeleton, token_key
from safar.methods.names.parsing import ParsedName, looks_like_family, parse_name
from safar.methods.names.scripts import normalise

Level = Literal["same_writing", "same_name", "apostrophe_lost", "swapped", "one_vowel", "same_consonants", "one_letter",
                "similar", "different", "missing"]  # fmt: skip

LEVEL_SCORES: dict[Level, float] = {
    "same_writing": 1.0,
    "same_name": 1.0,
    "apostrophe_lost": 0.95,
    "swapped": 0.9,
    "one_vowel": 0.85,
    "one_letter": 0.75,
    "same_consonants": 0.5,
    "similar": 0.5,
    "different": 0.0,
    "missing": 0.5,  # a family or given name one side lacks speaks neither for nor against; a patronymic is left out
}
WEIGHTS: dict[Part, float] = {"family": 0.4, "given": 0.45, "patronymic": 0.15}
# Siblings share everything but the given name: without it no score may look like one person.
CAP_WITHOUT_GIVEN = 0.6
SIMILAR_FROM = 0.88

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
    "apostrophe_lost": "same {part} name if an apostrophe was lost: {left} ~ {right}",
    "swapped": "{part} name stands in another part: {left} ~ {right}",
    "one_vowel": "{part} name differs in one vowel: {left} / {right}",
    "same_consonants": "{part} name has the same consonants but other vowels: {left} / {right}",
    "one_letter": "{part} name differs in one letter: {left} / {right}",
    "similar": "{part} name looks similar: {left} / {right}",
    "different": "{part} name differs: {left} / {right}",
    "missing": "{part} name is missing on one side",
}


def similarity(left: Name, right: Name) -> NameComparison:
    """Compare two names, each (family, given, patronymic), a parsed name, or one text as somebody typed it.

    The order of the two does not matter for the score. Equal spellings across scripts give 1. Names whose given parts do not
    agree stay at or under 0.6, because brothers, sisters and twins share the rest.
    """
    first, second = _parsed(left), _parsed(right)
    parts = _compared(first, second)
    swapped = _compared(first, ParsedName(second.given, second.family, second.patronymic))
    if _score(swapped) * LEVEL_SCORES["swapped"] > _score(parts) and _may_be_swapped(first, second):
        parts = [_as_swapped(part) for part in swapped]
    return NameComparison(round(_score(parts), 4), tuple(parts))


@lru_cache(CACHED)
def compare_part(left: str, right: str, part: Part) -> Level:
    """Return how one part of two names agrees; the written parts may have several words."""
    one, two = left.replace(" ", ""), right.replace(" ", "")
    if not one or not two:
        return "missing"
    if normalise(one).casefold() == normalise(two).casefold():
        return "same_writing"
    key, other = token_key(one, part), token_key(two, part)
    if key == other:
        return "same_name"
    if _agree(token_key(one, part, open_o=True), token_key(two, part, open_o=True)):
        return "apostrophe_lost"
    if skeleton(one) == skeleton(two):
        return "one_vowel" if _one_unstressed_vowel(key, other) else "same_consonants"
    return _edited(key, other)


def _edited(key: str, other: str) -> Level:
    shorter = min(len(key), len(other))
    if shorter > len("oy") and Levenshtein.distance(key, other, score_cutoff=1) <= 1 and key[-1:] == other[-1:]:
        return "one_letter"
    return "similar" if JaroWinkler.similarity(key, other) >= SIMILAR_FROM else "different"


def _agree(key: str, other: str) -> bool:
    """Whether two keys are equal when O may be any back vowel."""
    return len(key) == len(other) and all(
        sound == found or ("O" in (sound, found) and {sound, found} <= {"O", "a", "u"})
        for sound, found in zip(key, other, strict=True)
    )


def _one_unstressed_vowel(key: str, other: str) -> bool:
    """Whether one inner vowel is a here and i there (Umida, Umeda); a against u makes Hasan and Husan, a final one a sister."""
    differing = [pair for pair in zip(key, other, strict=False) if pair[0] != pair[1]]
    return len(key) == len(other) and len(differing) == 1 and set(differing[0]) == {"a", "i"} and key[-1] == other[-1]


def _parsed(name: Name) -> ParsedName:
    parsed = name if isinstance(name, ParsedName) else parse_name(name) if isinstance(name, str) else parse_name(*name)
    if parsed.family or not parsed.patronymic:
        return parsed
    return ParsedName(parsed.patronymic, parsed.given, "")  # Бакыт Асан уулу and Bakyt Asanov meet


def _compared(first: ParsedName, second: ParsedName) -> list[PartComparison]:
    pairs: list[tuple[Part, str, str]] = [
        ("family", first.family, second.family),
        ("given", first.given, second.given),
        ("patronymic", first.patronymic, second.patronymic),
    ]
    return [PartComparison(part, compare_part(one, two, part), one, two) for part, one, two in pairs if one or two]


def _score(parts: list[PartComparison]) -> float:
    counted = [part for part in parts if not (part.part == "patronymic" and part.level == "missing")]
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
