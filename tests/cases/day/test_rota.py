"""The weekly pattern, the days that differ, and what is left to give away."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import rota as actions
from safar.cases.actions.rota import ChangeDetails
from safar.cases.models import RotaChange
from safar.cases.queries import holidays, rota
from safar.kernel.actor import MACHINE
from tests.factories import day as make
from tests.factories import trust

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NEXT = make.MONDAY + dt.timedelta(days=7)


@pytest.fixture
def staff(staff_member):
    return staff_member("counsellor")


def _hours(day, *places):
    return rota.hours(day, day, places=[place.pk for place in places])[day]


def test_the_week_repeats_until_it_ends(staff, home_centre) -> None:
    shift = make.shift(staff, home_centre)
    assert str(shift) == "1 09:00–13:00"
    assert _hours(make.MONDAY, home_centre)
    assert not _hours(make.MONDAY + dt.timedelta(days=1), home_centre)
    actions.end(shift_id=shift.pk, last_day=make.MONDAY, by=MACHINE)
    assert _hours(make.MONDAY, home_centre)
    assert not _hours(NEXT, home_centre)


def test_a_planned_week_that_never_began_ends_before_it_does(staff, home_centre) -> None:
    shift = actions.plan(weekdays=[1], hours=make.hours(staff, home_centre), valid_from=NEXT, by=MACHINE)[0]
    ended = actions.end(shift_id=shift.pk, last_day=make.MONDAY, by=MACHINE)
    assert ended.valid_until == NEXT - dt.timedelta(days=1)
    with pytest.raises(ValidationError):
        actions.end(shift_id=shift.pk, last_day=dt.date(2026, 1, 1), by=MACHINE)


def test_a_holiday_by_law_empties_the_week_and_hours_entered_for_the_day_stand(staff, home_centre) -> None:
    day = dt.date(2026, 9, 1)
    make.shift(staff, home_centre, weekday=day.isoweekday())
    assert str(holidays.holiday_on(day)) == "Independence Day"
    assert not _hours(day, home_centre)
    make.besides(staff, home_centre, day)
    assert len(_hours(day, home_centre)) == 1


def test_a_country_without_a_file_has_only_the_holidays_staff_enter(settings, monkeypatch) -> None:
    monkeypatch.setattr(holidays, "load", lambda _country: None)
    holidays._of_year.cache_clear()
    holidays._labels.cache_clear()
    assert holidays.holiday_on(dt.date(2026, 1, 1)) is None
    holidays._of_year.cache_clear()
    holidays._labels.cache_clear()


@pytest.mark.parametrize(
    ("of_staff", "of_place", "left"), [(False, False, 0), (True, False, 1), (False, True, 1), (True, True, 2)]
)
def test_a_day_off_concerns_whom_it_names(staff, staff_member, of_staff, of_place, left) -> None:
    """Two colleagues at the centre and one of them at a point: nobody named means everybody, no place all of them."""
    home_centre = staff.centre
    point, other = trust.centre("PNT", parent=home_centre), staff_member("counsellor")
    make.shift(staff, home_centre)
    make.shift(other, home_centre)
    make.shift(staff, point, starts=14, ends=16)
    make.off(
        NEXT,
        reason="holiday",
        name="Qurbon hayit",
        staff_id=staff.pk if of_staff else None,
        centre_id=home_centre.pk if of_place else None,
    )
    assert len(_hours(NEXT, home_centre, point)) == left


def test_whoever_is_on_the_road_is_not_at_their_desk(staff, home_centre) -> None:
    team = trust.centre("BUS", parent=home_centre, kind="mobile_team")
    make.shift(staff, home_centre)
    make.besides(staff, team, NEXT, reason="mobile", name="Bazaar of Chirchiq")
    assert [(one.centre_id, one.place) for one in _hours(NEXT, home_centre, team)] == [(team.pk, "Bazaar of Chirchiq")]
    assert make.visit(staff, team, day=NEXT).place == "Bazaar of Chirchiq"


def test_nobody_is_planned_for_two_desks_at_a_time(staff, home_centre) -> None:
    point = trust.centre("PNT", parent=home_centre)
    make.shift(staff, home_centre)
    with pytest.raises(ValidationError, match="planned already"):
        make.shift(staff, point, starts=12, ends=14)
    with pytest.raises(ValidationError, match="planned already"):
        make.besides(staff, point, NEXT, starts=12, ends=14)
    make.besides(staff, point, NEXT, starts=14, ends=15, reason="mobile", name="School")
    with pytest.raises(ValidationError, match="planned already"):
        make.besides(staff, point, NEXT, starts=14, ends=15, reason="mobile", name="Market")


@pytest.mark.parametrize(
    ("weekdays", "fields", "since", "field"),
    [
        ([], {}, make.MONDAY, "weekdays"),
        ([8], {}, make.MONDAY, "weekdays"),
        ([1], {"starts": 14}, make.MONDAY, "ends"),
        ([1], {"slot_minutes": 241}, make.MONDAY, "slot_minutes"),
        ([1], {"seats": 99}, make.MONDAY, "seats"),
        ([1], {}, dt.date(2026, 1, 1), "valid_from"),
    ],
)
def test_an_impossible_week_is_refused_by_field(staff, weekdays, fields, since, field) -> None:
    home_centre = staff.centre
    with pytest.raises(ValidationError) as refused:
        actions.plan(weekdays=weekdays, hours=make.hours(staff, home_centre, **fields), valid_from=since, by=MACHINE)
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "?"}, "kind"),
        ({"reason": "?"}, "reason"),
        ({"day": dt.date(2026, 1, 1)}, "day"),
        ({"kind": "extra"}, "staff"),
        ({"reason": "holiday"}, "name"),
        ({"reason": "mobile"}, "name"),
    ],
)
def test_an_impossible_day_is_refused_by_field(fields, field) -> None:
    details = ChangeDetails(**({"kind": "off", "day": NEXT, "reason": "closed"} | fields))
    with pytest.raises(ValidationError) as refused:
        actions.change(details=details, by=MACHINE)
    assert list(refused.value.message_dict) == [field]


def test_a_change_is_taken_back(staff, home_centre) -> None:
    for change in (make.off(NEXT, staff_id=staff.pk), make.off(NEXT, reason="closed", centre_id=home_centre.pk)):
        assert str(change) == "off 2026-06-08"
        actions.take_back(change_id=change.pk, by=MACHINE)
    assert not RotaChange.objects.exists()


def test_one_centre_closes_no_other_but_a_holiday_is_everybodys(staff, actor, home_centre) -> None:
    by = actor("coordinator")
    with pytest.raises(ValidationError, match="Choose the place"):
        make.off(NEXT, reason="closed", by=by)
    with pytest.raises(PermissionDenied):
        make.off(NEXT, centre_id=trust.centre("ELS").pk, by=by)
    assert make.off(NEXT, reason="holiday", name="Qurbon hayit", by=by).pk
    assert len(rota.changes_ahead(by=by)) == 1


@pytest.mark.parametrize("role", ["counsellor", "outreach_officer", "ministry_viewer", "administrator"])
def test_only_a_coordinator_plans(staff, home_centre, actor, role) -> None:
    shift, change, by = make.shift(staff, home_centre), make.off(NEXT, staff_id=staff.pk), actor(role)
    for attempt in (
        lambda: make.shift(staff, home_centre, weekday=2, by=by),
        lambda: actions.end(shift_id=shift.pk, last_day=NEXT, by=by),
        lambda: make.off(NEXT, by=by),
        lambda: actions.take_back(change_id=change.pk, by=by),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_slots_tell_what_is_left_and_the_next_free_ones_are_offered(staff, home_centre, actor) -> None:
    make.shift(staff, home_centre, seats=2)
    make.visit(staff, home_centre, hour=10)
    every = rota.slots(make.MONDAY, make.MONDAY, places=[home_centre.pk])
    assert [slot.left for slot in every] == [2, 2, 1, 2, 2, 2, 2, 2]
    make.visit(staff, home_centre, hour=10)
    ahead = rota.next_free(home_centre.pk)
    assert [rota.local(slot.starts_at).strftime("%d %H:%M") for slot in ahead] == ["01 10:30", "01 11:00", "01 11:30"]
    assert [shift.staff for shift in rota.week(by=actor("counsellor"))] == [staff]


def test_the_number_of_queries_does_not_grow_with_the_days(staff, home_centre, django_assert_num_queries) -> None:
    for weekday in range(1, 6):
        make.shift(staff, home_centre, weekday=weekday)
    for days in (0, 60):
        with django_assert_num_queries(3):
            rota.slots(make.MONDAY, make.MONDAY + dt.timedelta(days=days), places=[home_centre.pk])


def test_the_public_sees_one_time_however_many_are_free(staff, staff_member, home_centre) -> None:
    make.shift(staff, home_centre)
    make.shift(staff_member("counsellor"), home_centre)
    shown = rota.for_public(home_centre.pk)
    assert [rota.local(slot.starts_at).strftime("%d %H:%M") for slot in shown[:4]] == [
        "01 11:00",
        "01 11:30",
        "01 12:00",
        "01 12:30",
    ]
    assert len({slot.starts_at for slot in shown}) == len(shown)
