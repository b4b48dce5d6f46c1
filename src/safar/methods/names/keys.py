"""Keys that are equal when two spellings are one name, whatever script, alphabet reform or clerk wrote them.

Rules and their limits: docs/methods/names.md. Keys reveal names: they are personal data, never for logs or exports.
"""

import re
from functools import lru_cache
from itertools import combinations
from typing import Literal

from safar.methods.names.parsing import parse_name
from safar.methods.names.phonemes import VOWELS, collapsed, phonemes
from safar.methods.names.scripts import normalise

VERSION = "2026.1"
"""Stored beside keys: another version means that all keys are to be made anew."""

Part = Literal["family", "given", "patronymic"]

CACHED = 50_000
"""Tokens kept in memory: a country uses few names often, and comparing a list of candidates asks for each many times."""

_SHORTEST_STEM = 2
_SHORTEST_BEFORE_TITLE = 3
# Endings in sounds, where o is a and e is i: -ovich -evich -ovna -evna, -ov -ev with -a, -zoda.
_SON_OF = re.compile("y?[aiO]v(?:ic|na)$")
_FAMILY = re.compile("(?:y?[aiO]va?|z[aO]d[ai])$")
_TITLE = re.compile("[jh][aO]n$")  # -jon, -xon: courtesy added to given names


@lru_cache(CACHED)
def token_key(token: str, part: Part = "given", *, open_o: bool = False) -> str:
    """Return the stem of a token in sounds: equal keys are one name in that part.

    Family names and patronymics lose -ov, -ev, -zoda, -ovich and the final vowel (Каримов, Karimova, Karimzoda: karim).
    Given names keep the final vowel (Aziz is not Aziza) and lose -jon, -xon. A token we cannot read is its own key.
    """
    sounds = phonemes(token, open_o=open_o)
    if not sounds:
        return normalise(token).casefold()
    if part == "given":
        return _cut(_TITLE, collapsed(sounds, keep_ending=True), _SHORTEST_BEFORE_TITLE)
    stem = collapsed(_cut(_FAMILY, _cut(_SON_OF, sounds, _SHORTEST_STEM), _SHORTEST_STEM))
    return stem[:-1] if stem[-1] in VOWELS and len(stem) > _SHORTEST_BEFORE_TITLE else stem


@lru_cache(CACHED)
def skeleton(token: str) -> str:
    """Return the consonants of a token for finding candidates: coarser than `token_key`, and blind to the part.

    Any first vowel is A, f is p, a last t is d. Hasan and Husan share a skeleton: never take an equal one for an equal name.
    """
    stem = _cut(_TITLE, token_key(token, "family"), _SHORTEST_BEFORE_TITLE)
    bones = "".join(sound for sound in stem if sound not in VOWELS)
    bones = bones.replace("f", "p")
    bones = bones[:-1] + "d" if bones.endswith("t") else bones
    return "A" + bones if stem[0] in VOWELS else bones


def name_keys(family: str, given: str, patronymic: str = "") -> list[str]:
    """Return the unordered pairs of skeletons (family, given), (given, patronymic), (family, patronymic), sorted.

    For equi-joins in duplicate search; the order of the parts does not matter, so swapped fields still meet. A name of one
    part gives that part alone.
    """
    parsed = parse_name(family, given, patronymic)
    bones = {skeleton(part.replace(" ", "")) for part in (parsed.family, parsed.given, parsed.patronymic) if part}
    if len(bones) == 1:
        return sorted(bones)
    return sorted("|".join(sorted(pair)) for pair in combinations(bones, 2))


def registry_keys(family: str, given: str, patronymic: str = "") -> set[str]:
    """Return the skeleton of every token of a name, and of parts written in two words together, for a search index."""
    parsed = parse_name(family, given, patronymic)
    together = [part.replace(" ", "") for part in (parsed.family, parsed.given) if " " in part]
    return {skeleton(token) for token in (*parsed.tokens, *together)}


def query_keys(typed: str) -> set[str]:
    """Return the skeletons that a record must hold to answer a typed name.

    A typed patronymic is left to the comparison when two other tokens are there: many records lack it.
    """
    parsed = parse_name(typed)
    tokens = parsed.family.split() + parsed.given.split()
    return {skeleton(token) for token in (tokens if len(tokens) > 1 else parsed.tokens)}


def _cut(ending: re.Pattern[str], sounds: str, shortest: int) -> str:
    """Remove an ending unless too little of the name would be left."""
    stem = ending.sub("", sounds)
    return stem if len(stem) >= shortest else sounds
