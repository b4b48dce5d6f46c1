"""Reads what somebody typed into the search: the code of a card, a client number, digits of a phone, or a name with perhaps a date of birth."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

import phonenumbers

from safar.methods.names.births import UNKNOWN, Birth
from safar.methods.names.parsing import words
from safar.people.rules import read_card_code
from safar.trust.queries.profile import profile

Kind = Literal["card", "client_number", "phone", "name", "nothing"]

_CLIENT_NUMBER = re.compile(r"^[A-Z0-9]{2,8}-\d\d-\d{1,6}$", re.IGNORECASE)
_PHONE = re.compile(r"^[+()\d\s.-]{4,}$")
_DATES = (
    re.compile(r"(?<!\d)(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)"),
)
SHORT = 3
"""A word of so few letters begins the names of too many people to list them."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A search text understood: what kind it is, the name without its date, and the date."""

    kind: Kind
    text: str
    birth: Birth = UNKNOWN

    @property
    def words(self) -> list[str]:
        return words(self.text)


def read(text: str) -> Typed:
    """Return what a text asks for; letters with a year or a date are a name with a date of birth."""
    tidy = " ".join(text.split())
    if read_card_code(tidy):
        return Typed("card", tidy)
    if _CLIENT_NUMBER.match(tidy):
        return Typed("client_number", tidy)
    if _PHONE.match(tidy):
        return Typed("phone", _as_dialled(tidy))
    name, birth = _without_date(tidy)
    return Typed("name" if any(map(str.isalpha, name)) else "nothing", name, birth)


def _as_dialled(text: str) -> str:
    """Return a number without the country's own code, so that it is found while it is still being typed."""
    digits = "".join(character for character in text if character.isdigit())
    own = str(phonenumbers.country_code_for_region(profile().phone_region))
    return digits.removeprefix(own) if text.startswith("+") else text


def _without_date(text: str) -> tuple[str, Birth]:
    for pattern in _DATES:
        found = pattern.search(text)
        if found and (birth := _birth(**{part: int(value) for part, value in found.groupdict().items()})):
            return " ".join((text[: found.start()] + " " + text[found.end() :]).split()), birth
    return text, UNKNOWN


def _birth(year: int, month: int | None = None, day: int | None = None) -> Birth | None:
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Birth(year, month, day)
