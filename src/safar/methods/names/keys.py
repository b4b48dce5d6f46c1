"""Keys that are equal when two spellings are one name, whatever script, alphabet reform or clerk wrote them.

Rules and their limits: docs/methods/names.md. Keys reveal names: they are personal data, never for logs or exports.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations, product
from typing import Literal

from rapidfuzz.distance import OSA

from safar.methods.names.parsing import ParsedName, parse_name
from safar.methods.names.phonemes import VOWELS, collapsed, phonemes
from safar.methods.names.scripts import normalise

VERSION = "2026.3"
"""Stored beside keys: another version means that all keys are to be made anew."""

Part = Literal["family", "given", "patronymic"]

CACHED = 50_000
"""Tokens kept in memory: a country uses few names often, and comparing a list of candidates asks for each many times."""

_SHORTEST_STEM = 2
_SHORTEST_BEFORE_TITLE = 3
# Endings in sounds, where o is a and e is i: -ovich -evich -ovna -evna; -ov -ev with -a, -off, the Baltic -ovas and the Czech
# -ovová; -zoda, -pur, -iyon; -skiy -skaya.
_SON_OF = re.compile("y?[aiO]v(?:ic|na|nas)$")
_FAMILY = re.compile("(?:y?[aiO](?:v(?:a|s|as|ava|ait[iy])?|ff)|[zs][aO]dy?[ai]|(?<=...)pur|(?<=...)iyan)$")
_SKIY = re.compile("(?<=.sk)(?:[iy]*|aya)$")
_TITLE = re.compile("[jh][aO]n$")  # -jon, -xon: courtesy added to given names
# Abdulloh and Abdullo, Akbarshoh and Akbarsho: the h is heard by some and written by some.
_SILENT_H = re.compile("(?<=[lx][aO])h$")


@lru_cache(CACHED)
def token_key(token: str, part: Part = "given", *, open_o: bool = False) -> str:
    """Return the stem of a token in sounds: equal keys are one name in that part.

    Family names and patronymics lose -ov, -ev, -zoda, -ovich and the final vowel (Каримов, Karimova, Karimzoda: karim).
    Given names keep the final vowel (Aziz is not Aziza) and lose -jon, -xon. A token we cannot read is its own key.
    """
    return stem(phonemes(token, open_o=open_o), part) or normalise(token).casefold()


def stem(sounds: str, part: Part) -> str:
    """Return sounds without the endings that a name of that part takes and drops; see `token_key`."""
    if not sounds:
        return ""
    if part == "given":
        return _SILENT_H.sub("", _cut(_TITLE, collapsed(sounds, keep_ending=True), _SHORTEST_BEFORE_TITLE))
    cut = _SKIY.sub("", _cut(_FAMILY, _cut(_SON_OF, sounds, _SHORTEST_STEM), _SHORTEST_STEM))
    short = _SILENT_H.sub("", collapsed(cut))
    return short[:-1] if short[-1] in VOWELS and len(short) > _SHORTEST_BEFORE_TITLE else short


@lru_cache(CACHED)
def skeleton(token: str) -> str:
    """Return the consonants of a token for finding candidates: coarser than `token_key`, and blind to the part.

    Any first vowel is A, f is p, a last t is d. Hasan and Husan share a skeleton: never take an equal one for an equal name.
    """
    return skeleton_of(_cut(_TITLE, token_key(token, "family"), _SHORTEST_BEFORE_TITLE))


def skeleton_of(key: str) -> str:
    """Return the consonants of a stem in sounds; see `skeleton`."""
    bones = "".join(sound for sound in key if sound not in VOWELS).replace("f", "p")
    bones = bones[:-1] + "d" if bones.endswith("t") else bones
    return "A" + bones if key[0] in VOWELS else bones


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


def index_keys(family: str, given: str, patronymic: str = "") -> list[int]:
    """Return the signed 64-bit keys under which a registry holds a name: mostly three, one for each unordered pair of parts.

    A given name in two words is also held under each of them. A name of one part has one key, that of the part alone.
    The order of the parts, the script, the spelling habit and the endings of families and fathers do not matter.
    """
    return _pair_keys(parse_name(family, given, patronymic), {})


def query_index_keys(typed: str | tuple[str, str, str], near: Mapping[str, Sequence[str]] | None = None) -> list[int]:
    """Return the keys to ask the registry for, the pair of family and given name first; any one of them is enough.

    `typed` is one text in any order or (family, given, patronymic). With `near`, which gives to a skeleton its neighbours in
    the vocabulary, the keys are those of the pairs in which at least one part is replaced by a neighbour.
    """
    parsed = parse_name(typed) if isinstance(typed, str) else parse_name(*typed)
    return _pair_keys(parsed, near or {})


def query_skeletons(typed: str | tuple[str, str, str]) -> list[str]:
    """Return the skeletons of a typed name, the parts of which `query_index_keys` makes pairs; for the vocabulary."""
    parsed = parse_name(typed) if isinstance(typed, str) else parse_name(*typed)
    return list(dict.fromkeys(bone for bones in _bones(parsed) for bone in bones))


def vocabulary(bones: str) -> list[str]:
    """Return a skeleton and all that is left of it without one sign: rows of a table that finds names with one slip.

    Two skeletons with one sign changed, left out, added or exchanged with its neighbour share a row; `are_near` says which
    of those that share one are really so near. Of a skeleton of two signs nothing is left out: everything would be near.
    """
    if len(bones) <= _SHORTEST_STEM:
        return [bones]
    return list(dict.fromkeys([bones, *(bones[:at] + bones[at + 1 :] for at in range(len(bones)))]))


def are_near(bones: str, other: str) -> bool:
    """Whether two skeletons are one slip apart: a sign changed, left out, added, or two neighbours exchanged."""
    return OSA.distance(bones, other, score_cutoff=1) <= 1


def pair_key(one: str, other: str) -> int:
    """Return the signed 64-bit key of an unordered pair of skeletons; the same on every machine and in every year."""
    text = "|".join(sorted((one, other)))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def _bones(parsed: ParsedName) -> list[list[str]]:
    """Return the skeletons of each part that is there: first of the part as one word, then of its words."""
    parts = (parsed.family, parsed.given, parsed.patronymic)
    return [
        [skeleton(word) for word in dict.fromkeys([part.replace(" ", ""), *part.split()])] for part in parts if part
    ]


def _pair_keys(parsed: ParsedName, near: Mapping[str, Sequence[str]]) -> list[int]:
    parts = _bones(parsed)
    if len(parts) == 1:
        words = parts[0][1:]
        alone = [(bone, "") for bone in parts[0]]
        pairs: Iterable[tuple[str, str]] = [*alone, *combinations(words, 2)]
    else:
        pairs = [pair for one, other in combinations(parts, 2) for pair in product(one, other)]
    if near:
        pairs = [meant for pair in pairs for meant in _slipped(pair, near)]
    return list(dict.fromkeys(pair_key(*pair) for pair in pairs))


def _slipped(pair: tuple[str, str], near: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return the pairs in which one or both skeletons are replaced by a neighbour."""
    one, other = pair
    meant = product([one, *near.get(one, ())], [other, *near.get(other, ())])
    return [found for found in meant if found != pair]


def _cut(ending: re.Pattern[str], sounds: str, shortest: int) -> str:
    """Remove an ending unless too little of the name would be left."""
    left = ending.sub("", sounds)
    return left if len(left) >= shortest else sounds
