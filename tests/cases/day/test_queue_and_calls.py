"""Waiting numbers and who is next; calls owed, with their tries."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import calls, tickets
from safar.cases.actions.calls import CallDetails
from safar.cases.enums.day import ENDS_CALL, TICKET_MOVES, AttemptResult, TicketState
from safar.cases.models import Appointment, CallAttempt, CallBack, Ticket
from safar.cases.queries import day as reads
from safar.cases.rules.day import VisitDetails
from safar.kernel import once
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.actions import consents
from tests.factories import cases as make
from tests.factories import day as make_day
from tests.factories import trust

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TOMORROW = make_day.MONDAY + dt.timedelta(days=1)


def test_numbers_begin_anew_each_day_and_at_each_place(home_centre, monday) -> None:
    point = trust.centre("PNT", parent=home_centre)
    assert [make_day.ticket(home_centre).number for _ in range(2)] == [1, 2]
    assert make_day.ticket(point, language="?").number == 1
    monday.move_to(make_day.TEN + dt.timedelta(days=1))
    assert str(make_day.ticket(home_centre)) == "2026-06-02 1"


def test_a_second_press_gives_no_second_number_and_an_unknown_need_none(home_centre) -> None:
    key = once.fresh_key()
    assert make_day.ticket(home_centre, form_key=key) == make_day.ticket(home_centre, form_key=key)
    with pytest.raises(ValidationError):
        make_day.ticket(home_centre, need="?")


def test_the_list_goes_by_need_then_by_turn_and_a_long_wait_counts(home_centre, monday) -> None:
    make_day.ticket(home_centre)
    monday.shift(dt.timedelta(minutes=61))
    for need in ("ordinary", "returned_today", "danger"):
        make_day.ticket(home_centre, need=need)
    served = make_day.ticket(home_centre)
    tickets.move(ticket_id=served.pk, to="serving", by=MACHINE)
    gone = make_day.ticket(home_centre)
    tickets.move(ticket_id=gone.pk, to="left", by=MACHINE)
    order = reads.tickets(today(), place=home_centre, by=MACHINE)
    assert [one.ticket.number for one in order] == [5, 4, 1, 3, 2, 6]
    assert [one.minutes for one in order][2] == 61


class TestTheWholeTable:
    @pytest.mark.parametrize("before", TicketState)
    def test_goes_only_where_the_table_says(self, home_centre, before) -> None:
        ticket = make_day.ticket(home_centre)
        for to in TicketState:
            Ticket.objects.filter(pk=ticket.pk).update(state=before)
            try:
                tickets.move(ticket_id=ticket.pk, to=to, by=MACHINE)
                moved = True
            except ValidationError:
                moved = False
            assert moved == (to in TICKET_MOVES[before] and to != "given_time"), (before, to)

    @pytest.mark.parametrize(
        ("role", "may"),
        [
            *((role, True) for role in ("counsellor", "coordinator", "outreach_officer")),
            *(
                (role, False)
                for role in ("ministry_viewer", "network_analyst", "data_protection_officer", "administrator")
            ),
        ],
    )
    def test_only_who_runs_the_day_may(self, home_centre, staff_member, actor, role, may) -> None:
        by, ticket = actor(role), make_day.ticket(home_centre)
        call = calls.owe(centre_id=home_centre.pk, details=CallDetails("message", contact="1"), by=MACHINE)
        contact = make.contact(home_centre, follow_up_on=TOMORROW)
        member = staff_member("counsellor")
        make_day.shift(member, home_centre)
        slot, told = make_day.slot(member, home_centre), VisitDetails(name="A")
        tries = [
            lambda: make_day.ticket(home_centre, by=by),
            lambda: calls.owe(centre_id=home_centre.pk, details=CallDetails("message", contact="1"), by=by),
            lambda: calls.tried(call_id=call.pk, result="busy", by=by),
            lambda: calls.tried_follow_up(contact_id=contact.pk, result="busy", by=by),
            lambda: tickets.give_time(ticket_id=ticket.pk, slot=slot, details=told, by=by),
            lambda: tickets.move(ticket_id=make_day.ticket(home_centre).pk, to="left", by=by),
        ]
        for attempt in tries:
            if may:
                attempt()
            else:
                with pytest.raises(PermissionDenied):
                    attempt()


def test_who_calls_a_number_serves_it_and_may_put_it_back(home_centre, actor) -> None:
    by, ticket = actor("counsellor"), make_day.ticket(home_centre)
    assert tickets.move(ticket_id=ticket.pk, to="serving", by=by).staff_id == by.id
    assert tickets.move(ticket_id=ticket.pk, to="waiting", by=by).staff_id is None


def test_whoever_cannot_be_received_gets_a_time_and_leaves_the_queue(home_centre, staff_member) -> None:
    member, person = staff_member("counsellor"), make.person(home_centre)
    make_day.shift(member, home_centre)
    ticket, key = make_day.ticket(home_centre, person), once.fresh_key()
    asked = {
        "ticket_id": ticket.pk,
        "slot": make_day.slot(member, home_centre),
        "details": VisitDetails(),
        "by": MACHINE,
    }
    visit = tickets.give_time(**asked, form_key=key)
    assert (visit.person, visit.origin) == (person, "walk_in")
    ticket.refresh_from_db()
    assert ticket.state == "given_time"
    assert tickets.give_time(**asked, form_key=key) == visit
    with pytest.raises(ValidationError):
        tickets.give_time(**asked)
    assert Appointment.objects.count() == 1


class TestCalls:
    def test_of_somebody_without_a_file_the_number_is_needed(self, home_centre) -> None:
        call = calls.owe(
            centre_id=home_centre.pk, details=CallDetails("missed_call", contact="+998", name=" A  B "), by=MACHINE
        )
        assert (call.name, call.due_on, str(call)) == ("A B", today(), "2026-06-01 open")
        with pytest.raises(ValidationError) as refused:
            calls.owe(
                centre_id=home_centre.pk,
                details=CallDetails("?", name="x" * 81, due_on=today() - dt.timedelta(days=1)),
                by=MACHINE,
            )
        assert set(refused.value.message_dict) == {"reason", "name", "due_on", "contact"}

    def test_a_second_press_owes_one_call(self, home_centre) -> None:
        key = once.fresh_key()
        for _ in range(2):
            calls.owe(centre_id=home_centre.pk, details=CallDetails("message", contact="1"), form_key=key, by=MACHINE)
        assert CallBack.objects.count() == 1

    @pytest.mark.parametrize("result", AttemptResult)
    def test_some_tries_end_it_and_the_others_bring_it_back_tomorrow(self, home_centre, result) -> None:
        call = calls.owe(centre_id=home_centre.pk, details=CallDetails("message", contact="1"), by=MACHINE)
        tried = calls.tried(call_id=call.pk, result=result, by=MACHINE)
        if result in ENDS_CALL:
            assert tried.state == ENDS_CALL[result]
            with pytest.raises(ValidationError, match="has ended"):
                calls.tried(call_id=call.pk, result=result, by=MACHINE)
        else:
            assert (tried.state, tried.due_on) == ("open", TOMORROW)
        assert str(CallAttempt.objects.get()) == result

    def test_after_a_withdrawal_all_that_is_left_is_to_end_it(self, home_centre) -> None:
        person = make.person(home_centre)
        call = calls.owe(centre_id=home_centre.pk, details=CallDetails("promised"), person_id=person.pk, by=MACHINE)
        consents.decide(person_id=person.pk, details=make.keep_file(purpose="be_contacted", granted=False), by=MACHINE)
        with pytest.raises(ValidationError):
            calls.tried(call_id=call.pk, result="no_answer", by=MACHINE)
        assert calls.tried(call_id=call.pk, result="not_needed", by=MACHINE).state == "not_needed"

    def test_a_follow_up_is_tried_without_ending_it(self, home_centre) -> None:
        contact = make.contact(home_centre, follow_up_on=TOMORROW)
        calls.tried_follow_up(contact_id=contact.pk, result="no_answer", by=MACHINE)
        with pytest.raises(ValidationError):
            calls.tried_follow_up(contact_id=contact.pk, result="?", by=MACHINE)
        with pytest.raises(ValidationError, match="No follow-up"):
            calls.tried_follow_up(contact_id=make.contact(home_centre).pk, result="busy", by=MACHINE)

    def test_all_that_is_owed_stands_in_one_list_with_its_tries(self, home_centre) -> None:
        call = calls.owe(centre_id=home_centre.pk, details=CallDetails("message", contact="1"), by=MACHINE)
        person = make.person(home_centre)
        contact = make.contact(home_centre, person, follow_up_on=TOMORROW)
        for _ in range(2):
            calls.tried_follow_up(contact_id=contact.pk, result="busy", by=MACHINE)
        calls.tried(call_id=call.pk, result="busy", by=MACHINE)
        owed = reads.calls(until=TOMORROW, place=home_centre, by=MACHINE)
        assert [(one.person_id, one.tries.count) for one in owed] == [(None, 1), (person.pk, 2)]
        assert owed[0].tries.last == make_day.TEN
        assert reads.calls(until=today(), place=home_centre, by=MACHINE) == []
