"""The pages of the day: one list, its buttons, the week, the waiting room, booking, numbers, calls, rota, calendars."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from safar.cases.actions import appointments, calls, nights, tickets
from safar.cases.actions.calls import CallDetails
from safar.cases.models import Appointment, CalendarFeed, CallAttempt, CallBack, RotaChange, RotaShift, Ticket
from safar.cases.queries import rota
from safar.desk.board import board_for
from safar.desk.timeline import timeline_of
from safar.kernel.actor import MACHINE
from safar.kernel.once import fresh_key
from safar.messaging.models import Message
from safar.trust.models import AuditEntry
from safar.trust.queries.actors import actor_for
from tests.factories import cases as make
from tests.factories import day as make_day
from tests.factories import trust

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NEXT = make_day.MONDAY + dt.timedelta(days=7)


@pytest.fixture
def client(monday, client_of, home_centre):
    return client_of("counsellor")


@pytest.fixture
def staff(client, home_centre):
    make_day.shift(client.staff, home_centre)
    return client.staff


@pytest.fixture
def by(client):
    return actor_for(client.staff)


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


def page(response) -> str:
    return html.unescape(response.content.decode())


def get(client, name, /, *args, **query):
    return client.get(reverse(f"desk:cases:{name}", args=args), query)


def post(client, name, /, *args, **fields):
    return client.post(reverse(f"desk:cases:{name}", args=args), fields)


class TestTheList:
    def test_an_empty_day_says_what_to_do_next(self, client, client_of) -> None:
        assert "Nobody receives people here on this day" in page(get(client, "day"))
        assert "Plan the rota" in page(get(client_of("coordinator"), "day"))

    def test_a_day_with_hours_and_nobody_in_it_offers_to_book(self, client, staff) -> None:
        assert "There are free times on this day" in page(get(client, "day"))

    def test_everybody_stands_in_one_list_in_the_order_of_their_turn(self, client, staff, home_centre, person) -> None:
        make_day.visit(staff, home_centre, person, hour=12)
        arrived = make_day.visit(staff, home_centre, hour=11)
        appointments.move(visit_id=arrived.pk, to="arrived", by=MACHINE)
        served = make_day.ticket(home_centre)
        tickets.move(ticket_id=served.pk, to="serving", by=MACHINE)
        make_day.ticket(home_centre, person, need="danger")
        gone = make_day.ticket(home_centre)
        tickets.move(ticket_id=gone.pk, to="left", by=MACHINE)
        calls.owe(centre_id=home_centre.pk, details=CallDetails("message", name="Aziz", contact="+998 90"), by=MACHINE)
        make.contact(home_centre, person, follow_up_on=make_day.MONDAY + dt.timedelta(days=1))
        shown = page(get(client, "day"))
        titles = ["Being served", "Here and waiting", "Still to come", "To be called", "Over"]
        places = [shown.index(f"<h2>{title} ") for title in titles]
        assert places == sorted(places)
        assert person.full_name in shown
        assert "May be in danger" in shown
        assert "+998 90" in shown
        assert AuditEntry.objects.filter(action="people.person.list").count() == 1

    def test_names_are_only_for_those_who_may_see_them(self, client, staff, home_centre, person, monkeypatch) -> None:
        make_day.visit(staff, home_centre, person)
        monkeypatch.setattr("safar.desk.cases.day.facts.READ_PERSON", type("No", (), {"code": "nobody.may"})())
        shown = page(get(client, "day"))
        assert person.full_name not in shown
        assert "Has a file" in shown

    @pytest.mark.parametrize("role", ["ministry_viewer", "network_analyst", "administrator", "data_protection_officer"])
    def test_others_are_refused(self, client_of, home_centre, role) -> None:
        client = client_of(role)
        for name in ("day", "day_week", "waiting_room", "book", "walk_in", "call_new", "rota", "my_calendar"):
            assert get(client, name).status_code == 403, name

    def test_another_centres_day_falls_back_to_the_own(self, client, home_centre) -> None:
        other = trust.centre("ELS")
        assert str(home_centre.name["en"]) in page(get(client, "day", place=other.pk, on="nonsense", staff="?"))

    def test_by_colleague_only_their_own_lines_and_calls_stand_there(
        self, client, staff, client_of, home_centre
    ) -> None:
        other = client_of("counsellor").staff
        make_day.shift(other, home_centre)
        make_day.visit(other, home_centre)
        make.contact(home_centre, by=actor_for(other), follow_up_on=make_day.MONDAY + dt.timedelta(days=1))
        calls.owe(centre_id=home_centre.pk, details=CallDetails("message", contact="1"), by=actor_for(other))
        make.contact(home_centre, by=actor_for(staff), follow_up_on=make_day.MONDAY + dt.timedelta(days=1))
        assert "Nobody yet" in page(get(client, "day", staff=staff.pk))
        assert "Still to come" in page(get(client, "day", staff=other.pk))

    def test_a_late_one_is_marked_and_a_holiday_is_named(self, client, staff, home_centre, monday) -> None:
        make_day.visit(staff, home_centre, hour=10)
        monday.shift(dt.timedelta(minutes=25))
        assert "25 min late" in page(get(client, "day"))
        assert "Independence Day" in page(get(client, "day", on="2026-09-01"))

    def test_a_full_day_says_so_and_offers_the_next_times(self, client, staff, home_centre, monday) -> None:
        make_day.ticket(home_centre)
        monday.move_to(make_day.TEN + dt.timedelta(hours=4))
        shown = page(get(client, "day"))
        assert "We are full today" in shown
        assert "8 Jun" in shown or "Jun 8" in shown
        RotaShift.objects.update(valid_until=make_day.MONDAY)
        assert "No time is free in the next two weeks" in page(get(client, "day"))

    def test_what_nobody_recorded_is_asked_and_no_shows_are_shown_by_month(
        self, client, staff, home_centre, monday
    ) -> None:
        visit, number = make_day.visit(staff, home_centre), make_day.ticket(home_centre)
        missed = make_day.visit(staff, home_centre, hour=12)
        appointments.move(visit_id=missed.pk, to="no_show", by=MACHINE)
        monday.move_to(make_day.TEN + dt.timedelta(days=1))
        client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        nights.ask_about_untouched(by=MACHINE)
        shown = page(get(client, "day"))
        assert "What became of these?" in shown
        assert re.search(r"June 2026</th>(<td class=\"number\">\d</td>){4}", shown).group().count("1") >= 2
        post(client, "move_visit", visit.pk, to="done")
        post(client, "move_ticket", number.pk, to="left")
        assert "What became of these?" not in page(get(client, "day"))

    @pytest.mark.parametrize("lines", [3, 12])
    def test_the_number_of_queries_does_not_grow_with_the_lines(self, client, staff, home_centre, lines) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        make_day.besides(staff, home_centre, make_day.MONDAY, starts=14, ends=20, slot_minutes=30)
        for number in range(lines):
            person = make.person(home_centre, given_name=f"Anvar{number}")
            make_day.visit(staff, home_centre, person, hour=14 + number // 2, minute=30 * (number % 2))
            make_day.ticket(home_centre, person)
            calls.owe(centre_id=home_centre.pk, details=CallDetails("promised"), person_id=person.pk, by=MACHINE)
            make.contact(home_centre, person, follow_up_on=make_day.MONDAY + dt.timedelta(days=1))
        get(client, "day")
        with CaptureQueriesContext(connection) as held:
            get(client, "day")
        assert len(held) == 20, [query["sql"][:90] for query in held]


class TestButtons:
    def test_lead_through_the_day_and_stay_where_one_was(self, client, staff, home_centre) -> None:
        visit = make_day.visit(staff, home_centre)
        for state in ("arrived", "serving", "done"):
            answer = post(
                client, "move_visit", visit.pk, to=state, on="2026-06-01", place=home_centre.pk, staff=staff.pk
            )
            assert "on=2026-06-01" in answer.url
            assert f"staff={staff.pk}" in answer.url
        assert Appointment.objects.get().state == "done"
        assert "Record the contact" in page(get(client, "day"))

    def test_a_refused_one_says_why(self, client, staff, home_centre) -> None:
        visit, ticket = make_day.visit(staff, home_centre), make_day.ticket(home_centre)
        assert "cannot go this way" in page(post_and_follow(client, "move_visit", visit.pk, to="?"))
        assert "cannot go this way" in page(post_and_follow(client, "move_ticket", ticket.pk, to="?"))

    def test_a_future_day_has_no_buttons(self, client, staff, home_centre) -> None:
        make_day.visit(staff, home_centre, day=NEXT)
        assert "Is here" not in page(get(client, "day", on=NEXT))

    def test_what_is_not_there_is_not_found(self, client, person) -> None:
        for name in ("visit", "ticket"):
            assert get(client, name, person.pk).status_code == 404
        for name in ("move_visit", "move_ticket", "call_tried", "follow_up_tried"):
            assert post(client, name, person.pk).status_code == 404

    def test_reminders_of_tomorrow_are_sent_from_the_list(self, client, staff, home_centre, person) -> None:
        make_day.shift(staff, home_centre, weekday=2)
        make_day.visit(staff, home_centre, person, day=make_day.MONDAY + dt.timedelta(days=1))
        assert "1 visit of tomorrow" in page(get(client, "day"))
        assert "Kept back by what people agreed to: 1" in page(post_and_follow(client, "remind_of_tomorrow"))
        assert Message.objects.get().state == "refused"  # the file holds a phone, and this installation writes e-mail


def post_and_follow(client, name, /, *args, **fields):
    return client.post(reverse(f"desk:cases:{name}", args=args), fields, follow=True)


class TestPictures:
    def test_the_week_says_how_full_each_time_is_and_names_nobody(self, client, staff, home_centre, person) -> None:
        make_day.shift(staff, home_centre, weekday=6, seats=2)
        make_day.visit(staff, home_centre, person, hour=12)
        make_day.visit(staff, home_centre, person, hour=12, day=make_day.MONDAY + dt.timedelta(days=5))
        shown = page(get(client, "day_week"))
        assert ">full<" in shown
        assert "1 of 2" in shown
        assert 'aria-current="date"' in shown
        assert person.full_name not in shown
        by_colleague = page(get(client, "day_week", **{"as": "day", "staff": staff.pk}))
        assert staff.full_name in by_colleague
        assert "No hours" in page(get(client, "day_week", on="2026-08-30", **{"as": "day"}))

    def test_the_waiting_room_shows_numbers_and_no_names_and_looks_again(self, client, home_centre, person) -> None:
        assert "Nobody is waiting" in page(get(client, "waiting_room"))
        called, _next = make_day.ticket(home_centre, person), make_day.ticket(home_centre)
        tickets.move(ticket_id=called.pk, to="serving", by=MACHINE)
        response = get(client, "waiting_room")
        assert response["Refresh"] == "15"
        assert "1 person is waiting" in page(response)
        assert person.full_name not in page(response)

    def test_the_board_says_how_the_day_stands(self, staff, home_centre, by) -> None:
        make_day.visit(staff, home_centre)
        make_day.ticket(home_centre)
        card = next(card for card in board_for(by) if card.template.endswith("day/_board.html"))
        assert (card.context["waiting"], card.context["coming"]) == (1, 1)
        assert not [card for card in board_for(MACHINE) if card.template.endswith("day/_board.html")]

    def test_the_board_and_the_file_show_it(self, client, staff, person, by, actor) -> None:
        home_centre = staff.centre
        make_day.visit(staff, home_centre, person)
        assert "the next at 11:00" in page(client.get(reverse("desk:board")))
        assert "Booked visit" in [entry.title for entry in timeline_of(person.pk, by)]
        assert "Booked visit" not in [entry.title for entry in timeline_of(person.pk, actor("ministry_viewer"))]


class TestBooking:
    def test_of_a_person_from_their_file(self, client, staff, home_centre, person) -> None:
        shown = page(get(client, "book_person", person.pk, on=make_day.MONDAY))
        assert 'name="name"' not in shown
        key, slot = fresh_key(), rota.slots(make_day.MONDAY, make_day.MONDAY, places=[home_centre.pk])[5]
        answers = [
            post(client, "book_person", person.pk, slot=slot.key, topic="contract", form_key=key) for _ in range(2)
        ]
        assert answers[0].url == answers[1].url
        assert person.full_name in page(client.get(answers[0].url))
        assert "Already booked" in page(get(client, "book_person", person.pk))

    def test_of_somebody_without_a_file_needs_a_word_to_tell_them_by(self, client, staff, home_centre) -> None:
        slot = rota.slots(make_day.MONDAY, make_day.MONDAY, places=[home_centre.pk])[5]
        refused = post(client, "book", slot=slot.key)
        assert refused.status_code == 422
        assert "Write a name or a number" in page(refused)
        booked = post(client, "book", slot=slot.key, name="Gulnora")
        assert "Gulnora" in page(client.get(booked.url))

    def test_what_was_taken_meanwhile_says_so_and_nonsense_is_no_choice(self, client, staff, home_centre) -> None:
        slot = rota.slots(make_day.MONDAY, make_day.MONDAY, places=[home_centre.pk])[5]
        make_day.visit(staff, home_centre, hour=11, minute=30)
        assert "just taken" in page(post(client, "book", slot=slot.key, name="Gulnora"))
        assert post(client, "book", slot="?", name="Gulnora").status_code == 422

    def test_a_day_without_times_says_so(self, client) -> None:
        assert "No free time on this day" in page(get(client, "book"))

    def test_a_visit_is_called_off_with_its_reason(self, client, staff, home_centre, person) -> None:
        visit = make_day.visit(staff, home_centre, person)
        assert post(client, "visit", visit.pk, called_off_by="client", reason="?").status_code == 422
        post(client, "visit", visit.pk, called_off_by="client", reason="cannot_come")
        shown = page(get(client, "visit", visit.pk))
        assert "The client cannot come" in shown
        assert "Call it off" not in shown
        assert post(client, "visit", visit.pk, called_off_by="client", reason="cannot_come").status_code == 422


class TestNumbers:
    def test_are_given_and_shown_big_with_who_goes_before(self, client, home_centre, person) -> None:
        first = post(client, "walk_in", need="ordinary")
        assert "is next" in page(client.get(first.url))
        assert post(client, "walk_in", need="?").status_code == 422
        second = post(client, "walk_in_person", person.pk, need="ordinary")
        shown = page(client.get(second.url))
        assert "1 goes before" in shown
        assert person.client_number in shown
        assert page(get(client, "walk_in")).count('name="need"') == 8
        assert get(client, "walk_in_person", person.pk).status_code == 200

    def test_a_time_is_given_instead(self, client, staff, home_centre) -> None:
        ticket = make_day.ticket(home_centre)
        slot = rota.next_free(home_centre.pk)[0]
        assert post(client, "ticket", ticket.pk, slot=slot.key).status_code == 422
        answer = post(client, "ticket", ticket.pk, slot=slot.key, name="Aziz")
        assert "Aziz" in page(client.get(answer.url))
        assert Ticket.objects.get().state == "given_time"
        assert "Give a time instead" not in page(get(client, "ticket", ticket.pk))

    def test_when_no_time_is_free_nothing_is_promised(self, client, home_centre) -> None:
        assert "No time is free" in page(get(client, "ticket", make_day.ticket(home_centre).pk))


class TestCalls:
    def test_are_owed_and_tried_from_the_list(self, client, home_centre, person) -> None:
        assert get(client, "call_new").status_code == 200
        assert "nobody can be called" in page(post(client, "call_new", reason="message", due_on="2026-06-01"))
        post(client, "call_new", reason="message", due_on="2026-06-01", contact="+998", name="Aziz")
        assert 'name="contact"' not in page(get(client, "call_person", person.pk))
        post(client, "call_person", person.pk, reason="promised", due_on="2026-06-01")
        call = CallBack.objects.get(person=person)
        assert "The try is noted" in page(post_and_follow(client, "call_tried", call.pk, result="busy"))
        assert "Choose one of the values" in page(post_and_follow(client, "call_tried", call.pk, result="?"))

    def test_a_follow_up_due_is_tried_there_and_late_ones_say_how_late(
        self, client, home_centre, person, monday
    ) -> None:
        contact = make.contact(home_centre, person, follow_up_on=make_day.MONDAY + dt.timedelta(days=1))
        monday.shift(dt.timedelta(days=3))
        client.force_login(client.staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert "due 2 days ago" in page(get(client, "day"))
        assert "is noted with the contact" in page(
            post_and_follow(client, "follow_up_tried", contact.pk, result="busy")
        )
        assert "tried 1×" in page(get(client, "day"))
        post(client, "follow_up_tried", contact.pk, result="?")
        assert CallAttempt.objects.count() == 1


class TestRota:
    @pytest.fixture
    def coordinator(self, client_of):
        return client_of("coordinator")

    def test_weekly_hours_are_planned_shown_and_ended(self, coordinator, client, home_centre) -> None:
        assert "Without them nobody can book" in page(get(client, "rota"))
        assert get(coordinator, "rota_plan").status_code == 200
        typed = {
            "staff": client.staff.pk, "place": home_centre.pk, "weekdays": ["1", "3"], "starts": "09:00", "ends": "13:00",
            "slot_minutes": "30", "seats": "2", "valid_from": "2026-06-01", "form_key": fresh_key(),
        }  # fmt: skip
        assert post(coordinator, "rota_plan", **(typed | {"ends": "08:00"})).status_code == 422
        for _ in range(2):
            assert post(coordinator, "rota_plan", **typed).status_code == 302
        assert RotaShift.objects.count() == 2
        assert post(coordinator, "rota_plan", **(typed | {"form_key": fresh_key()})).status_code == 422
        shown = page(get(coordinator, "rota"))
        assert "2 at a time · not for the public" in shown
        shift = RotaShift.objects.first()
        assert "Write the last day" in page(post_and_follow(coordinator, "rota_end", shift.pk, last_day="?"))
        assert "This day is over" in page(post_and_follow(coordinator, "rota_end", shift.pk, last_day="2020-01-01"))
        assert "until" in page(post_and_follow(coordinator, "rota_end", shift.pk, last_day="2026-06-30"))

    def test_a_day_is_changed_and_taken_back(self, coordinator, client, home_centre) -> None:
        assert get(coordinator, "rota_change").status_code == 200
        typed = {"kind": "off", "day": "2026-06-08", "reason": "holiday", "slot_minutes": "30", "seats": "1"}
        assert "Write the name of the holiday" in page(post(coordinator, "rota_change", **typed))
        key = fresh_key()
        for _ in range(2):
            post(coordinator, "rota_change", **typed, name="Qurbon hayit", form_key=key)
        extra = {"kind": "extra", "reason": "extra", "staff": client.staff.pk, "place": home_centre.pk}
        assert post(coordinator, "rota_change", **(typed | extra)).status_code == 422
        post(coordinator, "rota_change", **(typed | extra), starts="10:00", ends="12:00")
        assert RotaChange.objects.count() == 2
        shown = page(get(coordinator, "rota"))
        assert "Qurbon hayit" in shown
        post(coordinator, "rota_take_back", RotaChange.objects.get(kind="off").pk)
        assert "Qurbon hayit" not in page(get(coordinator, "rota"))

    def test_counsellors_read_it_and_change_nothing(self, client, staff) -> None:
        assert "Plan weekly hours" not in page(get(client, "rota"))
        for name in ("rota_plan", "rota_change"):
            assert get(client, name).status_code == 403
        assert post(client, "rota_end", RotaShift.objects.get().pk).status_code == 403
        assert post(client, "rota_take_back", make_day.off(NEXT, staff_id=staff.pk).pk).status_code == 403


def test_a_calendar_address_is_shown_once_and_ended(client, staff) -> None:
    assert "You have none yet" in page(get(client, "my_calendar"))
    address = re.search(r"/api/calendar/[\w-]+\.ics", page(post(client, "my_calendar"))).group()
    assert client.get(address).status_code == 200
    assert address not in page(get(client, "my_calendar"))
    post(client, "calendar_revoke", CalendarFeed.objects.get().pk)
    assert client.get(address).status_code == 404
    assert "Ended" in page(get(client, "my_calendar"))
