"""Reading the day: what stands in it, what nobody recorded, no-shows by month, calendars, reminders, and a person's rights."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from safar.cases import privacy, tasks
from safar.cases.actions import appointments, calls, feeds, nights, reminding, tickets
from safar.cases.actions.calls import CallDetails
from safar.cases.models import Appointment, CallBack, Ticket
from safar.cases.queries import day as reads
from safar.cases.retention import (
    _empty_calls,
    _empty_visits,
    _needed_calls,
    _needed_tickets,
    _needed_visits,
    _told_calls,
    _told_visits,
)
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.messaging.models import Message
from safar.people.rules import ContactPointDetails
from safar.trust.models import AuditEntry
from safar.trust.queries.actors import actor_for
from tests.factories import cases as make
from tests.factories import day as make_day
from tests.factories import trust

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TOMORROW = make_day.MONDAY + dt.timedelta(days=1)


@pytest.fixture
def staff(staff_member, monday, home_centre):
    member = staff_member("counsellor")
    for weekday in (1, 2):
        make_day.shift(member, home_centre, weekday=weekday)
    return member


def test_the_day_of_a_place_is_without_what_was_called_off_and_by_colleague(staff, staff_member, home_centre) -> None:
    gone, kept = make_day.visit(staff, home_centre), make_day.visit(staff, home_centre, hour=12)
    appointments.call_off(visit_id=gone.pk, called_off_by="client", reason="cannot_come", by=MACHINE)
    day = {"place": home_centre, "by": MACHINE}
    assert reads.visits(today(), today(), **day) == [kept]
    assert reads.visits(today(), today(), staff_id=staff_member("counsellor").pk, **day) == []
    make_day.ticket(home_centre)
    assert len(reads.tickets(today(), staff_id=staff.pk, **day)) == 1


def test_another_centres_day_is_refused_and_whoever_belongs_to_none_sees_all(staff, home_centre, actor) -> None:
    other = trust.centre("ELS")
    with pytest.raises(PermissionDenied):
        reads.place(other.pk, by=actor("counsellor"))
    assert reads.place(other.pk, by=MACHINE) == other
    assert staff in reads.colleagues(by=MACHINE)
    assert staff in reads.colleagues(by=actor("coordinator"))


def test_opening_a_visit_or_number_of_a_person_leaves_a_trace_and_of_nobody_none(staff, home_centre, actor) -> None:
    person, by = make.person(home_centre), actor("counsellor")
    reads.visit(make_day.visit(staff, home_centre).pk, by=by)
    reads.ticket(make_day.ticket(home_centre).pk, by=by)
    assert not AuditEntry.objects.filter(verb="read").exists()
    visit, ticket = make_day.visit(staff, home_centre, person, hour=12), make_day.ticket(home_centre, person)
    reads.visit(visit.pk, by=by)
    reads.ticket(ticket.pk, by=by)
    assert reads.visits_of(person.pk, by=by) == reads.coming_of(person.pk) == [visit]
    assert reads.numbers_of(person.pk, by=by) == [ticket]
    traces = AuditEntry.objects.filter(verb="read", person_key=person.pk).order_by("id")
    assert {trace.action for trace in traces} == {"cases.visit.open", "cases.ticket.open", "cases.visit.of_person"}


def test_the_night_asks_and_never_says_that_somebody_did_not_come(staff, home_centre, monday) -> None:
    visit, ticket = make_day.visit(staff, home_centre), make_day.ticket(home_centre)
    assert nights.ask_about_untouched(by=MACHINE) == nights.Asked(0, 0)
    monday.move_to(make_day.TEN + dt.timedelta(days=1))
    assert tasks.ask_about_untouched() == "1 visits and 1 numbers without an end"
    assert nights.ask_about_untouched(by=MACHINE) == nights.Asked(0, 0)
    visit.refresh_from_db()
    assert (visit.state, visit.asked_about_on) == ("booked", today())
    assert reads.unrecorded(place=home_centre, by=MACHINE) == ([visit], [ticket])
    appointments.move(visit_id=visit.pk, to="done", by=MACHINE)
    tickets.move(ticket_id=ticket.pk, to="done", by=MACHINE)
    assert reads.unrecorded(place=home_centre, by=MACHINE) == ([], [])


def test_no_shows_are_counted_by_month_and_what_nobody_said_apart(staff, home_centre, monday) -> None:
    for hour, state in ((10, "no_show"), (11, "done"), (12, "")):
        visit = make_day.visit(staff, home_centre, hour=hour)
        if state:
            appointments.move(visit_id=visit.pk, to=state, by=MACHINE)
    gone = make_day.visit(staff, home_centre, hour=12, minute=30)
    appointments.call_off(visit_id=gone.pk, called_off_by="client", reason="cannot_come", by=MACHINE)
    make_day.visit(staff, home_centre, day=TOMORROW)  # still to come, in no column
    monday.move_to(make_day.TEN + dt.timedelta(hours=5))
    counted = reads.attendance(place=home_centre, since=dt.date(2026, 5, 1), until=dt.date(2026, 6, 30), by=MACHINE)
    assert counted == [reads.Attendance(dt.date(2026, 6, 1), came=1, missed=1, called_off=1, unknown=1)]


class TestCalendars:
    def test_the_secret_is_shown_once_kept_nowhere_and_ends(self, staff, home_centre) -> None:
        by = actor_for(staff)
        made = feeds.make(by=by)
        assert made.secret not in str(made.feed.__dict__)
        assert str(made.feed) == "2026-06-01"
        visit = make_day.visit(staff, home_centre)
        assert reads.busy(made.secret) == (made.feed, [visit])
        second = feeds.make(by=by)
        assert reads.busy(made.secret) is None
        assert [feed.pk for feed in reads.feeds_of(by) if feed.revoked_at is None] == [second.feed.pk]
        for _ in range(2):
            feeds.revoke(feed_id=second.feed.pk, by=by)
        assert reads.busy(second.secret) is None
        assert AuditEntry.objects.filter(action="cases.feed.revoke").count() == 1

    def test_nobody_ends_anothers_and_a_machine_has_none(self, staff, actor) -> None:
        made = feeds.make(by=actor_for(staff))
        with pytest.raises(made.feed.DoesNotExist):
            feeds.revoke(feed_id=made.feed.pk, by=actor("coordinator"))
        with pytest.raises(ValidationError):
            feeds.make(by=MACHINE)
        for role in ("ministry_viewer", "administrator"):
            with pytest.raises(PermissionDenied):
                feeds.make(by=actor(role))
            with pytest.raises(PermissionDenied):
                feeds.revoke(feed_id=made.feed.pk, by=actor(role))


class TestReminders:
    def test_go_once_over_the_channel_agreed_and_are_kept_back_without_consent(
        self, staff, home_centre, actor, django_capture_on_commit_callbacks
    ) -> None:
        mailed = make.person(
            home_centre, contact_points=(ContactPointDetails("email", "a@example.org"),), language="ru"
        )
        silent = make.person(home_centre, make.keep_file(purpose="be_contacted", granted=False), given_name="Aziz")
        make_day.visit(staff, home_centre, mailed, day=TOMORROW)
        make_day.visit(staff, home_centre, silent, day=TOMORROW, hour=12)
        make_day.visit(staff, home_centre, day=TOMORROW, hour=10)  # nobody to write to
        with django_capture_on_commit_callbacks(execute=True):
            assert reminding.remind_of_tomorrow(by=actor("counsellor")) == reminding.Reminded(sent=1, kept_back=1)
        assert "Migrant" not in mail.outbox[0].body
        assert "02.06.2026" in mail.outbox[0].body or "2 июня" in mail.outbox[0].body
        call_command("remind_of_tomorrow")
        assert Message.objects.count() == 2

    def test_a_place_whose_name_tells_too_much_is_named_by_its_town(self, staff_member, monday) -> None:
        centre = trust.centre("MIG", name={"en": "Migrant Resource Centre"}, region="UZ-SA")
        centre.refresh_from_db()
        assert "igrant" not in reminding._neutral(centre, "en")
        assert reminding._neutral(centre, "en")

    @pytest.mark.parametrize("role", ["outreach_officer", "ministry_viewer"])
    def test_only_who_may_write_to_people_does(self, actor, role) -> None:
        with pytest.raises(PermissionDenied):
            reminding.remind_of_tomorrow(by=actor(role))


class TestRights:
    @pytest.fixture
    def person(self, staff, home_centre):
        person = make.person(home_centre)
        visit = make_day.visit(staff, home_centre, person)
        Appointment.objects.filter(pk=visit.pk).update(topic="contract", code="CODE")
        make_day.ticket(home_centre, person, need="leaves_today")
        calls.owe(centre_id=home_centre.pk, details=CallDetails("promised"), person_id=person.pk, by=MACHINE)
        return person

    def test_a_person_takes_it_all_away(self, person) -> None:
        calls.tried(call_id=CallBack.objects.get().pk, result="busy", by=MACHINE)
        told = privacy.export(person.pk)
        assert (told["visits"][0]["at"], told["tickets"][0]["need"]) == ("2026-06-01 11:00", "leaves_today")
        assert told["call_backs"][0]["attempts"] == ["busy"]

    def test_erasure_leaves_the_day_and_not_the_person(self, person) -> None:
        effects = {str(effect.what): effect.stays for effect in privacy.preview(person.pk)}
        assert effects["Booked visits"] == effects["Waiting numbers"] == effects["Call-backs"] == 1
        privacy.erase(person.pk)
        left = [model.objects.get() for model in (Appointment, Ticket, CallBack)]
        assert {row.person_id for row in left} == {None}
        assert len({row.former_person_key for row in left}) == 1
        assert (left[0].topic, left[0].code, left[0].state) == ("", "", "booked")

    def test_who_is_on_the_lists_is_still_needed(self, person) -> None:
        for needed in (_needed_visits, _needed_tickets, _needed_calls):
            assert [row["person"] for row in needed(today())] == [person.pk]

    def test_what_strangers_left_ends_with_its_term(self, staff, home_centre) -> None:
        make_day.public_visit(home_centre, name="Gulnora", contact="+998")
        call = calls.owe(centre_id=home_centre.pk, details=CallDetails("message", contact="1", name="A"), by=MACHINE)
        later = today() + dt.timedelta(days=9)
        assert not _told_calls(later, later).exists()
        calls.tried(call_id=call.pk, result="reached", by=MACHINE)
        for due, end in ((_told_visits, _empty_visits), (_told_calls, _empty_calls)):
            assert not due(today(), today()).exists()
            rows = due(later, later)
            assert rows.count() == 1
            end([row.pk for row in rows])
            assert not due(later, later).exists()
