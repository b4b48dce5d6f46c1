"""Generated people: names, ages and places as they occur in the country, of nobody who exists."""

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from safar.methods import linkage
from safar.methods.names.transliteration import to_cyrillic
from safar.people.enums import ContactKind, Safety
from safar.people.rules import Birth, ContactPointDetails, GuardianDetails, PersonDetails
from safar.reference.queries import places

# Random combinations of single names stand for nobody; phone numbers use a prefix no operator has.
NAMES = Path(linkage.__file__).parent / "data"
# Who comes to a centre of the country, by the language and script they write in.
COMMUNITIES = {
    "UZ": {"uz": 50, "uz-cyrl": 30, "tg": 8, "ru": 7, "ky": 5},
    "KG": {"ky": 62, "uz-cyrl": 26, "ru": 12},
    "TJ": {"tg": 84, "uz-cyrl": 11, "ru": 5},
}
AGES = [((16, 17), 2), ((18, 29), 48), ((30, 44), 34), ((45, 59), 13), ((60, 71), 3)]
CATEGORIES = {
    "potential_migrant": 46, "outgoing": 13, "returnee_recent": 15, "returnee_earlier": 7, "family_member": 12, "current_migrant_abroad": 5, "unknown": 2,
}  # fmt: skip
EDUCATION = {
    "general_secondary_11": 38,
    "secondary_vocational": 26,
    "lower_secondary_9": 12,
    "college_technical": 10,
    "bachelor": 8,
    "unknown": 6,
}
EMPLOYMENT = {
    "unemployed": 42,
    "informal": 24,
    "employed": 9,
    "self_employed": 8,
    "farmer": 6,
    "care_work": 7,
    "student": 4,
}
HEARD = {
    "friend_relative": 30, "mahalla": 22, "telegram": 14, "instagram": 10, "partner_session": 8, "facebook": 4, "poster_leaflet": 4, "agency_branch": 8,
}  # fmt: skip
_VOWELS = "aeiouоаеёиуўэюяыӣӯүө"


def weighted(rng: Random, shares: dict[str, int]) -> str:
    return rng.choices(list(shares), weights=list(shares.values()))[0]


@cache
def _names(file: str) -> dict[str, tuple[str, ...]]:
    with (NAMES / file).open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    sexes = {"m", "f"} & {row.get("sex", "") for row in rows} or {""}
    # The lists write oʻ and gʻ with the typewriter's apostrophe; the product's own letters are U+02BB.
    return {
        sex: tuple(
            row["name"]
            .replace("o'", "oʻ")
            .replace("g'", "gʻ")
            .replace("O'", "Oʻ")
            .replace("G'", "Gʻ")
            .replace("'", "ʼ")
            for row in rows
            if row.get("sex", "") == sex
        )
        for sex in sexes
    }


@dataclass(frozen=True, slots=True)
class Name:
    family: str
    given: str
    patronymic: str


class Population:
    """Draws people of one country from one random source: the same seed gives the same people."""

    def __init__(self, country: str, rng: Random) -> None:
        self.country = country
        self.rng = rng
        self._regions = [region.code for region in places.regions(country)]
        self._phones = 0

    def person(self, day: dt.date, *, near: str = "", category: str = "") -> PersonDetails:
        """Draw somebody as they would be registered on `day`; three of four live in the region `near`."""
        rng = self.rng
        language = weighted(rng, COMMUNITIES[self.country])
        category = category or weighted(rng, CATEGORIES)
        sex = "female" if rng.random() < (0.78 if category == "family_member" else 0.38) else "male"
        name = self.name(language, sex)
        region = near if near and rng.random() < 0.75 else rng.choice(self._regions)
        districts = places.districts(region)
        birth = self._birth(day)
        return PersonDetails(
            family_name=name.family,
            given_name=name.given,
            patronymic=name.patronymic,
            sex=sex,
            birth=birth,
            citizenship=self.country if rng.random() < 0.98 else "",
            region=region,
            district=rng.choice(districts).code if districts and rng.random() < 0.9 else "",
            language=language,
            category=category,
            education=weighted(rng, EDUCATION),
            employment=weighted(rng, EMPLOYMENT),
            heard_via=weighted(rng, HEARD),
            contact_points=self._contact_points(),
            guardian=GuardianDetails(basis="guardian", relation="mother") if birth.is_minor_on(day) else None,
        )

    def name(self, language: str, sex: str) -> Name:
        """Draw a name as people of that language and script write it."""
        rng = self.rng
        if language == "ru":
            family = rng.choice(_names("surnames_ru_cyrl.csv")[""])
            father = rng.choice(_names("given_ru_cyrl.csv")["m"])
            return Name(
                _feminine(family) if sex == "female" else family,
                self._given("given_ru_cyrl.csv", sex),
                _of_father(father, sex),
            )
        if language in {"uz", "uz-cyrl"}:
            return self._uzbek(sex, cyrillic=language == "uz-cyrl")
        file = {"tg": "given_tg_cyrl.csv", "ky": "given_ky_cyrl.csv"}[language]
        ancestor, father = self._given(file, "male"), self._given(file, "male")
        if language == "ky" and rng.random() < 0.25:
            return Name(f"{ancestor} {'уулу' if sex == 'male' else 'кызы'}", self._given(file, sex), "")
        if language == "tg" and rng.random() < 0.35:
            return Name(f"{ancestor.rstrip(_VOWELS)}зода", self._given(file, sex), "")
        patronymic = _of_father(father, sex) if rng.random() < 0.6 else ""
        return Name(_surname(ancestor, sex, "ов", "ев"), self._given(file, sex), patronymic)

    def _uzbek(self, sex: str, *, cyrillic: bool) -> Name:
        file = "given_uz_latn.csv"
        family = _surname(self._given(file, "male"), sex, "ov", "yev")
        given, father = self._given(file, sex), self._given(file, "male")
        marker = "oʻgʻli" if sex == "male" else "qizi"
        patronymic = f"{father} {marker}" if self.rng.random() < 0.75 else ""
        if cyrillic:
            return Name(to_cyrillic(family), to_cyrillic(given), to_cyrillic(patronymic))
        return Name(family, given, patronymic)

    def _given(self, file: str, sex: str) -> str:
        return self.rng.choice(_names(file)["f" if sex == "female" else "m"])

    def _birth(self, day: dt.date) -> Birth:
        rng = self.rng
        (youngest, oldest), _weight = rng.choices(AGES, weights=[weight for _, weight in AGES])[0]
        born = day - dt.timedelta(days=round(365.25 * (youngest + rng.random() * (oldest + 1 - youngest))))
        how_well_known = rng.random()
        if how_well_known < 0.82:
            return Birth(born.year, born.month, born.day)
        return (
            Birth(born.year)
            if how_well_known < 0.95
            else Birth(age_band=Birth(born.year, born.month, born.day).age_band_on(day))
        )

    def _contact_points(self) -> list[ContactPointDetails]:
        if self.rng.random() < 0.12:
            return []
        self._phones += 1
        safety = self.rng.choices([Safety.SAFE, Safety.ASK_FIRST, Safety.UNSAFE], weights=[86, 10, 4])[0]
        times = "18:00–20:00" if safety == Safety.ASK_FIRST else ""
        return [ContactPointDetails(ContactKind.PHONE, self.phone(self._phones), safety, times)]

    def phone(self, number: int) -> str:
        """Return a number that can be written but not dialled: no operator of the country has the prefix."""
        prefix = {"UZ": "99800", "KG": "99600", "TJ": "99213"}[self.country]
        return f"+{prefix}{number % 10_000_000:07d}"


def _surname(ancestor: str, sex: str, after_consonant: str, after_vowel: str) -> str:
    ends_in_vowel = ancestor[-1].lower() in _VOWELS
    family = ancestor + (after_vowel if ends_in_vowel else after_consonant)
    return _feminine(family) if sex == "female" else family


def _feminine(family: str) -> str:
    if family.endswith(("ов", "ев", "ин", "ын")):
        return family + "а"
    if family.endswith(("ov", "ev")):
        return family + "a"
    return family[:-2] + "ая" if family.endswith(("ий", "ый")) else family


def _of_father(father: str, sex: str) -> str:
    stem = father[:-1] if father[-1].lower() in "йьа" else father
    soft = father[-1].lower() in "йьиея" or stem[-1].lower() in _VOWELS
    return stem + (("евич" if soft else "ович") if sex == "male" else ("евна" if soft else "овна"))
