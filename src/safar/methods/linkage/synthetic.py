"""Registries of people nobody is, with the truth beside them: to learn weights on, to measure on, to fill a test database.

What goes wrong in a record and how often is listed in docs/methods/linkage.md. The same seed gives the same registry; a row
costs about 40 microseconds and no memory.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from random import Random
from typing import NamedTuple

from safar.methods.linkage.families import (
    Person,
    districts,
    draw_root,
    family_name,
    passport,
    phone,
)
from safar.methods.linkage.families import people as drawn_people
from safar.methods.linkage.spelling import Channel, Language, slip, spellings

_CHANNELS: dict[Language, tuple[tuple[Channel, ...], tuple[int, ...]]] = {
    "uz": (("latin", "cyrillic", "russian", "passport", "english"), (34, 20, 22, 17, 7)),
    "tg": (("cyrillic", "russian", "passport", "english"), (40, 32, 18, 10)),
    "ky": (("cyrillic", "russian", "passport", "english"), (40, 32, 18, 10)),
    "ru": (("russian", "passport", "english"), (72, 18, 10)),
}
_NATIVE_FATHER = {"uz": ("oʻgʻli", "qizi"), "ky": ("уулу", "кызы")}
_NATIVE, _NATIVE_IN = 0.6, {"russian": 0.15}  # how often a father is named with oʻgʻli, qizi instead of -ovich
_MARKER_JOINED, _FATHER_ALONE = 0.15, 0.25
_UULU_WRITTEN_OV, _UULU_SAYS_FATHER = 0.3, 0.7
_FAMILY_FIRST, _PASSPORT_SPACED, _MONTHS = 0.7, 0.06, 12
_COURTESY = {"uz": ("jon", "xon"), "tg": ("ҷон", "хон")}


class Row(NamedTuple):
    """One record as somebody typed it, all text; `pid` is the truth: rows with the same one are one person."""

    rid: str
    surname: str
    given: str
    patronymic: str
    sex: str
    dob: str
    phone: str
    passport: str
    district: str
    pid: int


COLUMNS = ("rid", "surname", "given", "patronymic", "sex", "dob", "phone", "passport", "district")


@dataclass(frozen=True, slots=True)
class Mishaps:
    """How often something goes wrong in a record, or has changed when a person comes again; shares from 0 to 1."""

    slip: float = 0.08
    fields_swapped: float = 0.05
    fields_merged: float = 0.02
    courtesy: float = 0.07
    patronymic_missing: float = 0.22
    sex_missing: float = 0.02
    sex_wrong: float = 0.004
    birth_missing: float = 0.04
    birth_year_only: float = 0.12
    birth_first_of_january: float = 0.04
    birth_day_for_month: float = 0.03
    birth_wrong_digit: float = 0.025
    phone_missing: float = 0.15
    passport_missing: float = 0.62
    district_missing: float = 0.08
    new_surname: float = 0.08  # of women who come again
    new_phone: float = 0.25
    new_passport: float = 0.15
    new_district: float = 0.1
    reformed_surname: float = 0.08  # Tajik -ov for -zoda or back


USUAL = Mishaps()
_COPIES = ((1, 2, 3, 4), (82, 13, 4, 1))


def registry(people: int, seed: int, mishaps: Mishaps = USUAL) -> Iterator[Row]:
    """Yield the records of `people` people, about 1.24 a person: 82 % have one, 13 % two, 4 % three, 1 % four.

    `dob` is ISO, a year alone, or empty; other fields are empty where nothing was written. Records of one person and of
    siblings stand beside each other.
    """
    rng = Random(seed)  # noqa: S311  (seeded on purpose)
    typist = _Typist(rng, mishaps)
    number = 0
    for person in drawn_people(people, rng):
        known = person
        for copy in range(rng.choices(_COPIES[0], weights=_COPIES[1])[0]):
            known = typist.later(known) if copy else known
            number += 1
            yield typist.typed(f"r{number:07d}", known)


def records(count: int, seed: int, mishaps: Mishaps = USUAL) -> Iterator[Row]:
    """Yield the first `count` records of a registry, in the same form."""
    yield from islice(registry(count, seed, mishaps), count)


class _Typist:
    """Writes people down as clerks do."""

    def __init__(self, rng: Random, mishaps: Mishaps) -> None:
        self.rng = rng
        self.mishaps = mishaps

    def happens(self, share: float) -> bool:
        return self.rng.random() < share

    def later(self, person: Person) -> Person:
        """Return the person when they come again: some have married, moved, a new phone, a new passport."""
        rng, mishaps = self.rng, self.mishaps
        if person.sex == "female" and self.happens(mishaps.new_surname):
            person = replace(person, root=draw_root(person.language, rng))
        if person.language == "tg" and self.happens(mishaps.reformed_surname):
            person = replace(person, form="ov" if person.form == "zoda" else "zoda")
        if self.happens(mishaps.new_phone):
            person = replace(person, phone=phone(person.language, rng))
        if self.happens(mishaps.new_passport):
            person = replace(person, passport=passport(person.language, rng))
        if self.happens(mishaps.new_district):
            person = replace(person, district=rng.choice(districts(person.language)))
        return person

    def typed(self, rid: str, person: Person) -> Row:
        channels, weights = _CHANNELS[person.language]
        channel = self.rng.choices(channels, weights=weights)[0]
        name = (self._surname(person, channel), self._given(person, channel), self._patronymic(person, channel))
        return Row(
            rid,
            *self._mistaken(*name),
            self._sex(person),
            self._birth(person.birth),
            self._phone(person.phone),
            self._passport(person.passport),
            "" if self.happens(self.mishaps.district_missing) else person.district,
            person.pid,
        )

    def _written(self, native: str, language: Language, channel: Channel) -> str:
        return self.rng.choice(spellings(native, language, channel))

    def _surname(self, person: Person, channel: Channel) -> str:
        form = "ov" if person.form == "uulu" and self.happens(_UULU_WRITTEN_OV) else person.form
        return self._written(family_name(person.root, form, person.sex, person.language), person.language, channel)

    def _given(self, person: Person, channel: Channel) -> str:
        courtesy = ""
        if person.language in _COURTESY and self.happens(self.mishaps.courtesy):
            courtesy = _COURTESY[person.language][person.sex == "female"]
        return self._written(person.given + courtesy, person.language, channel)

    def _patronymic(self, person: Person, channel: Channel) -> str:
        if self.happens(self.mishaps.patronymic_missing):
            return ""
        if person.form == "uulu" and self.happens(_UULU_SAYS_FATHER):
            return ""
        female = person.sex == "female"
        if person.language in _NATIVE_FATHER and self.happens(_NATIVE_IN.get(channel, _NATIVE)):
            marker = _NATIVE_FATHER[person.language][female]
            space = "" if self.happens(_MARKER_JOINED) else " "
            return self._written(f"{person.father}{space}{marker}", person.language, channel)
        if person.language == "tg" and self.happens(_FATHER_ALONE):
            return self._written(person.father, "tg", channel)
        return self._in_ovich(person, channel, female=female)

    def _in_ovich(self, person: Person, channel: Channel, *, female: bool) -> str:
        if channel == "latin":
            return _of_father_latin(self._written(person.father, person.language, "latin"), female=female)
        if channel == "cyrillic":
            return _of_father(self._written(person.father, person.language, "cyrillic"), female=female)
        # Clerks who write -ovich start from the Russian spelling of the father's name.
        russian = _of_father(self._written(person.father, person.language, "russian"), female=female)
        return russian if channel == "russian" else self._written(russian, "ru", channel)

    def _mistaken(self, surname: str, given: str, patronymic: str) -> tuple[str, str, str]:
        rng, mishaps = self.rng, self.mishaps
        if self.happens(mishaps.slip):
            parts = [surname, given, patronymic]
            at = rng.randrange(3 if patronymic else 2)
            parts[at] = slip(parts[at], rng)
            surname, given, patronymic = parts
        if self.happens(mishaps.fields_swapped):
            return given, surname, patronymic
        if self.happens(mishaps.fields_merged):
            order = (surname, given, patronymic) if self.happens(_FAMILY_FIRST) else (given, patronymic, surname)
            return " ".join(part for part in order if part), "", ""
        return surname, given, patronymic

    def _sex(self, person: Person) -> str:
        if self.happens(self.mishaps.sex_missing):
            return ""
        if self.happens(self.mishaps.sex_wrong):
            return "male" if person.sex == "female" else "female"
        return person.sex

    def _birth(self, born: dt.date) -> str:
        mishaps = self.mishaps
        if self.happens(mishaps.birth_missing):
            return ""
        if self.happens(mishaps.birth_year_only):
            return str(born.year)
        if self.happens(mishaps.birth_first_of_january):
            return f"{born.year}-01-01"
        if born.day <= _MONTHS and self.happens(mishaps.birth_day_for_month):
            return f"{born.year}-{born.day:02d}-{born.month:02d}"
        return _wrong_digit(born, self.rng) if self.happens(mishaps.birth_wrong_digit) else born.isoformat()

    def _phone(self, number: str) -> str:
        if self.happens(self.mishaps.phone_missing):
            return ""
        spaced = f"+{number[:3]} {number[3:5]} {number[5:8]}-{number[8:10]}-{number[10:]}"
        return self.rng.choices((f"+{number}", number, number[3:], spaced), weights=(40, 25, 17, 18))[0]

    def _passport(self, number: str) -> str:
        if self.happens(self.mishaps.passport_missing):
            return ""
        return f"{number[:2]} {number[2:]}" if self.happens(_PASSPORT_SPACED) else number


def _of_father(father: str, *, female: bool) -> str:
    soft = father[-1].lower() in "йьиыеяюёоуўӯӣүө"
    stem = father[:-1] if father[-1].lower() in "йьа" else father
    return stem + ("е" if soft else "о") + ("вна" if female else "вич")


def _of_father_latin(father: str, *, female: bool) -> str:
    stem = father.removesuffix("a")
    return stem + ("y" if stem[-1].lower() in "oieu" else "") + ("ovna" if female else "ovich")


def _wrong_digit(born: dt.date, rng: Random) -> str:
    """Return the date with one digit mistyped, still a date."""
    text = born.isoformat()
    while True:
        at = rng.choice((2, 3, 5, 6, 8, 9))
        typed = text[:at] + str(rng.randrange(10)) + text[at + 1 :]
        if typed != text and _is_date(typed):
            return typed


def _is_date(text: str) -> bool:
    try:
        return dt.date(1900, 1, 1) <= dt.date.fromisoformat(text) <= dt.date(2026, 1, 1)
    except ValueError:
        return False
