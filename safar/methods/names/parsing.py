"""Sorts the tokens of a Central Asian name into family, given and father's name, wherever the form or the clerk put them."""

import re
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class _Field:
    """What one field of a form holds: the words that name the person, those that name the father, who comes first."""

    own: list[str] = field(default_factory=list)
    fathers: list[str] = field(default_factory=list)
    father_first: bool = False


def parse_name(family: str, given: str = "", patronymic: str = "") -> ParsedName:
    """Return the parts of a name.

    A token before oʻgʻli, qizi, uulu, кызы and the like, or ending in -ovich, -ovna, is the father's name; "Асан уулу" before
    the given name, or alone in the family field, is the family name. A family-looking token in the given field changes
    places. A name written into one field is taken apart: family name first unless another token looks like one.
    """
    named, second, third = _read(family), _read(given), _read(patronymic)
    fathers = [*([" ".join(third.own)] if third.own else []), *third.fathers, *second.fathers]
    if not named.own and named.fathers:
        named.own, named.fathers = [named.fathers[0]], named.fathers[1:]
    if not second.own:
        named.own, second.own = _taken_apart(named, fathers)
    elif looks_like_family(second.own[-1]) and not any(map(looks_like_family, named.own)):
        named.own, second.own = second.own, named.own
    fathers += named.fathers
    return ParsedName(" ".join(named.own), " ".join(second.own), fathers[0] if fathers else "")


def looks_like_family(token: str) -> bool:
    """Whether a token ends as family names do: -ov, -ev, -ova, -eva, -zoda in either script."""
    return bool(_FAMILY.search(token))


def words(text: str) -> list[str]:
    """Return the words of a field in one spelling; a hyphen joins (Abdul-Aziz), a bracket or comma separates."""
    return _BETWEEN.sub(" ", normalise(text).replace("-", "")).split()


def _read(text: str) -> _Field:
    found = _Field()
    for word in words(text):
        if collapsed(phonemes(word)) in _MARKERS:
            if found.own and not found.fathers:
                found.fathers.append(found.own.pop())
                found.father_first = not found.own
        elif _JOINED_MARKER.search(word):
            found.fathers.append(_JOINED_MARKER.sub("", word))
        elif _SON_OF.search(word):
            found.fathers.append(word)
        else:
            found.own.append(word)
    return found


def _taken_apart(written: _Field, fathers: list[str]) -> tuple[list[str], list[str]]:
    """Split the words of one field into family and given; a third one is the father's, unless he is named."""
    own = written.own
    if len(own) == 1 and written.fathers:
        return ([written.fathers.pop(0)], own) if written.father_first else ([], own)
    at = next((index for index, word in enumerate(own) if looks_like_family(word)), 0)
    rest = own[:at] + own[at + 1 :]
    if len(rest) > 1 and not (fathers or written.fathers):
        fathers.append(rest.pop())
    return own[at : at + 1], rest
