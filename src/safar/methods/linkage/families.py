"""People nobody is: families of Central Asia with names, birth dates, phones and papers as they occur there."""

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import accumulate
from random import Random
from typing import Literal

from safar.methods.linkage.spelling import Language

Sex = Literal["male", "female"]
FamilyForm = Literal["ov", "zoda", "uulu", "as_is"]

_LANGUAGES: tuple[Language, ...] = ("uz", "tg", "ky", "ru")
_SHARES = (50, 22, 20, 8)
_FILES = {"uz": "given_uz_latn", "tg": "given_tg_cyrl", "ky": "given_ky_cyrl", "ru": "given_ru_cyrl"}
_NEWBORN = "given_uz_latn_newborn_top100"  # known as names, not drawn for grown-ups
_COUNTRY_CODES = {"uz": "998", "tg": "992", "ky": "996", "ru": "998"}
_OPERATORS = {
    "998": ("90", "91", "93", "94", "97", "99", "33", "88"),
    "992": ("90", "91", "92", "93", "98", "50"),
    "996": ("50", "55", "70", "77", "99", "22"),
}
_PAPERS = {"uz": ("AA", "AB", "AC", "AD", "FA"), "tg": ("A0", "P0"), "ky": ("AN", "AC", "ID"), "ru": ("AA", "AB")}
# What men's names grow by before they become a surname: Toʻxtaboyev, Xoʻjaqulov.
_GROWTHS = {
    "uz": ("boy", "qul", "jon", "bek", "nazar", "mat", "murod"),
    "tg": ("ҷон", "назар", "бой"),
    "ky": ("бек", "бай", "кул"),
    "ru": (),
}
_LONGEST_TO_GROW = 7
_COUNTRIES = {"uz": "UZ", "tg": "TJ", "ky": "KG", "ru": "UZ"}
_VOWELS = "aeiouаоеёиуўэюяыӣӯүө"
_FIRST_BIRTH, _LAST_BIRTH = dt.date(1955, 1, 1), dt.date(2008, 12, 31)
HUBS = 40
"""Phone numbers many people leave because they have none: a mahalla's office, a dormitory, an employer."""

_SIBLINGS, _TWINS, _SAME_PHONE, _AT_A_HUB = 0.13, 0.05, 0.6, 0.03
_MEN, _UULU, _ZODA = 0.55, 0.2, 0.3
_FLATNESS, _STEEPNESS = 6.0, 0.9


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as they are, in the spelling of their own language; `root` is what the surname is made of."""

    pid: int
    language: Language
    sex: Sex
    root: str
    form: FamilyForm
    given: str
    father: str
    birth: dt.date
    phone: str
    passport: str
    district: str


def people(count: int, rng: Random) -> Iterator[Person]:
    """Yield `count` people; 13 % are siblings of the one before, one in twenty of those a twin."""
    before: Person | None = None
    for pid in range(count):
        person = _sibling(before, pid, rng) if before is not None and rng.random() < _SIBLINGS else _newcomer(pid, rng)
        yield person
        before = person


def _newcomer(pid: int, rng: Random) -> Person:
    language = rng.choices(_LANGUAGES, weights=_SHARES)[0]
    sex: Sex = "male" if rng.random() < _MEN else "female"
    fathers = _given(language, "male")
    return Person(
        pid=pid,
        language=language,
        sex=sex,
        root=_roots(language).draw(rng),
        form=_form(language, rng),
        given=_given(language, sex).draw(rng),
        father=fathers.draw(rng),
        birth=birth_date(rng),
        phone=phone(language, rng),
        passport=passport(language, rng),
        district=rng.choice(districts(language)),
    )


def _sibling(of: Person, pid: int, rng: Random) -> Person:
    twin = rng.random() < _TWINS
    sex: Sex = rng.choice(("male", "female"))
    birth = of.birth if twin else birth_date(rng, near=of.birth)
    given = _given(of.language, sex).draw(rng)
    while given == of.given:
        given = _given(of.language, sex).draw(rng)
    number = of.phone if rng.random() < _SAME_PHONE else phone(of.language, rng)
    return replace(of, pid=pid, sex=sex, given=given, birth=birth, phone=number, passport=passport(of.language, rng))


def _form(language: Language, rng: Random) -> FamilyForm:
    if language == "ru":
        return "as_is"
    if language == "ky" and rng.random() < _UULU:
        return "uulu"
    return "zoda" if language == "tg" and rng.random() < _ZODA else "ov"


def birth_date(rng: Random, *, near: dt.date | None = None) -> dt.date:
    """Draw a date of birth; `near` gives one of a brother or sister, one to nine years away."""
    if near is None:
        days = (_LAST_BIRTH - _FIRST_BIRTH).days
        return _LAST_BIRTH - dt.timedelta(days=round(days * (1 - (1 - rng.random()) ** 0.6)))
    apart = dt.timedelta(days=rng.randint(330, 3300) * rng.choice((-1, 1)))
    return near + apart if _FIRST_BIRTH <= near + apart <= _LAST_BIRTH else near - apart


def phone(language: Language, rng: Random) -> str:
    """Draw a mobile number of the country, digits only; now and then that of a hub."""
    country = _COUNTRY_CODES[language]
    if rng.random() < _AT_A_HUB:
        return f"{country}71{rng.randrange(HUBS) * 7919 % 10_000_000:07d}"
    return f"{country}{rng.choice(_OPERATORS[country])}{rng.randrange(10_000_000):07d}"


def passport(language: Language, rng: Random) -> str:
    """Draw the number of a passport or identity card."""
    return f"{rng.choice(_PAPERS[language])}{rng.randrange(10_000_000):07d}"


def family_name(root: str, form: FamilyForm, sex: Sex, language: Language) -> str:
    """Return the surname in the language's own spelling, with the ending of its bearer's sex."""
    female = sex == "female"
    ends_in_vowel = root[-1].lower() in _VOWELS
    if form == "as_is":
        return _feminine(root) if female else root
    if form == "uulu":
        return f"{root} {'кызы' if female else 'уулу'}"
    if form == "zoda":
        return root.rstrip(_VOWELS) + "зода"
    if language == "uz":
        ending = "ev" if root.endswith("y") else "yev" if ends_in_vowel else "ov"
        return root + ending + ("a" if female else "")
    ending = "ев" if ends_in_vowel or root.endswith("й") else "ов"
    return root.removesuffix("й") + ending + ("а" if female else "")


def _feminine(surname: str) -> str:
    return surname + "а" if surname.endswith(("ов", "ев", "ёв", "ин")) else surname


def draw_root(language: Language, rng: Random) -> str:
    """Draw the root of another family's surname, as a wife takes it."""
    return _roots(language).draw(rng)


@dataclass(frozen=True, slots=True)
class _Names:
    """Names with the sums of their frequencies: few are borne by many, most by few."""

    names: tuple[str, ...]
    sums: tuple[float, ...]

    def draw(self, rng: Random) -> str:
        return rng.choices(self.names, cum_weights=self.sums)[0]


def _ranked(names: list[str], salt: str) -> _Names:
    # The order is fixed, not drawn from the registry's seed: a frequent name is frequent in every registry.
    order = sorted(set(names))
    Random(salt).shuffle(order)  # noqa: S311  (no secret: the same order in every registry)
    weights = (1 / (rank + _FLATNESS) ** _STEEPNESS for rank in range(len(order)))
    return _Names(tuple(order), tuple(accumulate(weights)))


def listed_given_names() -> list[str]:
    """Return the given names of the region that the package lists, of both sexes, each in its own language."""
    return [name for file in (*_FILES.values(), _NEWBORN) for name in _read(file, "")]


@cache
def _given(language: Language, sex: Sex) -> _Names:
    return _ranked(_read(_FILES[language], sex[0]), f"{language} {sex}")


@cache
def _roots(language: Language) -> _Names:
    if language == "ru":
        return _ranked(_read("surnames_ru_cyrl", ""), "surnames")
    stems = _read(_FILES[language], "m")
    grown = [stem + growth for stem in stems if len(stem) <= _LONGEST_TO_GROW for growth in _GROWTHS[language]]
    return _ranked(stems + grown, f"{language} surnames")


@cache
def districts(language: Language) -> tuple[str, ...]:
    """Return the codes of the districts where most who speak the language live."""
    return tuple(row["code"] for row in _rows("districts") if row["code"].startswith(_COUNTRIES[language]))


def _read(file: str, sex: str) -> list[str]:
    return [_own_letters(row["name"]) for row in _rows(file) if not sex or row["sex"] == sex]


def _rows(file: str) -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath(f"data/{file}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _own_letters(name: str) -> str:
    """The lists write every apostrophe as a typewriter does; in oʻ and gʻ it is U+02BB, elsewhere U+02BC."""
    for letter in "oOgG":
        name = name.replace(f"{letter}'", f"{letter}ʻ")
    return name.replace("'", "ʼ")
