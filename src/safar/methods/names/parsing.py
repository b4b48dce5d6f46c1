"""Sorts the tokens of a Central Asian name into family, given and father's name, wherever the form or the clerk put them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from safar.methods.names.phonemes import collapsed, phonemes
from safar.methods.names.scripts import normalise

# The words for son and daughter in sounds: oʻgʻli ugli, оглы, oglu, qizi кызы kyzy, уулу, ұлы.
_MARKERS = frozenset({"ugli", "agli", "aglu", "uglu", "kizi", "ulu", "uli"})
_JOINED_MARKER = re.compile(
    r"(?<=\w\w\w)(?:oʻ?gʻ?h?li|ugʻ?h?li|ogly|oglu|ўғли|угли|оглы|оглу|qizi|kizi|kyzy|қизи|кизи|кызы|uulu|уулу|ұлы)$",
    re.IGNORECASE,
)
_SON_OF = re.compile(r"(?:[oeоеё][vв](?:[iи](?:ch|ç|ч)|[nн][aа]))$", re.IGNORECASE)
_FAMILY = re.compile(r"(?:[oeоеё][vв][aа]?|z[oa]d[ae]|з[оа]д[ае])$", re.IGNORECASE)
_BETWEEN = re.compile(r"[(),.;/\\]")


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A name in its parts as written, without the words for son and daughter; a part that is not there is empty."""

    family: str
    given: str
    patronymic: str

    @property
    def tokens(self) -> list[str]:
        return [token for part in (self.family, self.given, self.patronymic) for token in part.split()]


@dataclass(frozen=True, slots=True)
class _Field:
    """What one field of a form holds: the words that name the person, those that name the father, who comes first."""

    own: tuple[str, ...]
    fathers: tuple[str, ...]
    father_first: bool


def parse_name(family: str, given: str = "", patronymic: str = "") -> ParsedName:
    """Return the parts of a name.

    A token before oʻgʻli, qizi, uulu, кызы and the like, or ending in -ovich, -ovna, is the father's name; "Асан уулу" before
    the given name, or alone in the family field, is the family name. A family-looking token in the given field changes
    places. A name written into one field is taken apart: family name first unless another token looks like one.
    """
    written, second, third = _read(family), _read(given), _read(patronymic)
    own, own_fathers, rest = list(written.own), list(written.fathers), list(second.own)
    fathers = [*([" ".join(third.own)] if third.own else []), *third.fathers, *second.fathers]
    if not own and own_fathers:
        own = [own_fathers.pop(0)]
    if rest and looks_like_family(rest[-1]) and not any(map(looks_like_family, own)):
        own, rest = rest, own
    elif not rest and len(own) == 1 and own_fathers and written.father_first:
        own, rest = [own_fathers.pop(0)], own
    elif not rest and len(own) == 1 and own_fathers:
        own, rest = [], own
    elif not rest:
        own, rest, more = _taken_apart(own, father_named=bool(fathers or own_fathers))
        fathers += more
    fathers += own_fathers
    return ParsedName(" ".join(own), " ".join(rest), fathers[0] if fathers else "")


def looks_like_family(token: str) -> bool:
    """Whether a token ends as family names do: -ov, -ev, -ova, -eva, -zoda in either script."""
    return bool(_FAMILY.search(token))


def words(text: str) -> list[str]:
    """Return the words of a field in one spelling; a hyphen joins (Abdul-Aziz), a bracket or comma separates."""
    return _BETWEEN.sub(" ", normalise(text).replace("-", "")).split()


@lru_cache(20_000)
def _read(text: str) -> _Field:
    own: list[str] = []
    fathers: list[str] = []
    father_first = False
    for word in words(text):
        if collapsed(phonemes(word)) in _MARKERS:
            if own and not fathers:
                fathers.append(own.pop())
                father_first = not own
        elif _JOINED_MARKER.search(word):
            fathers.append(_JOINED_MARKER.sub("", word))
        elif _SON_OF.search(word):
            fathers.append(word)
        else:
            own.append(word)
    return _Field(tuple(own), tuple(fathers), father_first)


def _taken_apart(own: list[str], *, father_named: bool) -> tuple[list[str], list[str], list[str]]:
    """Split the words of one field into family, given and, as the last of three, the father unless he is named."""
    at = next((index for index, word in enumerate(own) if looks_like_family(word)), 0)
    rest = own[:at] + own[at + 1 :]
    fathers = [rest.pop()] if len(rest) > 1 and not father_named else []
    return own[at : at + 1], rest, fathers
