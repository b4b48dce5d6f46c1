"""How one part of two names agrees: from written the same to different, in levels a person can check."""

import re
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import JaroWinkler, Levenshtein

from safar.methods.names.keys import CACHED, Part, skeleton_of, stem, token_key
from safar.methods.names.orthographies import habits, readings
from safar.methods.names.parsing import ends_as_family, is_initial
from safar.methods.names.phonemes import VOWELS, phonemes
from safar.methods.names.scripts import normalise

Level = Literal["same_writing", "same_name", "foreign_spelling", "apostrophe_lost", "part_of", "swapped", "one_vowel",
                "near_sound", "other_vowels", "one_letter", "initial", "same_consonants", "similar", "different", "missing"]  # fmt: skip

SIMILAR_FROM = 0.88
_NEAR_FROM = 0.8
_SHORT, _FAR, _FARTHER = 3, 0.65, 0.85
_LONG: dict[Part, int] = {"family": 4, "given": 5, "patronymic": 5}

# The ay of Laylo, which the key leaves out as it does the y of Doniyor; without it she would be Lola.
_SOFTENED = re.compile("[auO][iy](?=[^aiuOy])")
# Consonants that clerks and other languages take for one another.
_CONFUSED = frozenset(
    frozenset(pair)
    for pair in ("sz", "xc", "xj", "cj", "jy", "jz", "kg", "hk", "hg", "pb", "pf", "dt", "vu", "xs", "cs")
)
_CHEAP, _VOWEL, _DEAR = 0.45, 0.35, 1.0


@lru_cache(CACHED)
def compare_part(
    left: str, right: str, part: Part, supposed: tuple[tuple[str, ...], tuple[str, ...]] | None = None
) -> Level:
    """Return how one part of two names agrees; the written parts may have several words.

    `supposed` holds the spelling habits of either whole name; without it they are read off the parts themselves.
    """
    one, two = left.replace(" ", ""), right.replace(" ", "")
    if not one or not two:
        return "missing"
    if normalise(one).casefold() == normalise(two).casefold():
        return "same_writing"
    if token_key(one, part) == token_key(two, part):
        return _same_key(one, two, part, supposed or (habits(left), habits(right)))
    if part != "family" and (is_initial(one) or is_initial(two)):
        return "initial" if _same_initial(one, two) else "different"
    level = _compare_words(one, two, part, supposed or (habits(left), habits(right)))
    if (" " in left) == (" " in right) and " " not in left:
        return level
    return _of_several(left.split(), right.split(), part, supposed, level)


def _compare_words(one: str, two: str, part: Part, supposed: tuple[tuple[str, ...], tuple[str, ...]]) -> Level:
    key, other = token_key(one, part), token_key(two, part)
    # Most names of a list of candidates are so far apart that no habit of spelling brings them together.
    longest = max(len(key), len(other))
    if longest > _SHORT and Levenshtein.distance(key, other) > (_FARTHER if any(supposed) else _FAR) * longest:
        return "different"
    keys, others = _keys(one, part, supposed[0]), _keys(two, part, supposed[1])
    if keys & others:
        return "foreign_spelling"
    opened, opened_too = (
        _keys(word, part, habit, open_o=True) for word, habit in zip((one, two), supposed, strict=True)
    )
    if any(_agree(mine, theirs) for mine in opened for theirs in opened_too):
        return "apostrophe_lost"
    closest = _closest(keys, others)
    if skeleton_of(closest[0]) == skeleton_of(closest[1]):
        return _same_bones(*closest, part)
    return _edited(*closest, part)


def _closest(keys: set[str], others: set[str]) -> tuple[str, str]:
    """Return the readings of two words that are nearest by their sounds, among those that few edits part."""
    pairs = [
        (Levenshtein.distance(mine, theirs), mine, theirs) for mine in keys for theirs in others if mine and theirs
    ]
    fewest = min(pairs)[0]
    near = sorted((mine, theirs) for edits, mine, theirs in pairs if edits <= fewest + 1)
    return near[0] if len(near) == 1 else min(near, key=lambda pair: _distance(*pair))


def _same_bones(key: str, other: str, part: Part) -> Level:
    """Return how near two stems of equal consonants are: long ones are one name in other vowels, short ones may be brothers."""
    if len(key) == len(other) and all(
        mine == theirs or not {mine, theirs} & set(VOWELS) for mine, theirs in zip(key, other, strict=True)
    ):
        return "near_sound"
    if _one_unstressed_vowel(key, other):
        return "one_vowel"
    same_end = (key[-1] in VOWELS) == (other[-1] in VOWELS)
    return "other_vowels" if same_end and len(skeleton_of(key)) >= _LONG[part] else "same_consonants"


def _keys(word: str, part: Part, supposed: tuple[str, ...], *, open_o: bool = False) -> set[str]:
    """Return the stems of a word as everybody reads it and as the supposed habits do."""
    read = (stem(sounds, part) for sounds in readings(word, supposed, open_o=open_o))
    return {token_key(word, part, open_o=open_o), *read}


def _of_several(
    lefts: list[str],
    rights: list[str],
    part: Part,
    supposed: tuple[tuple[str, ...], tuple[str, ...]] | None,
    whole: Level,
) -> Level:
    """Return part_of when each word of the shorter name agrees with one of the longer, else the level of the whole."""
    if whole in {"foreign_spelling", "apostrophe_lost"}:
        return whole
    shorter, longer = sorted((lefts, rights), key=len)
    agreeing = all(any(compare_part(one, two, part, supposed) in _SAME for two in longer) for one in shorter)
    return "part_of" if agreeing else whole


_SAME = frozenset({"same_writing", "same_name", "foreign_spelling", "apostrophe_lost"})


def _edited(key: str, other: str, part: Part) -> Level:
    shorter, same_end = min(len(key), len(other)), key[-1:] == other[-1:]
    edits = Levenshtein.distance(key, other)
    # Every edit costs at least a vowel: where that is too much already, the dearer sums need not be made.
    distance = (
        _distance(key, other)
        if edits * _VOWEL <= (1 - _NEAR_FROM) * max(len(key), len(other)) or edits == 1
        else float(edits)
    )
    long = part != "given" or min(len(skeleton_of(key)), len(skeleton_of(other))) >= _LONG["family"]
    if long and shorter > len("oy") and same_end and distance <= _CHEAP and _open_alike(key[0], other[0]):
        return "near_sound"
    if shorter > len("oy") and edits <= 1 and same_end:
        return "one_letter"
    alike = JaroWinkler.similarity(key, other) >= SIMILAR_FROM or 1 - distance / max(len(key), len(other)) >= _NEAR_FROM
    return "similar" if alike else "different"


@lru_cache(CACHED)
def _distance(key: str, other: str) -> float:
    """Return the edit distance in which vowels and sounds taken for one another are cheap."""
    row = [0.0]
    for sound in other:
        row.append(row[-1] + (_VOWEL if sound in VOWELS else _DEAR))
    for mine in key:
        dropped = _VOWEL if mine in VOWELS else _DEAR
        fresh = [row[0] + dropped]
        for place, theirs in enumerate(other):
            added = _VOWEL if theirs in VOWELS else _DEAR
            fresh.append(min(row[place + 1] + dropped, fresh[place] + added, row[place] + _change(mine, theirs)))
        row = fresh
    return row[-1]


def _change(mine: str, theirs: str) -> float:
    if mine == theirs:
        return 0.0
    if mine in VOWELS and theirs in VOWELS:
        return _VOWEL
    return _CHEAP if frozenset((mine, theirs)) in _CONFUSED else _DEAR


def _same_key(one: str, two: str, part: Part, supposed: tuple[tuple[str, ...], tuple[str, ...]]) -> Level:
    """Return same_name unless a difference shows that the keys leave out on purpose."""
    if part == "family" and _only_one_is_hers(one, two):
        return "one_letter"
    if part != "given":
        return "same_name"
    mine, theirs = (
        {len(_SOFTENED.findall(sounds)) for sounds in (phonemes(word), *readings(word, habit))}
        for word, habit in zip((one, two), supposed, strict=True)
    )
    return "same_name" if mine & theirs else "one_vowel"


def _only_one_is_hers(one: str, two: str) -> bool:
    """Whether one of two words without a family ending ends in -a: Sobir and Sobira, where no ending says what is a family name."""
    ends_in_a = [phonemes(word).endswith("a") for word in (one, two)]
    return ends_in_a[0] != ends_in_a[1] and not any(ends_as_family(word) for word in (one, two))


def _open_alike(first: str, second: str) -> bool:
    """Whether two first sounds are one: German writes both З and С as S there, and Š loses its sign."""
    return first == second or {first, second} in ({"s", "z"}, {"s", "x"})


def _same_initial(one: str, two: str) -> bool:
    """Whether an initial may stand for a name; passports have dropped the sign of Oʻ."""
    first, second = phonemes(one, open_o=True)[:1], phonemes(two, open_o=True)[:1]
    return bool(first) and (first == second or _agree(first, second))


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
