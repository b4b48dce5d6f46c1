"""The numbers under which a person is found: pairs of name parts, parts with the date of birth, beginnings for typing.

Pure arithmetic, no database. A pair key of `methods.names` is made negative here, a typing code is positive, so that one B-tree holds both. A typing code
is two skeletons of six signs in base 32, in both orders: "karimov an" is then a range of numbers, on every database alike.
Rejected: text prefixes, which each collation sorts its own way, and a table of single tokens, where Karimov has 20,000 rows.
"""

from collections.abc import Iterable, Sequence

from safar.methods.names.births import UNKNOWN, Birth
from safar.methods.names.keys import index_keys, pair_key, query_index_keys, query_skeletons, skeleton
from safar.methods.names.parsing import parse_name, words

Name = tuple[str, str, str]

UNKNOWN_YEAR = 0
_MONTHS = 12
_SIGNS = 6
_BITS = 5
_HALF = _SIGNS * _BITS
_NEGATIVE = -(1 << 63)
_INITIAL_VOWEL = 27
_ELSE = 28
# What the last Latin letter typed so far may become with the next: s is on its way to sh, k to kh.
_ON_THE_WAY = {"s": "x", "k": "h", "z": "j", "c": "c", "d": "j", "t": "s"}


def keys_of(names: Iterable[Name], birth: Birth) -> set[int]:
    """Return all keys under which somebody with these names, the present one and former ones, and this birth is stored."""
    found: set[int] = set()
    for name in names:
        found |= {_pair(key) for key in index_keys(*name)} | _date_keys(name, birth) | _typing_codes(*name)
    return found


def pair_keys_of(name: Name) -> set[int]:
    """Return only the keys of pairs of name parts: two spellings of one name have the same."""
    return {_pair(key) for key in index_keys(*name)}


def skeletons_of(names: Iterable[Name]) -> set[str]:
    return {bones for name in names for bones in query_skeletons(name)}


def keys_to_ask(name: Name, birth: Birth = UNKNOWN) -> list[int]:
    """Return the keys a typed name may be stored under, with a whole date of birth also each part of it with the date.

    A date whose day may be a month is asked for both ways.
    """
    dates = _date_keys(name, birth)
    if birth.is_full and birth.day is not None and birth.day <= _MONTHS:
        dates |= _date_keys(name, Birth(birth.year, birth.day, birth.month))
    return [*(_pair(key) for key in query_index_keys(name)), *sorted(dates)]


def near_keys_to_ask(name: Name, near: dict[str, list[str]]) -> list[int]:
    """Return the keys of the names with one slip in one part; `near` gives to each skeleton those of it in the vocabulary.

    Slips in two parts at once are rare: to ask for those too would take five times the keys, and leave room for fewer neighbours.
    """
    keys = [key for bones, others in near.items() if others for key in query_index_keys(name, {bones: others})]
    return [_pair(key) for key in dict.fromkeys(keys)]


def typing_ranges(text: str) -> list[tuple[int, int]]:
    """Return the ranges of codes that begin as the text does, the last word being unfinished; empty for signs alone.

    Of three words and more the family and the given name are asked for; whose son or daughter it is, the comparison says.
    """
    typed = words(text)
    if not typed:
        return []
    if len(typed) == 1:
        return [_range(bones, _HALF) for bones in _beginnings(typed[0])]
    head, last = typed[0], typed[1]
    if len(typed) > len((head, last)):
        parsed = parse_name(text)
        head, last = parsed.family.replace(" ", ""), parsed.given.replace(" ", "")
    if not last:
        return []
    first = _code(skeleton(head)) << _HALF
    return [(first + low, first + high) for bones in _beginnings(last) for low, high in [_range(bones, 0)]]


def _date_keys(name: Name, birth: Birth) -> set[int]:
    """Return a key for each word of family and given name with the whole date of birth.

    They find who married or was misspelt, where only one part of the name is left; 1 January is no whole date in a register.
    """
    if not birth.is_full:
        return set()
    parsed = parse_name(*name)
    words_of_name = {word for part in (parsed.family, parsed.given) for word in (part.replace(" ", ""), *part.split())}
    return {_pair(pair_key(skeleton(word), birth.digits)) for word in words_of_name if word}


def _typing_codes(family: str, given: str, patronymic: str) -> set[int]:
    parsed = parse_name(family, given, patronymic)
    parts = [part.replace(" ", "") for part in (parsed.family, parsed.given) if part]
    bones: Sequence[str] = [skeleton(part) for part in parts or [parsed.patronymic]]
    if len(bones) == 1:
        return {_code(bones[0]) << _HALF}
    one, other = map(_code, bones)
    return {one << _HALF | other, other << _HALF | one}


def _beginnings(word: str) -> list[str]:
    """Return the skeletons an unfinished word may begin: a last t was made d, and half a digraph is not its sound yet."""
    bones = skeleton(word)
    found = [bones]
    if bones.endswith("d"):
        found.append(bones[:-1] + "t")
    if further := _ON_THE_WAY.get(word[-1:].lower()):
        found.append(bones[:-1] + further)
    return list(dict.fromkeys(found))


def _range(bones: str, shift: int) -> tuple[int, int]:
    """Return the first and the last code of the words that begin with a skeleton, whatever follows."""
    length = min(len(bones), _SIGNS)
    low = _code(bones)
    high = low + (1 << (_SIGNS - length) * _BITS) - 1
    return low << shift, ((high + 1) << shift) - 1


def _code(bones: str) -> int:
    code = 0
    for position in range(_SIGNS):
        code = code << _BITS | (_sign(bones[position]) if position < len(bones) else 0)
    return code


def _sign(letter: str) -> int:
    """Return 1 to 26 for a sound, 27 for a first vowel; letters of scripts that have no sounds here share four numbers."""
    if "a" <= letter <= "z":
        return ord(letter) - ord("a") + 1
    return _INITIAL_VOWEL if letter == "A" else _ELSE + ord(letter) % 4


def _pair(key: int) -> int:
    return key | _NEGATIVE
