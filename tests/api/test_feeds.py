"""Calendars: read back with the library that calendars are read with."""

import datetime as dt

import pytest
import time_machine
from icalendar import Calendar

from safar.cases.actions import feeds
from safar.trust.queries.actors import actor_for
from tests.factories import awareness, trust
from tests.factories import cases as make
from tests.factories import day as make_day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(make_day.TEN, tick=False):
        yield


def _events(response) -> list:
    assert response["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(response.content)
    assert calendar["version"] == "2.0"
    return list(calendar.walk("VEVENT"))


def test_open_sessions_stand_in_a_calendar_anybody_may_read(client) -> None:
    made = awareness.upcoming(trust.centre("TAS"), title="Going to Korea", venue="College hall", region="UZ-TK")
    response = client.get("/api/calendar/sessions.ics")
    [event] = _events(response)
    assert event["summary"] == "Going to Korea"
    assert "College hall" in event["location"]
    assert event.decoded("dtstart") == made.starts_at
    assert event.decoded("dtstart").utcoffset() == dt.timedelta(0)
    assert "public" in response["Cache-Control"]


def test_ones_own_says_when_and_where_and_never_whom_or_what_about(client) -> None:
    centre = trust.centre("TAS")
    member, person = trust.staff("counsellor", at=centre), make.person(centre)
    make_day.shift(member, centre, seats=2)
    first, _same_time = (make_day.visit(member, centre, person) for _ in range(2))
    secret = feeds.make(by=actor_for(member)).secret
    response = client.get(f"/api/calendar/{secret}.ics")
    [event] = _events(response)
    assert event["summary"] == "Appointment"
    assert event["location"] == "Centre TAS"
    assert event.decoded("dtstart") == first.starts_at
    assert event.decoded("dtend") - event.decoded("dtstart") == dt.timedelta(minutes=30)
    text = response.content.decode()
    for told in (person.family_name, person.given_name, person.client_number, str(person.pk), str(first.pk)):
        assert told not in text
    assert "no-store" in response["Cache-Control"]


def test_an_address_that_never_was_has_ended_or_belongs_to_nobody_any_more_gives_nothing(client) -> None:
    member = trust.staff("counsellor")
    made = feeds.make(by=actor_for(member))
    address = f"/api/calendar/{made.secret}.ics"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405
    assert client.get("/api/calendar/guess.ics").status_code == 404
    member.is_active = False
    member.save()
    assert client.get(address).status_code == 404
