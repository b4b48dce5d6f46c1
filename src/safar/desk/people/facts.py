"""Says a person's details in words, leaving out what is not known."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from safar.kernel.clock import today
from safar.people.models import Person
from safar.people.rules import Birth
from safar.reference.queries import codes, places
from safar.ui.numbers import month_name, written_date


@dataclass(frozen=True, slots=True)
class Fact:
    term: str
    value: str


def facts_of(person: Person) -> list[Fact]:
    """Return term and value of everything recorded, in the reader's language."""
    found = [
        Fact(_("Sex"), _label("sex", person.sex)),
        Fact(_("Born"), born_in_words(person.birth)),
        Fact(_("Age group today"), _label("age_band", person.age_band_on(today()))),
        Fact(_("Place of residence"), place_in_words(person.region, person.district)),
        Fact(_("Citizenship"), _place_name(person.citizenship)),
        Fact(_("Language and script"), _label("language", person.language)),
        Fact(_("Who the person is"), _label("client_category", person.category)),
        Fact(_("Education"), _label("education", person.education)),
        Fact(_("Employment"), _label("employment", person.employment)),
        Fact(_("How they heard of the centre"), _label("heard_via", person.heard_via)),
        Fact(_("File opened at"), f"{person.centre.name}"),
    ]
    return [fact for fact in found if fact.value]


def _label(code_list: str, code: str) -> str:
    return "" if code in ("", "unknown") else str(codes.code_list(code_list).label(code))


def _place_name(code: str) -> str:
    return str(places.name(code)) if code else ""


def place_in_words(region: str, district: str) -> str:
    """Return region and district as far as they are known."""
    return " · ".join(_place_name(code) for code in (region, district) if code)


def born_in_words(birth: Birth) -> str:
    """Return the day, the month or only the year of birth; nothing when not even that is known."""
    if birth.year is None:
        return ""
    if birth.month is None:
        return str(birth.year)
    if birth.day is None:
        return f"{month_name(birth.month)} {birth.year}"
    return written_date(dt.date(birth.year, birth.month, birth.day))
