import datetime as dt
from random import Random

import phonenumbers
import pytest
from django.utils import timezone

from safar.demo.population import COMMUNITIES, Population
from safar.methods.names.scripts import detect
from safar.reference.queries import codes, places

DAY = dt.date(2026, 11, 1)


@pytest.fixture(params=["UZ", "KG", "TJ"])
def country(request: pytest.FixtureRequest) -> str:
    return request.param


def test_the_same_seed_gives_the_same_people(country) -> None:
    first, second = (Population(country, Random(5)) for _ in range(2))
    assert [first.person(DAY) for _ in range(200)] == [second.person(DAY) for _ in range(200)]


def test_everybody_is_what_the_code_lists_and_places_know(country) -> None:
    population = Population(country, Random(6))
    for _ in range(400):
        person = population.person(DAY)
        assert person.birth.problem(timezone.localdate()) is None
        assert places.place(person.region).country == country
        assert not person.district or places.place(person.district).parent == person.region
        for code_list, code in (
            ("client_category", person.category),
            ("education", person.education),
            ("employment", person.employment),
            ("heard_via", person.heard_via),
            ("language", person.language),
        ):
            assert codes.is_known(code_list, code)


def test_names_are_written_in_the_script_of_the_language(country) -> None:
    population = Population(country, Random(7))
    for language in COMMUNITIES[country]:
        for sex in ("female", "male"):
            name = population.name(language, sex)
            assert detect(f"{name.family} {name.given} {name.patronymic}") == ("Latn" if language == "uz" else "Cyrl")


def test_women_and_men_carry_their_own_endings() -> None:
    population = Population("UZ", Random(8))
    women = [population.name("uz", "female").family for _ in range(100)]
    men = [population.name("uz", "male").family for _ in range(100)]
    assert all(family.endswith("va") for family in women)
    assert all(family.endswith("v") for family in men)


def test_no_phone_number_can_be_dialled(country) -> None:
    number = phonenumbers.parse(Population(country, Random(9)).phone(1234567), country)
    assert phonenumbers.is_possible_number(number)
    assert not phonenumbers.is_valid_number(number)
