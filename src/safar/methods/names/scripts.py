"""Which script a text stands in, and one spelling of the signs that keyboards offer in many shapes."""

import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache

TURNED_COMMA = "ʻ"  # U+02BB, the sign in oʻ and gʻ
APOSTROPHE = "ʼ"  # U+02BC, the glottal stop (tutuq belgisi)
APOSTROPHES = "ʻʼ'’‘`´ʹ′ʾʿˈ‛ʽ＇"

# Letters that look the same in both scripts; a word that mixes scripts is repaired through them.
_LATIN_TO_CYRILLIC = dict(zip("ABCEHKMOPTXYaceopxyiIjJ", "АВСЕНКМОРТХУасеорхуіІјЈ", strict=True))
_CYRILLIC_TO_LATIN = {cyrillic: latin for latin, cyrillic in _LATIN_TO_CYRILLIC.items()}

_WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}]+[^\W\d_]+)*", re.UNICODE)
_AFTER_O_OR_G = re.compile(rf"(?<=[oOgG])[{APOSTROPHES}]")
_ANYWHERE_ELSE = re.compile(rf"(?<![oOgG])[{APOSTROPHES}]")
_SPACE = re.compile(r"\s+")


class Script(StrEnum):
    LATIN = "Latn"
    CYRILLIC = "Cyrl"
    ARABIC = "Arab"
    MIXED = "mixed"
    NONE = "none"


_BY_UNICODE_NAME = {"LATIN": Script.LATIN, "CYRILLIC": Script.CYRILLIC, "ARABIC": Script.ARABIC}


@cache
def script_of_letter(letter: str) -> Script:
    """Return the script of one character; NONE for digits, signs and the scripts we do not read."""
    if not letter.isalpha() or letter in APOSTROPHES:
        return Script.NONE
    return _BY_UNICODE_NAME.get(unicodedata.name(letter, "").split(" ")[0], Script.NONE)


def detect(text: str) -> Script:
    """Return the one script of all letters in `text`, MIXED when there are several, NONE when there is no letter."""
    found = {script_of_letter(letter) for letter in text} - {Script.NONE}
    if not found:
        return Script.NONE
    return found.pop() if len(found) == 1 else Script.MIXED


def script_of(text: str) -> str:
    """Return the script of a name as records keep it: Latn, Cyrl, Arab or mixed, empty when there is no letter."""
    found = detect(text)
    return "" if found is Script.NONE else found.value


class UnreadableScriptError(ValueError):
    """A name stands in letters we have no table for."""


def require_readable(text: str) -> str:
    """Return the name; raise UnreadableScriptError where it has Arabic letters, or no Latin or Cyrillic letter at all."""
    found = {script_of_letter(letter) for letter in text} - {Script.NONE}
    if Script.ARABIC in found:
        raise UnreadableScriptError(
            f"{text!r} has Arabic letters, which are not read: write it in Latin or Cyrillic ones"
        )
    if not found:
        raise UnreadableScriptError(
            f"{text!r} has no Latin or Cyrillic letter" if text.strip() else "the name is empty"
        )
    return text


def repair_mixed(word: str) -> str:
    """Replace look-alike letters of the smaller script in a word of two scripts; leave it alone when one letter has none.

    Registers typed on two keyboards hold words such as "Улугноpский" with a Latin p that no search finds.
    """
    latin = sum(script_of_letter(letter) is Script.LATIN for letter in word)
    cyrillic = sum(script_of_letter(letter) is Script.CYRILLIC for letter in word)
    if not latin or not cyrillic:
        return word
    order = (_LATIN_TO_CYRILLIC, _CYRILLIC_TO_LATIN) if cyrillic >= latin else (_CYRILLIC_TO_LATIN, _LATIN_TO_CYRILLIC)
    for table in order:
        repaired = "".join(table.get(letter, letter) for letter in word)
        if detect(repaired) is not Script.MIXED:
            return repaired
    return word


def normalise_apostrophes(text: str) -> str:
    """Write oʻ and gʻ with U+02BB and every other apostrophe with U+02BC, whatever the keyboard gave."""
    return _ANYWHERE_ELSE.sub(APOSTROPHE, _AFTER_O_OR_G.sub(TURNED_COMMA, text))


@lru_cache(20_000)
def normalise(text: str) -> str:
    """Return typed text in one spelling: NFC, single spaces, one apostrophe per sound, no word of two scripts."""
    composed = _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
    repaired = composed
    if detect(composed) is Script.MIXED:
        repaired = _WORD.sub(lambda match: repair_mixed(match.group()), composed)
    return normalise_apostrophes(repaired)
