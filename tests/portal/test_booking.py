"""Booking a time without an account, seeing it again and calling it off with its code."""

import datetime as dt
import html

import pytest
import time_machine

from safar.cases.models import Appointment
from safar.cases.queries import rota
from safar.messaging.rules import grouped
from safar.portal import guard
from tests.factories import day as make_day
from tests.factories import trust

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(make_day.TEN, tick=False):
        yield


@pytest.fixture
def place(office):
    """Give a centre at which somebody receives people on Mondays from nine to one."""
    make_day.shift(trust.staff("counsellor", at=office), office)
    return office


def page(response) -> str:
    return html.unescape(response.content.decode())


def at(hour: int, day: dt.date = make_day.MONDAY) -> str:
    return rota.at(day, dt.time(hour)).isoformat()


def _address(place) -> str:
    return f"/en/book/{place.code.lower()}/"


def test_every_place_is_shown_and_one_without_times_leads_to_the_wish(visitor, place) -> None:
    trust.centre("ELS")
    shown = page(visitor.get("/en/book/"))
    assert _address(place) in shown
    assert shown.count("/en/visit/") == 1


def test_a_time_is_booked_with_nothing_but_a_press_and_the_code_is_shown_on_the_spot(filled, visitor, place) -> None:
    shown = page(filled(_address(place), starts_at=at(12)))
    visit = Appointment.objects.get()
    assert grouped(visit.code) in shown
    assert (visit.name, visit.contact, visit.language, visit.origin) == ("", "", "en", "portal")
    assert 'Cache-Control", "no-store' not in shown
    assert visitor.get(_address(place))["Cache-Control"] == "no-store"


def test_no_colleague_is_named_to_the_public(visitor, place) -> None:
    assert "Staff" not in page(visitor.get(_address(place)))


def test_a_day_is_chosen_by_a_link_and_nonsense_is_the_first_day(visitor, place) -> None:
    later = make_day.MONDAY + dt.timedelta(days=7)
    assert f'value="{at(9, later)}"' in page(visitor.get(f"{_address(place)}?on={later}"))
    for on in ("2020-01-01", "nonsense"):
        assert f'value="{at(12)}"' in page(visitor.get(f"{_address(place)}?on={on}"))


def test_two_pressing_for_one_time_get_one_code_and_one_answer_in_words(filled, place) -> None:
    filled(_address(place), starts_at=at(12))
    refused = filled(_address(place), starts_at=at(12), name="Aziz")
    assert refused.status_code == 422
    assert "just taken" in page(refused)
    assert 'value="Aziz"' in page(refused)


@pytest.mark.parametrize("when", ["", "nonsense", "2026-06-01T12:00:00"])
def test_what_is_no_time_is_refused(filled, place, when) -> None:
    assert filled(_address(place), starts_at=when).status_code == 422


def test_machines_and_hammering_are_kept_off(filled, place, monkeypatch) -> None:
    assert filled(_address(place), starts_at=at(12), website="http://spam.example").status_code == 429
    monkeypatch.setitem(guard.LIMITS, "booking", 0)
    assert filled(_address(place), starts_at=at(12)).status_code == 429
    monkeypatch.setitem(guard.LIMITS, "booking_code", 0)
    assert filled("/en/booking/", code="ABCD-2345-EFGH").status_code == 429
    assert not Appointment.objects.exists()


def test_a_place_that_is_not_there_and_one_that_is_full(visitor, office) -> None:
    assert visitor.get("/en/book/nowhere/").status_code == 404
    assert "All times of the next weeks are taken" in page(visitor.get(_address(office)))


def test_the_holder_of_the_code_sees_the_visit_and_calls_it_off(filled, visitor, place) -> None:
    assert "Type the code" in page(visitor.get("/en/booking/"))
    code = make_day.public_visit(place).code
    assert "We expect you" in page(filled("/en/booking/", code=grouped(code).lower()))
    gone = page(filled("/en/booking/", code=code, call_off="1"))
    assert "This visit is called off" in gone
    assert Appointment.objects.get().state == "cancelled"


def test_a_code_of_nothing_and_of_a_visit_that_is_over_say_so(filled, place) -> None:
    for fields in ({"code": "ABCD"}, {"code": "ABCD", "call_off": "1"}, {"code": ""}):
        assert filled("/en/booking/", **fields).status_code == 422
    code = make_day.public_visit(place).code
    with time_machine.travel(make_day.TEN + dt.timedelta(hours=4), tick=False):
        assert "This visit is over" in page(filled("/en/booking/", code=code))


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
def test_it_is_booked_in_every_language_and_stays_small(filled, visitor, place, language) -> None:
    for address in (f"/{language}/book/", f"/{language}/book/{place.code.lower()}/"):
        assert len(visitor.get(address).content) < 50_000
    filled(f"/{language}/book/{place.code.lower()}/", starts_at=at(12))
    assert Appointment.objects.get().language == language


def test_days_further_off_are_folded_and_open_when_one_of_them_is_chosen(visitor, place) -> None:
    for weekday in (2, 3):
        make_day.shift(trust.staff("counsellor", at=place), place, weekday=weekday)
    assert "<details>" in page(visitor.get(_address(place)))
    assert "<details open>" in page(visitor.get(f"{_address(place)}?on={make_day.MONDAY + dt.timedelta(days=21)}"))
