"""Says a person's details in words, leaving out what is not known."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from safar.kernel.clock import today
from safar.people.models import Person
from safar.reference.queries import codes, places
from safar.ui.numbers import month_name, written_date


@dataclass(frozen=True, slots=True)
class Fact:
    term: str
    value: str


def facts_of(person: Person) -> list[Fact]:
    """Return term and value of everything recorded, in the reader's language."""
    place = " · ".join(_place_name(code) for code in (person.region, person.district) if code)
    found = [
        Fact(_("Sex"), _label("sex", person.sex)),
        Fact(_("Born"), _born(person)),
        Fact(_("Age group today"), _label("age_band", person.age_band_on(today()))),
        Fact(_("Place of residence"), place),
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


def _born(person: Person) -> str:
    if person.birth_year is None:
        return ""
    if person.birth_month is None:
        return str(person.birth_year)
    if person.birth_day is None:
        return f"{month_name(person.birth_month)} {person.birth_year}"
    return written_date(dt.date(person.birth_year, person.birth_month, person.birth_day))
