"""How other languages write the names of the region: what gives a habit away in a name, and which sounds its letters may mean.

German writes Чингиз Айтматов as Tschingis Aitmatow, French as Tchinguiz Aïtmatov, Polish as Czingis Ajtmatow. A habit is
supposed only where the name shows it, and a letter that stands for several sounds gives several readings of the name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from safar.methods.names.phonemes import LATIN, phonemes
from safar.methods.names.scripts import normalise

MOST_READINGS = 16
"""More readings of one word would make it equal to too much."""

# A j is read as y only where no y stands for it already and no English sh, zh, kh shows another habit.
_J_FOR_Y = "^(?!.*(?:[aeou]y|y[aeou]|sh|zh|kh)).*j"
_CARONS = {
    "č": ("c",), "š": ("x",), "ž": ("j",), "dž": ("j",), "ch": ("h",), "c": ("s", "k"), "j": ("y",), "ě": ("yi",),
    "ë": ("ya", "i"), "x": ("ks", "h"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Orthography:
    """One habit: `shows` finds it in a whole name, `units` are the letters it reads differently, `ending` is added to names."""

    name: str
    shows: re.Pattern[str]
    units: dict[str, tuple[str, ...]]
    ending: re.Pattern[str] | None = None


ORTHOGRAPHIES = (
    Orthography(
        "german",
        re.compile("sch|w"),
        {
            "sch": ("x", "j"), "tsch": ("c", "tj"), "dsch": ("j",), "ch": ("h",), "z": ("z", "s"), "ss": ("s", "z"),
            "s": ("s", "z"), "j": ("y",), "x": ("ks", "h"), "c": ("k",),
        },
    ),
    Orthography(
        "french",
        re.compile("ou|ch|dj|gu[eiy]|[éèëïâ]|(?:ine|dre)(?: |$)|ff"),
        {
            "tch": ("c",), "ch": ("x", "c", "h"), "gui": ("gi",), "gue": ("gi",), "guy": ("gi",), "ï": ("i",), "ç": ("s",),
            "x": ("ks", "h"), "qu": ("k",), "c": ("k", "s"), "ss": ("s",), "oui": ("uyi",),
        },
        re.compile("(?<=in)i$|(?<=dr)i$"),
    ),
    Orthography(
        "polish",
        re.compile("sz|cz|rz|[łżźśćńąęó]|w|ch"),
        {
            "sz": ("x",), "cz": ("c",), "szcz": ("x",), "rz": ("j",), "ż": ("j",), "dż": ("j",), "dź": ("j",),
            "ź": ("z",), "ś": ("s",), "ć": ("c",), "ch": ("h",), "c": ("s",), "j": ("y",), "ł": ("l",), "ó": ("u",),
            "x": ("ks", "h"),
        },
    ),
    Orthography("caron", re.compile(f"[čšžřďťěëůňýǰ]|{_J_FOR_Y}|ov[áa]$|ov[áa] "), _CARONS | {"ch": ("h", "c"), "y": ("i",)}),
    Orthography(
        "hungarian",
        re.compile("zs|cs|sz|gy"),
        {
            "sz": ("s",), "zs": ("j",), "dzs": ("j",), "cs": ("c",), "s": ("x", "s"), "j": ("y",), "gy": ("j", "g"),
            "c": ("s",),
        },
    ),
    Orthography(
        "nordic or dutch",
        re.compile(f"tj|sj|zj|oe|{_J_FOR_Y}"),
        {
            "tsj": ("c",), "tj": ("c",), "sj": ("x",), "zj": ("j",), "dzj": ("j",), "oe": ("u",), "j": ("y",),
            "ch": ("h",), "sch": ("sh", "x"), "y": ("i",),
        },
    ),
    Orthography(
        "baltic",
        re.compile("[oe]v(?:a?s|ai?te)(?: |$)"),
        {key: sounds for key, sounds in _CARONS.items() if key != "dž"},
        re.compile("(?<=[^aiu])[aiu]?s$"),
    ),
    Orthography(
        "turkic",
        re.compile("[şçğıəňýž\u0307]|c(?!h|z|k)"),
        {
            "c": ("j", "c", "k"), "e": ("i", "a"), "ə": ("a",), "q": ("k", "g"), "j": ("j",), "w": ("v",), "h": ("h", ""),
        },
    ),
    Orthography(
        "english",
        re.compile("oo|ee|x|ph|c(?!h)"),
        {"oo": ("u", "a"), "ee": ("i",), "x": ("ks", "h"), "c": ("k", "s"), "ck": ("k",)},
    ),
    # Passports write ё as e and я, ю as ia, iu, French ё as io: EKUB for Ёқуб, GULIAM for Гулям, Ilios for Илёс.
    Orthography(
        "passport",
        re.compile(r"\be|[bdfghklmnprstvz]i[aou](?:[bdfghklmnprstvz]|\b)"),
        {"^e": ("ya",), "^": ("",), "ia": ("ya", "ia"), "iu": ("yu", "iu"), "io": ("ya", "ia")},
    ),
    # Russian has no ө, ү, ң and writes what it hears: Усенов for Үсөнов, Джангыл for Жаңыл.
    Orthography(
        "kyrgyz",
        re.compile("[өүңöü]"),
        {
            "ө": ("u", "i", "a"), "ö": ("u", "i", "a"), "ү": ("u", "i"), "ü": ("u", "i"), "ң": ("n", "ng"),
            "дж": ("j",), "тс": ("s",),
        },
    ),
    # Arabic names have e in Turkish and Russian mouths, a in Persian and Uzbek ones: Ахмед and Ahmad, Хусейн and Husayn;
    # Ishoq has lost the sign between its s and its h.
    Orthography(
        "arabic",
        re.compile(r"e[iyj]|ей|me[dt]|ме[дт]|\bish[ao]"),
        {
            "ei": ("ay", "iy"), "ey": ("ay", "iy"), "ej": ("ay", "iy"), "ей": ("ay", "iy"), "med": ("mad",),
            "isha": ("isha", "ixa"), "isho": ("isha", "ixa"), "мед": ("mad",), "met": ("mad",), "мет": ("mad",), "дж": ("j",), "тс": ("s",),
        },
    ),
    # Persian custom joins the given name to what follows with -i: Rustami Emomali, Абдуллоҳи Нурӣ.
    Orthography("tajik", re.compile(r"\w{3,}[iи] "), {}, re.compile("(?<=[^aiu])i$")),
)  # fmt: skip
_BY_NAME = {orthography.name: orthography for orthography in ORTHOGRAPHIES}
_PATTERNS: dict[str, re.Pattern[str]] = {}


@lru_cache(20_000)
def habits(text: str) -> tuple[str, ...]:
    """Return the names of the orthographies that a name may be written in, besides those every name is read by."""
    lower = normalise(text).lower()
    return tuple(each.name for each in ORTHOGRAPHIES if each.shows.search(lower))


@lru_cache(50_000)
def readings(token: str, supposed: tuple[str, ...], *, open_o: bool = False) -> tuple[str, ...]:
    """Return the further sounds of a token when it is written by any of the supposed habits; the plain ones are not among them.

    `open_o` means what it means for `phonemes`.
    """
    plain = phonemes(token, open_o=open_o)
    text = normalise(token).lower()
    lost = open_o and "O" in plain
    found = {sounds: None for name in supposed for sounds in _read(text, _BY_NAME[name], open_o=lost)}
    found.pop(plain, None)
    return tuple(found)


def _read(text: str, orthography: Orthography, *, open_o: bool) -> list[str]:
    choices: list[tuple[str, ...]] = []
    count = 1
    opened = "^" + text if "^" in orthography.units else text
    for unit in _pattern(orthography).findall(opened):
        sounds = orthography.units.get(unit) or (phonemes(unit, open_o=open_o),)
        if count * len(sounds) > MOST_READINGS:
            sounds = sounds[:1]
        count *= len(sounds)
        choices.append(sounds)
    read = ["".join(chosen) for chosen in product(*choices)]
    if orthography.ending:
        read += [orthography.ending.sub("", sounds) for sounds in read]
    return read


def _pattern(orthography: Orthography) -> re.Pattern[str]:
    """Return what splits a word: the habit's own units and everybody's, the longest first, then any other letter."""
    if orthography.name not in _PATTERNS:
        units = sorted({*orthography.units, *LATIN}, key=len, reverse=True)
        _PATTERNS[orthography.name] = re.compile("|".join(map(re.escape, units)) + "|.")
    return _PATTERNS[orthography.name]
