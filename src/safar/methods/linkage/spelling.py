"""How clerks of the region write one name: five habits of spelling, and slips of the hand.

Rules are taken from registers and passports and stand apart from `methods.names`, so that what is measured on generated
registries does not test the keys against their own tables.
"""

from collections.abc import Callable
from functools import cache
from random import Random
from typing import Literal

from safar.methods.names.transliteration import to_cyrillic

Language = Literal["uz", "tg", "ky", "ru"]
Channel = Literal["latin", "cyrillic", "russian", "passport", "english"]

APOSTROPHE_FORMS = ("'", "’", "‘", "`", "ʻ", "ʼ", "´")

_RUSSIAN = {"ў": "у", "қ": "к", "ғ": "г", "ҳ": "х", "ҷ": "дж", "ӣ": "и", "ӯ": "у", "ң": "н", "ө": "о", "ү": "у"}
# ICAO Doc 9303 part 3, the Cyrillic table for Russian spellings.
_ICAO = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia",
}  # fmt: skip
_ENGLISH = _ICAO | {"й": "y", "ё": "yo", "ю": "yu", "я": "ya", "ъ": ""}
# The states' own Latin spellings where they differ from the Russian way.
_TAJIK = _ENGLISH | {"ҷ": "j", "ҳ": "h", "қ": "q", "ғ": "gh", "ӯ": "u", "ӣ": "i"}
_KYRGYZ = _ENGLISH | {"ж": "j", "ң": "n", "ө": "o", "ү": "u"}
_KEYBOARD_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")


@cache
def spellings(native: str, language: Language, channel: Channel) -> tuple[str, ...]:
    """Return how `native` (Uzbek in Latin with U+02BB, the others in Cyrillic) is written by that habit, likelier ones repeated."""
    return _WRITERS[channel](native, language)


def _latin(native: str, language: Language) -> tuple[str, ...]:
    if language != "uz":
        return _english(native, language)
    plain = native.replace("ʻ", "'").replace("ʼ", "'")
    if "'" not in plain:
        return (plain,)
    forms = tuple(plain.replace("'", form) for form in APOSTROPHE_FORMS)
    dropped = plain.replace("'", "")
    return (*forms, plain, plain, native, dropped)


def _cyrillic(native: str, language: Language) -> tuple[str, ...]:
    return (_in_cyrillic(native, language),)


def _in_cyrillic(native: str, language: Language) -> str:
    return to_cyrillic(native) if language == "uz" else native


def _russian(native: str, language: Language) -> tuple[str, ...]:
    cyrillic = _in_cyrillic(native, language)
    if language == "ru":
        return (cyrillic, cyrillic, cyrillic.replace("ё", "е"))
    plain = cyrillic.lower().replace("йў", "ю")
    for letter, written in _RUSSIAN.items():
        plain = plain.replace(letter, written)
    forms = [plain, plain]
    if "ж" in plain and "дж" not in plain:
        forms.append(plain.replace("ж", "дж"))
    if language in {"uz", "tg"}:
        forms += [_with_a(form) for form in forms[-2:]]
    if "ъ" in plain:
        forms += [form.replace("ъ", "") for form in forms]
    return tuple(form.title() for form in forms)


def _with_a(russian: str) -> str:
    """Return the spelling of older papers: Рахман for Рахмон, Алим for Олим; endings keep their o."""
    for ending in ("ов", "ова", "ович", "овна"):
        if russian.endswith(ending):
            return russian[: -len(ending)].replace("о", "а") + ending
    return russian.replace("о", "а")


def _passport(native: str, language: Language) -> tuple[str, ...]:
    through_russian = tuple(_letters(form, _ICAO).upper() for form in _russian(native, language))
    if language == "uz":
        kept = native.replace("ʻ", "‘").replace("ʼ", "’").upper()
        dropped = native.replace("ʻ", "").replace("ʼ", "").upper()
        return (*through_russian, kept, dropped, dropped)
    if language == "tg":
        return (*through_russian, _letters(native, _TAJIK).upper())
    if language == "ky":
        return (*through_russian, _letters(native, _KYRGYZ).upper())
    return through_russian


def _english(native: str, language: Language) -> tuple[str, ...]:
    through_russian = tuple(_letters(form, _ENGLISH).title() for form in _russian(native, language)[:3])
    if language == "uz":
        plain = native.replace("ʼ", "")
        with_u = plain.replace("Oʻ", "U").replace("oʻ", "u").replace("ʻ", "h")
        loose = with_u.replace("x", "kh").replace("X", "Kh").replace("q", "k").replace("Q", "K")
        return (*through_russian, plain.replace("ʻ", ""), with_u, loose)
    if language == "tg":
        return (*through_russian, _letters(native, _TAJIK).title())
    if language == "ky":
        return (*through_russian, _letters(native, _KYRGYZ).title())
    return through_russian


def _letters(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(letter, letter) for letter in text.lower())


_WRITERS: dict[Channel, Callable[[str, Language], tuple[str, ...]]] = {
    "latin": _latin,
    "cyrillic": _cyrillic,
    "russian": _russian,
    "passport": _passport,
    "english": _english,
}


def slip(text: str, rng: Random) -> str:
    """Return `text` with one slip: a letter lost, doubled, changed for its neighbour on the keyboard, or two exchanged."""
    if len(text) < len("Ali"):
        return text
    at = rng.randrange(len(text))
    return rng.choice((_lost, _doubled, _exchanged, _changed))(text, at, rng)


def _lost(text: str, at: int, rng: Random) -> str:
    return text[:at] + text[at + 1 :]


def _doubled(text: str, at: int, rng: Random) -> str:
    return text[:at] + text[at] + text[at:]


def _exchanged(text: str, at: int, rng: Random) -> str:
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _changed(text: str, at: int, rng: Random) -> str:
    return text[:at] + _neighbour(text[at], rng) + text[at + 1 :]


def _neighbour(letter: str, rng: Random) -> str:
    lower = letter.lower()
    row = next((row for row in _KEYBOARD_ROWS if lower in row), lower)
    near = [row[at] for at in (row.index(lower) - 1, row.index(lower) + 1) if 0 <= at < len(row)]
    found = rng.choice(near or [lower])
    return found if letter == lower else found.upper()
