"""Booking, moving on and calling off a visit; what a visitor without an account may do."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import appointments
from safar.cases.enums.day import VISIT_MOVES, VisitState
from safar.cases.models import Appointment
from safar.cases.queries import rota
from safar.cases.queries.rota import SlotKey
from safar.cases.rules.day import VisitDetails
from safar.kernel import once
from safar.kernel.actor import MACHINE
from safar.messaging.rules import grouped
from safar.trust.models import AuditEntry
from tests.factories import cases as make
from tests.factories import day as make_day
from tests.factories import trust

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def staff(staff_member, monday, home_centre):
    member = staff_member("counsellor")
    make_day.shift(member, home_centre)
    return member


def test_a_person_is_booked_without_a_second_copy_of_who_they_are(staff, home_centre, actor) -> None:
    by, person = actor("counsellor"), make.person(home_centre)
    told = VisitDetails(name="Somebody", contact="+998901112233", topic="contract", language="uz")
    visit = appointments.book(slot=make_day.slot(staff, home_centre), person_id=person.pk, details=told, by=by)
    assert (visit.name, visit.contact, visit.topic, visit.booked_by_id) == ("", "", "contract", by.id)
    assert (visit.minutes, visit.seat, visit.state) == (30, 1, "booked")
    assert AuditEntry.objects.get(action="cases.visit.book").person_key == person.pk
    assert "booked" in str(visit)


def test_a_second_press_books_nothing_more(staff, home_centre) -> None:
    key = once.fresh_key()
    asked = {
        "slot": make_day.slot(staff, home_centre),
        "details": VisitDetails(name="A"),
        "form_key": key,
        "by": MACHINE,
    }
    assert appointments.book(**asked) == appointments.book(**asked)
    assert Appointment.objects.count() == 1


def test_a_seat_is_given_once_and_again_after_it_was_given_back(staff, home_centre) -> None:
    first = make_day.visit(staff, home_centre)
    with pytest.raises(ValidationError, match="just taken"):
        make_day.visit(staff, home_centre)
    appointments.call_off(visit_id=first.pk, called_off_by="client", reason="cannot_come", by=MACHINE)
    assert make_day.visit(staff, home_centre).seat == 1


def test_several_seats_are_several_people(staff_member, home_centre) -> None:
    member = staff_member("counsellor")
    make_day.shift(member, home_centre, seats=2)
    assert [make_day.visit(member, home_centre).seat for _ in range(2)] == [1, 2]
    with pytest.raises(ValidationError):
        make_day.visit(member, home_centre)


@pytest.mark.parametrize(
    ("slot", "details", "field"),
    [
        ({"hour": 20}, {"name": "A"}, "slot"),
        ({"hour": 9}, {"name": "A"}, "slot"),  # over at ten
        ({}, {}, "name"),
        ({}, {"name": "x" * 81}, "name"),
        ({}, {"name": "A", "topic": "?"}, "topic"),
        ({}, {"name": "A", "language": "?"}, "language"),
    ],
)
def test_what_cannot_be_is_refused_by_field(staff, home_centre, slot, details, field) -> None:
    with pytest.raises(ValidationError) as refused:
        appointments.book(slot=make_day.slot(staff, home_centre, **slot), details=VisitDetails(**details), by=MACHINE)
    assert list(refused.value.message_dict) == [field]


def test_a_slot_may_be_booked_while_it_runs(staff, home_centre, monday) -> None:
    monday.move_to(make_day.TEN + dt.timedelta(minutes=10))
    assert make_day.visit(staff, home_centre, hour=10).state == "booked"


def test_another_centres_day_is_its_own(staff_member, actor) -> None:
    other = trust.centre("ELS")
    member = trust.staff("counsellor", at=other)
    make_day.shift(member, other)
    with pytest.raises(PermissionDenied):
        make_day.visit(member, other, by=actor("counsellor"))


def test_a_point_of_the_own_centre_is_run_from_there(staff_member, home_centre, actor) -> None:
    point = trust.centre("PNT", parent=home_centre, kind="outreach_point")
    member = staff_member("counsellor")
    make_day.shift(member, point)
    assert make_day.visit(member, point, by=actor("outreach_officer")).centre == point


class TestTheWholeTable:
    """Every move of every state, allowed or not, and every role."""

    @pytest.mark.parametrize("before", VisitState)
    def test_goes_only_where_the_table_says(self, staff, home_centre, before) -> None:
        visit = make_day.visit(staff, home_centre)
        for to in VisitState:
            reason = {"called_off_by": "client", "reason": "cannot_come"} if before == "cancelled" else {}
            Appointment.objects.filter(pk=visit.pk).update(state=before, **reason)
            try:
                if to == VisitState.CANCELLED:
                    appointments.call_off(visit_id=visit.pk, called_off_by="centre", reason="closed", by=MACHINE)
                else:
                    appointments.move(visit_id=visit.pk, to=to, by=MACHINE)
                moved = True
            except ValidationError:
                moved = False
            assert moved == (to in VISIT_MOVES[before]), (before, to)

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
    def test_only_who_runs_the_day_may(self, staff, home_centre, actor, role, may) -> None:
        by, visit = actor(role), make_day.visit(staff, home_centre)
        tries = [
            lambda: appointments.move(visit_id=visit.pk, to="arrived", by=by),
            lambda: appointments.call_off(visit_id=visit.pk, called_off_by="client", reason="cannot_come", by=by),
            lambda: make_day.visit(staff, home_centre, hour=12, by=by),
        ]
        for attempt in tries:
            if may:
                attempt()
            else:
                with pytest.raises(PermissionDenied):
                    attempt()


def test_the_moments_are_kept_and_undone(staff, home_centre) -> None:
    visit = make_day.visit(staff, home_centre)
    arrived = appointments.move(visit_id=visit.pk, to="arrived", by=MACHINE)
    assert arrived.arrived_at == make_day.TEN
    assert appointments.move(visit_id=visit.pk, to="booked", by=MACHINE).arrived_at is None
    for state in ("arrived", "serving", "done"):
        done = appointments.move(visit_id=visit.pk, to=state, by=MACHINE)
    assert done.served_at == done.ended_at == make_day.TEN


def test_a_visit_still_to_come_cannot_be_missed_yet(staff, home_centre) -> None:
    visit = make_day.visit(staff, home_centre, day=make_day.MONDAY + dt.timedelta(days=7))
    with pytest.raises(ValidationError, match="still to come"):
        appointments.move(visit_id=visit.pk, to="no_show", by=MACHINE)


def test_calling_off_goes_by_its_own_door_and_says_why(staff, home_centre) -> None:
    visit = make_day.visit(staff, home_centre)
    with pytest.raises(ValidationError, match="with its reason"):
        appointments.move(visit_id=visit.pk, to="cancelled", by=MACHINE)
    for who, why in (("?", "closed"), ("client", "?")):
        with pytest.raises(ValidationError):
            appointments.call_off(visit_id=visit.pk, called_off_by=who, reason=why, by=MACHINE)


def test_taking_a_no_show_back_fails_when_the_seat_is_somebody_elses(staff, home_centre) -> None:
    missed = make_day.visit(staff, home_centre)
    appointments.move(visit_id=missed.pk, to="no_show", by=MACHINE)
    make_day.visit(staff, home_centre)
    with pytest.raises(ValidationError, match="given to somebody else"):
        appointments.move(visit_id=missed.pk, to="booked", by=MACHINE)


class TestByThePublic:
    def test_a_code_is_all_it_takes(self, staff, home_centre) -> None:
        visit = make_day.public_visit(home_centre)
        assert (visit.name, visit.contact, visit.origin, visit.booked_by) == ("", "", "portal", None)
        typed = grouped(visit.code).lower()
        assert appointments.call_off_by_code(code=typed).state == "cancelled"
        assert appointments.call_off_by_code(code=typed).reason == "by_code"
        assert AuditEntry.objects.filter(action="cases.visit.call_off").count() == 1

    def test_whichever_colleague_is_free_is_taken_until_none_is(self, staff, staff_member, home_centre) -> None:
        make_day.shift(staff_member("counsellor"), home_centre)
        assert len({make_day.public_visit(home_centre).staff_id for _ in range(2)}) == 2
        with pytest.raises(ValidationError, match="just taken"):
            make_day.public_visit(home_centre)

    def test_hours_kept_for_the_desk_too_soon_and_too_far_are_not_given(self, staff_member, home_centre) -> None:
        make_day.shift(staff_member("counsellor"), home_centre, weekday=2, for_public=False)
        make_day.shift(staff_member("counsellor"), home_centre)
        tuesday, far = make_day.MONDAY + dt.timedelta(days=1), make_day.MONDAY + dt.timedelta(days=35)
        for hour, day in ((12, tuesday), (10, make_day.MONDAY), (12, far)):
            with pytest.raises(ValidationError):
                make_day.public_visit(home_centre, hour, day)

    def test_one_number_gets_two_times_and_then_a_call(self, staff, home_centre) -> None:
        for hour in (11, 12):
            make_day.public_visit(home_centre, hour, contact="+998 90 111 22 33")
        with pytest.raises(ValidationError, match="Call us"):
            make_day.public_visit(home_centre, 11, make_day.MONDAY + dt.timedelta(days=7), contact="+998 90 111 22 33")

    def test_a_second_press_gives_the_same_code(self, staff, home_centre) -> None:
        asked = {
            "centre_id": home_centre.pk,
            "starts_at": rota.at(make_day.MONDAY, dt.time(12)),
            "details": VisitDetails(),
        }
        key = once.fresh_key()
        first, second = (appointments.book_public(**asked, form_key=key) for _ in range(2))
        assert first.code == second.code

    def test_an_unknown_code_and_a_visit_that_began_are_refused(self, staff, home_centre, monday) -> None:
        for code in ("", "ABCD-2345-EFGH"):
            with pytest.raises(ValidationError, match="nothing under this code"):
                appointments.call_off_by_code(code=code)
        visit = make_day.public_visit(home_centre)
        monday.move_to(make_day.TEN + dt.timedelta(hours=3))
        with pytest.raises(ValidationError, match="has begun"):
            appointments.call_off_by_code(code=visit.code)


def test_a_slot_is_read_back_from_a_form_or_not_at_all(staff, home_centre) -> None:
    found = rota.slots(make_day.MONDAY, make_day.MONDAY, places=[home_centre.pk])[0]
    assert SlotKey.read(found.key) == SlotKey(staff.pk, home_centre.pk, found.starts_at)
    for text in ("", "a|b", "a|b|c", f"{staff.pk}|{home_centre.pk}|2026-06-01T10:00"):
        assert SlotKey.read(text) is None
