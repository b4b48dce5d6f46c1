"""Work after return without a database: bands, days, who is lost, what a reception, a step and a review may say."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from safar.cases.enums.reintegration import NEED_MOVES, PLAN_MOVES, REVIEW_MOVES, STEP_MOVES
from safar.cases.rules.cohorts import Member, cohorts, curve, period_of
from safar.cases.rules.reintegration import (
    CURRENCIES,
    NeedDetails,
    ReceptionDetails,
    ReviewDetails,
    StepDetails,
    change_of_income,
    dimension_of,
    income_bands,
    income_codes,
    may_be_lost,
    months_after,
    review_days,
)
from safar.reference.queries import codes

DAY = dt.date(2026, 5, 31)


@pytest.mark.parametrize("moves", [NEED_MOVES, PLAN_MOVES, REVIEW_MOVES, STEP_MOVES])
def test_every_state_says_what_may_follow(moves):
    states = type(next(iter(moves)))
    assert set(moves) == set(states)
    assert all(after <= set(states) for after in moves.values())


@pytest.mark.parametrize("currency", CURRENCIES)
def test_bands_of_income_follow_each_other_without_a_gap(currency):
    bands = income_bands(currency)
    assert [band.high for band in bands[:-1]] == [band.low for band in bands[1:]]
    assert (bands[0].low, bands[-1].high) == (0, None)
    assert {band.code for band in bands} < income_codes(currency)


def test_a_currency_without_bands_has_none_but_the_words():
    assert income_bands("XXX") == ()
    assert income_codes("XXX") == {"none", "untold"}


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [("none", "b1", 1), ("b3", "b2", -1), ("b2", "b2", 0), ("untold", "b1", None), ("b1", "", None)],
)
def test_income_changes_by_bands_and_only_where_both_are_told(before, after, change):
    assert change_of_income(before, after) == change


def test_months_end_where_the_month_does():
    assert months_after(dt.date(2025, 11, 30), 3) == dt.date(2026, 2, 28)
    assert months_after(DAY, -36) == dt.date(2023, 5, 31)
    assert review_days(dt.date(2025, 8, 31)) == {
        3: dt.date(2025, 11, 30),
        6: dt.date(2026, 2, 28),
        12: dt.date(2026, 8, 31),
    }


@pytest.mark.parametrize(
    ("attempts", "lost"),
    [
        ([(0, False), (7, False), (14, False)], True),
        ([(14, False), (0, False), (7, False)], True),  # in any order
        ([(0, False), (7, False), (13, False)], False),  # too quick
        ([(0, False), (0, False), (14, False)], False),  # three tries, two days
        ([(0, False), (7, False), (14, False), (15, True)], False),  # reached in the end
        ([(0, True), (1, False), (8, False), (15, False)], True),  # counted since they were last reached
        ([], False),
    ],
)
def test_lost_is_who_was_tried_on_three_days_over_two_weeks(attempts, lost):
    assert may_be_lost((DAY + dt.timedelta(days=days), reached) for days, reached in attempts) is lost


def test_a_reception_says_what_cannot_be():
    told = ReceptionDetails("self", DAY, returned_on=DAY)
    assert told.problems(DAY) == {}
    assert told.return_month == dt.date(2026, 5, 1)
    twice = replace(told, needs=(NeedDetails("cash", "met"), NeedDetails("cash", "met")))
    late = replace(twice, returned_on=DAY + dt.timedelta(days=1))
    assert late.problems(DAY - dt.timedelta(days=1)) == {
        "received_on": "future",
        "returned_on": "after_reception",
        "needs": "doubled",
    }
    assert ReceptionDetails("self", DAY).return_month is None


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({}, {}),
        ({"cost": Decimal(0)}, {}),
        ({"cost": Decimal(-1), "currency": "UZS"}, {"cost": "negative"}),
        ({"cost": Decimal(1)}, {"currency": "no_currency"}),
        ({"doer": "partner"}, {"doer_name": "no_name"}),
        ({"doer": "partner", "doer_name": "Monocentre"}, {}),
    ],
)
def test_a_step_says_what_cannot_be(fields, problems):
    assert StepDetails(**({"text": "Learn", "doer": "client", "due_on": DAY} | fields)).problems() == problems


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"contact": "in_contact"}, {}),
        ({"contact": "in_contact", "currency": "UZS", "income_after": "b5", "ratings": {"overall": 5}}, {}),
        ({"contact": "in_contact", "currency": "XXX", "income_before": "b1"}, {"income_before": "income"}),
        ({"contact": "in_contact", "ratings": {"overall": 6}}, {"ratings": "rating"}),
        ({"contact": "lost"}, {"reason": "no_reason"}),
        ({"contact": "lost", "reason": "unreachable", "work_after": "employed"}, {"contact": "not_asked"}),
        ({"contact": "dropped_out", "reason": "moved"}, {}),
    ],
)
def test_a_review_says_what_cannot_be(fields, problems):
    assert ReviewDetails(held_on=DAY, **fields).problems() == problems


def test_every_service_one_can_refer_to_has_a_dimension():
    without = {value.code for value in codes.code_list("referral_service").values if not dimension_of(value.code)}
    assert without <= {"other"}
    assert dimension_of("MHPSS") == "psychosocial"
    assert dimension_of("study_abroad") == ""


class TestCohorts:
    START = dt.date(2025, 1, 10)
    TODAY = dt.date(2025, 9, 1)

    def member(self, days: int | None = None, how: str = "left", month: int = 1, **fields) -> Member:
        ended = self.START + dt.timedelta(days=days) if days is not None else None
        told = {"month": dt.date(2025, month, 1), "start": self.START, "sex": "male", "return_type": "forced"}
        return Member(**(told | {"how": how if ended else "still_in", "ended_on": ended} | fields))

    def test_a_quarter_holds_its_three_months(self):
        assert [period_of(dt.date(2025, month, 7), quarterly=True).month for month in (1, 3, 4, 12)] == [1, 1, 4, 10]
        assert period_of(dt.date(2025, 5, 7), quarterly=False) == dt.date(2025, 5, 1)

    def test_a_group_says_of_whom_it_can_be_known_and_who_was_there(self):
        group = [self.member(), self.member(60), self.member(120, met=frozenset({3})), self.member(30, "finished")]
        later, first = cohorts([*group, self.member(month=4)], quarterly=True, today=self.TODAY)
        assert (first.people, first.left, first.finished, first.still_in) == (4, 2, 1, 1)
        assert [(mark.months, mark.due, mark.kept, mark.met) for mark in first.marks] == [
            (3, 4, 3, 1),
            (6, 4, 2, 0),
            (12, 0, 0, 0),
        ]
        assert later.people == 1

    def test_leaving_is_the_event_and_all_else_censors(self):
        group = [self.member(10), self.member(20, "finished"), self.member(30), self.member()]
        found = curve(group, today=self.TODAY)
        assert [(step.time, step.events) for step in found.steps] == [(10, 1), (20, 0), (30, 1), (234, 0)]
        assert [step.survival for step in found.steps] == pytest.approx([0.75, 0.75, 0.375, 0.375])
