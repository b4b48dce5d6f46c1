"""Hours into slots, holidays, seats and turns: pure, without a database."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.cases.enums import day as enums
from safar.cases.queries.holidays import load
from safar.cases.rules import day as rules
from safar.cases.rules.day import Hours, Taken, VisitDetails, clash, free_seat, holidays_of, urgency, waited
from safar.cases.rules.moves import may_move
from safar.kernel.ids import new_id
from safar.reference.queries.codes import code_list

STAFF, PLACE = new_id(), new_id()
MORNING = Hours(STAFF, PLACE, dt.time(9), dt.time(12, 40), 45)
NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def test_hours_give_the_slots_that_fit_wholly() -> None:
    assert [start.strftime("%H:%M") for start in MORNING.slot_starts()] == ["09:00", "09:45", "10:30", "11:15"]


@given(st.integers(0, 20), st.integers(1, 200), st.integers(10, 240))
@settings(max_examples=25)
def test_slots_neither_overlap_nor_leave_the_hours(start: int, length: int, minutes: int) -> None:
    end = min(start * 60 + length, 23 * 60 + 59)
    stretch = Hours(STAFF, PLACE, dt.time(start), dt.time(end // 60, end % 60), minutes)
    starts = [each.hour * 60 + each.minute for each in stretch.slot_starts()]
    assert all(second - first == minutes for first, second in pairwise(starts))
    assert all(start * 60 <= each and each + minutes <= end for each in starts)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, {}),
        ({"ends": dt.time(9)}, {"ends": "before_start"}),
        ({"slot_minutes": 5}, {"slot_minutes": "impossible"}),
        ({"slot_minutes": 230}, {"slot_minutes": "does_not_fit"}),
        ({"seats": 0}, {"seats": "impossible"}),
    ],
)
def test_impossible_hours_are_named_by_field(fields, found) -> None:
    assert replace(MORNING, **fields).problems() == found


def test_two_desks_at_a_time_clash_and_neighbours_do_not() -> None:
    assert clash(MORNING, replace(MORNING, starts=dt.time(12), ends=dt.time(14)))
    assert not clash(MORNING, replace(MORNING, starts=dt.time(12, 40), ends=dt.time(14)))
    assert not clash(MORNING, replace(MORNING, staff_id=PLACE))


def _holidays(country: str, year: int, weekend=(6, 7)) -> list[dt.date]:
    file = load(country)
    fixed = [(day.month, day.day, str(day.label)) for day in file.days]
    return list(holidays_of(year, fixed, weekend, moves=file.moves_from_weekend))


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("UZ", dt.date(2024, 12, 9)),  # 8 December 2024 was a Sunday; the ministry named the Monday
        ("UZ", dt.date(2025, 3, 10)),  # 8 March 2025 was a Saturday
        ("TJ", dt.date(2021, 3, 25)),  # Navruz began on a Sunday: off until Thursday
        ("TJ", dt.date(2012, 3, 26)),  # its last day fell on a Saturday
        ("KG", dt.date(2026, 8, 31)),
    ],
)
def test_holidays_come_out_as_the_authorities_announced_them(country, day) -> None:
    assert day in _holidays(country, day.year)


def test_where_the_law_no_longer_moves_them_monday_is_a_working_day() -> None:
    assert dt.date(2026, 3, 9) not in _holidays("KG", 2026)  # 8 March 2026 is a Sunday


def test_every_country_of_the_network_names_its_law_and_an_unknown_one_has_no_file() -> None:
    for country in ("UZ", "KG", "TJ"):
        file = load(country)
        assert file.country == country
        assert "aw" in file.source or "ode" in file.source
    assert load("AQ") is None


def test_a_seat_is_free_until_all_are_taken() -> None:
    taken = [Taken(NOON, 30, 1), Taken(NOON, 30, 2)]
    assert free_seat(NOON, 30, 3, taken) == 3
    assert free_seat(NOON, 30, 3, taken[1:]) == 1
    assert free_seat(NOON, 30, 2, taken) is None


def test_a_visit_of_another_length_fills_every_slot_it_reaches_into() -> None:
    longer = [Taken(NOON - dt.timedelta(minutes=15), 30, 1)]
    assert free_seat(NOON, 30, 5, longer) is None
    assert free_seat(NOON + dt.timedelta(minutes=15), 30, 5, longer) == 1


def test_need_goes_first_and_a_long_wait_counts_as_need() -> None:
    assert [urgency(need, 0) for need in ("emergency", "returned_today", "ordinary", "unheard of")] == [0, 1, 2, 2]
    assert urgency("ordinary", rules.LONG_WAIT_MINUTES) == 1
    assert urgency("danger", 500) == 0


def test_every_need_of_the_list_has_its_place_in_the_order() -> None:
    assert {value.code for value in code_list("walk_in_need").values} == set(rules.URGENCY)


def test_waiting_is_whole_minutes_and_never_below_nothing() -> None:
    assert waited(NOON, NOON + dt.timedelta(seconds=119)) == 1
    assert waited(NOON, NOON - dt.timedelta(seconds=5)) == 0


def test_long_words_are_named() -> None:
    assert VisitDetails(name="x" * 81, contact="y" * 121).problems() == {"name": "too_long", "contact": "too_long"}


@pytest.mark.parametrize(
    ("states", "moves"),
    [
        (enums.VisitState, enums.VISIT_MOVES),
        (enums.TicketState, enums.TICKET_MOVES),
        (enums.CallState, enums.CALL_MOVES),
    ],
)
def test_every_state_is_in_the_table_and_can_be_reached(states, moves) -> None:
    assert set(moves) == set(states)
    reached, frontier = {next(iter(states))}, [next(iter(states))]
    while frontier:
        frontier = [to for state in frontier for to in moves[state] if to not in reached]
        reached |= set(frontier)
    assert reached == set(states)


def test_what_is_over_stays_over() -> None:
    assert not any(may_move(enums.VISIT_MOVES, "done", to) for to in enums.VisitState)
    assert set(enums.ENDS_CALL.values()) == set(enums.CallState) - {enums.CallState.OPEN}
