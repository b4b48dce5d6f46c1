"""The spellings under which one name is likely to stand in other papers: its own alphabets, Russian, the passport, gazetteers."""

import re
from dataclasses import dataclass
from typing import Literal

from safar.methods.names.romanisation import Language, NoSchemeError, Scheme, romanise
from safar.methods.names.scripts import APOSTROPHE, TURNED_COMMA, Script, detect, normalise
from safar.methods.names.transliteration import to_cyrillic

Kind = Literal["native", "cyrillic", "latin", "apostrophe", "russian", "passport", "bgn"]

_APOSTROPHES_TYPED = ("'", "’", "‘", "`", "")
_RUSSIAN = {
    "ў": "у", "қ": "к", "ғ": "г", "ҳ": "х", "ҷ": "дж", "ӣ": "и", "ӯ": "у", "ң": "н", "ө": "о", "ү": "у", "ә": "а",
}  # fmt: skip
_OLD_O = re.compile(r"о(?!в(?:а|ич|на)?\b)", re.IGNORECASE)  # all but that of -ов, -ова, -ович
_SHOWS: tuple[tuple[Language, str], ...] = (("tg", "ҷӣӯ"), ("kaa", "ә"), ("ky", "ңөү"))


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling and where it comes from."""

    kind: Kind
    text: str


def language_of(name: str) -> Language:
    """Return the language whose letters a name shows; Uzbek where nothing speaks for another."""
    lower = name.lower()
    return next((language for language, letters in _SHOWS if any(letter in lower for letter in letters)), "uz")


def spellings(name: str, language: Language | None = None) -> list[Spelling]:
    """Return the name and its likely spellings, each once, the name itself first.

    A Latin name is taken for Uzbek and read back into Cyrillic, from which Russian, passports and gazetteers start.
    """
    written = normalise(name)
    spoken = language or language_of(written)
    is_latin = detect(written) is Script.LATIN
    cyrillic = to_cyrillic(written) if is_latin else written
    found = [Spelling("native", written), Spelling("cyrillic", cyrillic)]
    found += [Spelling("latin", latin) for latin in (_romanised(cyrillic, spoken, "national"),) if latin]
    for latin in {spelling.text for spelling in found if TURNED_COMMA in spelling.text or APOSTROPHE in spelling.text}:
        found += [Spelling("apostrophe", _retyped(latin, sign)) for sign in _APOSTROPHES_TYPED]
    russian = in_russian(cyrillic, spoken)
    found += [Spelling("russian", text) for text in russian]
    found += [Spelling("passport", _romanised(text, "ru", "passport").upper()) for text in (cyrillic, *russian)]
    found += [
        Spelling("bgn", _romanised(cyrillic, spoken, "bgn")),
        Spelling("bgn", _romanised(russian[0], "ru", "bgn")),
    ]
    first: dict[str, Spelling] = {}
    for spelling in found:
        first.setdefault(spelling.text, spelling)
    return list(first.values())


def in_russian(cyrillic: str, language: Language) -> list[str]:
    """Return how Russian registers spell a name: their own letters only, дж for the Uzbek ж, and а for many an о of old."""
    spelled = "".join(_as_case(letter, _russian_letter(letter.lower(), language)) for letter in cyrillic)
    old = _OLD_O.sub(lambda match: "а" if match.group().islower() else "А", spelled)
    return list(dict.fromkeys([spelled, old] if language in {"uz", "tg"} else [spelled]))


def _russian_letter(letter: str, language: Language) -> str:
    if letter == "ж" and language == "uz":
        return "дж"
    return "" if letter == "ъ" else _RUSSIAN.get(letter, letter)


def _as_case(letter: str, written: str) -> str:
    return written.capitalize() if letter.isupper() else written


def _retyped(text: str, sign: str) -> str:
    return text.replace(TURNED_COMMA, sign).replace(APOSTROPHE, sign)


def _romanised(text: str, language: Language, scheme: Scheme) -> str:
    try:
        return romanise(text, language, scheme)
    except NoSchemeError:
        return ""
