"""Uzbek between its Latin and its Cyrillic alphabet, for reading; keys for matching are made in `keys`.

The rules follow the alphabet of 1995 with U+02BB in oʻ gʻ and U+02BC for the glottal stop. What the Latin alphabet does
not write (ц, ь, э after a consonant, йо) is restored from `exceptions.yaml`, a list people correct by hand.
"""

import re
from functools import cache
from importlib import resources

import yaml

from safar.methods.names.scripts import APOSTROPHE, APOSTROPHES, TURNED_COMMA, normalise_apostrophes

_TO_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ж": "j", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "x", "ч": "ch",
    "ш": "sh", "щ": "sh", "ъ": APOSTROPHE, "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ё": "yo",
    "ў": "o" + TURNED_COMMA, "қ": "q", "ғ": "g" + TURNED_COMMA, "ҳ": "h",
}  # fmt: skip
_TO_CYRILLIC = {
    "o" + TURNED_COMMA: "ў", "g" + TURNED_COMMA: "ғ", "yo" + TURNED_COMMA: "йў", "s" + APOSTROPHE + "h": "сҳ",
    "sh": "ш", "ch": "ч", "ye": "е", "yo": "ё", "yu": "ю", "ya": "я",
    "a": "а", "b": "б", "c": "с", "d": "д", "f": "ф", "g": "г", "h": "ҳ", "i": "и", "j": "ж", "k": "к", "l": "л",
    "m": "м", "n": "н", "o": "о", "p": "п", "q": "қ", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "в",
    "x": "х", "y": "й", "z": "з", APOSTROPHE: "ъ",
}  # fmt: skip
_CYRILLIC_VOWELS = frozenset("аеёиоуўэюяы")
_LATIN_VOWELS = frozenset("aeiou" + TURNED_COMMA)
_LATIN_WORD = re.compile(rf"[a-zA-Z{TURNED_COMMA}{APOSTROPHE}]+")
_CYRILLIC_WORD = re.compile(r"[а-яёўқғҳА-ЯЁЎҚҒҲ]+")
_OTHER_SIGNS = re.compile(rf"(?<=[a-zA-Z])[{APOSTROPHES.replace(TURNED_COMMA, '').replace(APOSTROPHE, '')}]")


@cache
def _exceptions() -> tuple[dict[str, str], dict[str, str]]:
    """Return the stems and the whole words whose Cyrillic spelling no rule can know, by Latin spelling."""
    text = resources.files(__package__).joinpath("exceptions.yaml").read_text(encoding="utf-8")
    listed = yaml.safe_load(text)
    stems = {to_latin(word): word for word in listed["stems"]} | listed["spellings"]
    return stems, {to_latin(word): word for word in listed["words"]}


def to_latin(text: str) -> str:
    """Return Uzbek Cyrillic `text` in Latin letters; everything that is not Cyrillic stays as it is."""
    return _CYRILLIC_WORD.sub(lambda match: _word_to_latin(match.group()), text)


def to_cyrillic(text: str) -> str:
    """Return Uzbek Latin `text` in Cyrillic letters; everything that is not Latin stays as it is.

    U+02BC after o or g is a glottal stop (оъ, гъ), so that house text survives the way there and back. Every other
    apostrophe there is read as oʻ or gʻ: pass typed text through `scripts.normalise` first when in doubt.
    """
    house = _OTHER_SIGNS.sub(lambda match: normalise_apostrophes(text[match.start() - 1] + match.group())[1], text)
    return _LATIN_WORD.sub(lambda match: _word_to_cyrillic(match.group()), house)


def _word_to_latin(word: str) -> str:
    parts: list[str] = []
    lower = word.lower()
    for index, letter in enumerate(lower):
        before = lower[index - 1] if index else ""
        latin = _latin_letter(letter, before)
        if letter == "ҳ" and before == "с":
            latin = APOSTROPHE + "h"
        if word[index].isupper():
            shouted = len(word) > 1 and word[min(index + 1, len(word) - 1)].isupper() and word.isupper()
            latin = latin.upper() if shouted else latin[:1].upper() + latin[1:]
        parts.append(latin)
    return "".join(parts)


def _latin_letter(letter: str, before: str) -> str:
    if letter == "е":
        return "ye" if not before or before in _CYRILLIC_VOWELS or before in "ъь" else "e"
    if letter == "ц":
        return "ts" if before in _CYRILLIC_VOWELS and before else "s"
    return _TO_LATIN[letter]


def _word_to_cyrillic(word: str) -> str:
    lower = word.lower()
    stems, words = _exceptions()
    if lower in words:
        return _cased(words[lower], word)
    for length in range(len(lower), 2, -1):
        if lower[:length] in stems:
            return _cased(stems[lower[:length]], word[:length]) + _letters_to_cyrillic(word, length)
    return _letters_to_cyrillic(word, 0)


def _letters_to_cyrillic(word: str, start: int) -> str:
    lower = word.lower()
    parts: list[str] = []
    index = start
    while index < len(lower):
        length, cyrillic = _cyrillic_letter(lower, index)
        parts.append(_cased(cyrillic, word[index : index + length]))
        index += length
    return "".join(parts)


def _cyrillic_letter(lower: str, index: int) -> tuple[int, str]:
    """Return how many Latin signs at `index` make the next Cyrillic letters, and those letters."""
    if lower[index] == "e":
        opens = index == 0 or lower[index - 1] in _LATIN_VOWELS
        return 1, "э" if opens else "е"
    for length in (3, 2, 1):
        chunk = lower[index : index + length]
        if len(chunk) == length and chunk in _TO_CYRILLIC:
            return length, _TO_CYRILLIC[chunk]
    return 1, ""  # a turned comma that follows neither o nor g says nothing


def _cased(cyrillic: str, latin: str) -> str:
    letters = [sign for sign in latin if sign.isalpha() and sign.lower() != sign.upper()]
    if letters and all(sign.isupper() for sign in letters) and (len(letters) > 1 or len(cyrillic) == 1):
        return cyrillic.upper()
    return cyrillic[:1].upper() + cyrillic[1:] if letters and latin[:1].isupper() else cyrillic
