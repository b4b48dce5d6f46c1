"""Sorts the tokens of a Central Asian name into family, given and father's name, wherever the form or the clerk put them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from safar.methods.names.phonemes import collapsed, phonemes
from safar.methods.names.scripts import normalise

# The words for son and daughter in sounds: oʻgʻli ugli, оглы, oglu, qizi кызы kyzy, уулу, ұлы.
_MARKERS = frozenset({"ugli", "agli", "aglu", "uglu", "kizi", "ulu", "uli"})
_JOINED_MARKER = re.compile(
    r"(?<=\w\w\w)(?:oʻ?gʻ?h?li|ugʻ?h?li|ogly|o[gğ]lu|o[gğ]lı|ўғли|угли|оглы|оглу|qizi|kizi|kyzy|qyzy|qızı|kızı|қизи|кизи|кызы|қызы"
    r"|uulu|уулу|(?<![gqгқ])(?<!go)(?:uly|ulı|ūly|ұлы|улы))$",
    re.IGNORECASE,
)
# -ovich -evich -ovna -evna, and -owitsch, -owicz, -ovitch, -ovič, -owna.
_SON_OF = re.compile(
    r"(?:[oeоеё](?:[vw](?:i(?:t?ch|tsch|cz|ç|č|ć|cs)|n[aá])|в(?:ич|на))|[iи](?:nichna|нична)|[iи](?:lyich|льич))$",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    r"(?:[oeоеёéëėě](?:v|w|в|ff|фф)(?:[aаá]|ov[aá]|ow[aá]|a?s|ai?te|aitė)?|z[oaā]d[aei]|s[oa]d[ae]|з[оа]д[аеэ])$",
    re.IGNORECASE,
)
# Endings that family names have more often than given names: they decide only between words of which none ends like _FAMILY.
_RATHER_FAMILY = re.compile(
    r"(?:s[kc](?:[iy]|iy|yi|ij|aya|aja|aia)|ск(?:ий|ая|и)|enko|енко|[yу]nin|нин|khin|хин|p[uo]r|пур|iyon|иён|ts?kikh)$",
    re.IGNORECASE,
)
_CHILD_OF = frozenset(["zoda", "zade", "zadeh", "зода", "заде", "зәде"])  # Турсун заде is Турсунзаде
_IN = re.compile(r"(?:[iyи]n[aá]?|[иы]на?|[iy]nov[aá])$", re.IGNORECASE)
_HERS = re.compile(
    r"(?:[oeоеёéëėě](?:v|w|в)(?:[aаá]|ov[aá]|ow[aá]|n[aá]|на)|ска[яй]|skaya|skaja|skaia)$", re.IGNORECASE
)
_HIS = re.compile(
    r"(?:[oeоеёéëėě](?:v|w|в|ff)|(?:[oeоеё](?:[vw]i(?:t?ch|tsch|cz)|вич))|ский|sk(?:iy|ij|y|i))$", re.IGNORECASE
)
_INITIALS = frozenset(["sh", "ch", "yu", "ya", "yo", "ye", "zh", "kh", "gh", "dj", "ts", "dzh", "дж"])
_MOST_WORDS = 5
_BETWEEN = re.compile(r"[(),.;/\\\[\]\"«»]|(?<!\w)-|-(?!\w)")
_PARTS_SEPARATED = re.compile(r"^\s*([^\W\d][^,]*),\s*([^,]*\w[^,]*)$")


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


def interpretations(text: str) -> tuple[ParsedName, ...]:
    """Return the ways in which a name typed into one field may be meant, the likeliest first.

    Where an ending or a comma tells the family name, the rest may be given names or a given name and the father; where none
    does, any word may be the family name: Рахмон Эмомали and Эмомали Рахмон.
    """
    return _interpretations(text)


@lru_cache(20_000)
def _interpretations(text: str) -> tuple[ParsedName, ...]:
    first = parse_name(text)
    comma = _PARTS_SEPARATED.match(text)
    if comma and not _is_father_alone(comma[2]):
        parted = parse_name(comma[1], comma[2])
        family = parted.family.split()
        return tuple(dict.fromkeys([parted, *_shared_out(family, parted.given.split(), parted.patronymic)]))
    read = _read(text)
    own, fathers = list(read.own), list(read.fathers)
    found = [first]
    for family, rest in _family_chosen(own):
        found += _shared_out(family, rest, fathers[0] if fathers else "")
    if fathers and not any(map(looks_like_family, own)):
        # Асан уулу is a family name for the passport and the father's name for his village.
        found += _shared_out([fathers[0]], own, " ".join(fathers[1:]))
    return tuple(dict.fromkeys(found))


def _family_chosen(own: list[str]) -> list[tuple[list[str], list[str]]]:
    """Return each word that may be the family name with the words that are then left."""
    if len(own) > _MOST_WORDS:
        return []
    sure = [index for index, word in enumerate(own) if looks_like_family(word)]
    places = sure or (range(len(own)) if len(own) > 1 else [])
    return [([own[index]], own[:index] + own[index + 1 :]) for index in places]


def _shared_out(family: list[str], rest: list[str], father: str) -> list[ParsedName]:
    """Return the given names, and the father where none is named, that the rest of a name may hold."""
    named = " ".join(family)
    found = [ParsedName(named, " ".join(rest), father)]
    if len(rest) > 1 and not father:
        found += [ParsedName(named, rest[0], " ".join(rest[1:])), ParsedName(named, " ".join(rest[1:]), rest[0])]
    return found


def _is_father_alone(text: str) -> bool:
    return not _read(text).own


def is_initial(word: str) -> bool:
    """Whether a word is a letter that stands for a name: O., Sh., Ya."""
    return len(word.rstrip("ʻʼ")) == 1 or word.casefold() in _INITIALS


def looks_like_family(token: str) -> bool:
    """Whether a token ends as family names do: -ov, -ev, -ova, -eva, -zoda, -off, -ow in either script."""
    return bool(_FAMILY.search(token))


def ends_as_family(token: str) -> bool:
    """Whether a token has any ending that family names take or change for a woman: also -skiy, -in and -ina."""
    return looks_like_family(token) or bool(_RATHER_FAMILY.search(token) or _IN.search(token))


def sex_shown_by(word: str) -> str:
    """Return male or female where the ending of a family or father's name shows it: -ov -ovich, -ova -ovna."""
    if _HERS.search(word):
        return "female"
    return "male" if _HIS.search(word) else ""


def words(text: str) -> list[str]:
    """Return the words of a field in one spelling; a hyphen joins (Abdul-Aziz), a bracket or comma separates."""
    return _BETWEEN.sub(" ", normalise(text.replace("–", "-"))).replace("-", "").split()


@lru_cache(400_000)
def _read(text: str) -> _Field:
    own: list[str] = []
    fathers: list[str] = []
    father_first = False
    for word in words(text):
        if collapsed(phonemes(word)) in _MARKERS:
            if own and not fathers:
                fathers.append(own.pop())
                father_first = not own
        elif own and word.casefold() in _CHILD_OF:
            own[-1] += word
        elif _JOINED_MARKER.search(word):
            fathers.append(_JOINED_MARKER.sub("", word))
        elif _SON_OF.search(word):
            fathers.append(word)
        else:
            own.append(word)
    return _Field(tuple(own), tuple(fathers), father_first)


def _taken_apart(own: list[str], *, father_named: bool) -> tuple[list[str], list[str], list[str]]:
    """Split the words of one field into family, given and, as the last of three, the father unless he is named."""
    endings = (_FAMILY, _RATHER_FAMILY)
    at = next((index for ending in endings for index, word in enumerate(own) if ending.search(word)), 0)
    rest = own[:at] + own[at + 1 :]
    fathers = [rest.pop()] if len(rest) > 1 and not father_named else []
    return own[at : at + 1], rest, fathers
