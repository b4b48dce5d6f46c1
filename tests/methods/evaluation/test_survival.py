"""The curve against published numbers and against a second way to it, in fractions and without SciPy."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.methods.evaluation.survival import kaplan_meier

# Weeks in remission under 6-MP: Freireich et al. (1963), as printed by Gehan (1965) and in most textbooks since.
EVENTS = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PUBLISHED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
AT_RISK = {6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6}
# Standard errors of Greenwood printed beside the estimates (Kleinbaum and Klein 2012, chapter 2; R survfit).
ERRORS = {6: 0.0764, 7: 0.0869, 10: 0.0963, 13: 0.1068, 16: 0.1141, 22: 0.1282, 23: 0.1346}


@pytest.fixture(scope="module")
def remission():
    return kaplan_meier([*EVENTS, *CENSORED], [True] * len(EVENTS) + [False] * len(CENSORED))


def by_hand(times, ended):
    """Multiply (1 - d/n) over the distinct event times, in fractions; Greenwood's sum beside it."""
    share, sum_ = Fraction(1), Fraction(0)
    for time in sorted(set(times)):
        at_risk = sum(1 for other in times if other >= time)
        events = sum(1 for other, end in zip(times, ended, strict=True) if other == time and end)
        share *= 1 - Fraction(events, at_risk)
        sum_ += Fraction(events, at_risk * (at_risk - events)) if at_risk > events else 0
        yield time, at_risk, share, sum_


def interval_by_hand(share, sum_, z=1.959963984540054):
    """The exponential Greenwood interval as the formula is printed (Kalbfleisch and Prentice, section 1.4)."""
    spread = z * math.sqrt(sum_) / abs(math.log(share))
    return float(share) ** math.exp(spread), float(share) ** math.exp(-spread)


@pytest.mark.parametrize("week", PUBLISHED)
def test_the_published_remission_times_come_out_as_printed(remission, week):
    step = next(step for step in remission.steps if step.time == week)
    assert round(step.survival, 3) == PUBLISHED[week]
    assert step.at_risk == AT_RISK[week]


def test_the_printed_standard_errors_give_the_same_interval(remission):
    for week, error in ERRORS.items():
        step = remission.at(week)
        spread = 1.959964 * error / (step.survival * abs(math.log(step.survival)))
        assert step.low == pytest.approx(step.survival ** math.exp(spread), abs=0.001)
        assert step.high == pytest.approx(step.survival ** math.exp(-spread), abs=0.001)


def test_events_and_censorings_of_one_time_are_told_apart(remission):
    six = remission.steps[0]
    assert (six.time, six.events, six.censored) == (6, 3, 1)
    assert (remission.people, remission.median) == (21, 23)


def test_between_steps_the_last_one_holds_and_before_the_first_everybody_stays(remission):
    assert remission.at(8).survival == remission.at(7).survival
    assert remission.at(8).at_risk == 16
    start = remission.at(5.9)
    assert (start.survival, start.at_risk, start.low) == (1, 21, None)


def test_beyond_the_last_follow_up_nothing_is_known(remission):
    assert remission.at(35).survival == pytest.approx(PUBLISHED[23], abs=0.001)
    assert remission.at(35.1) is None
    assert remission.at_risk(36) == 0


def test_a_group_that_all_left_stays_at_nobody():
    gone = kaplan_meier([1, 2], [True, True])
    assert [step.survival for step in gone.steps] == [0.5, 0]
    assert gone.at(99).survival == 0
    assert gone.steps[-1].low is None


def test_nobody_makes_no_curve():
    empty = kaplan_meier([], [])
    assert (empty.steps, empty.median, empty.at(0)) == ((), None, None)


@pytest.mark.parametrize(
    ("times", "ended", "confidence"),
    [([1], [], 0.95), ([-1], [True], 0.95), ([math.nan], [True], 0.95), ([1], [True], 1.5), ([[1]], [[True]], 0.95)],
)
def test_what_is_no_follow_up_is_refused(times, ended, confidence):
    with pytest.raises(ValueError, match=r"time|confidence"):
        kaplan_meier(times, ended, confidence=confidence)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=25))
def test_the_curve_and_its_interval_equal_the_second_way(group):
    times, ended = [time for time, _end in group], [end for _time, end in group]
    curve = kaplan_meier(times, ended)
    for step, (time, at_risk, share, sum_) in zip(curve.steps, by_hand(times, ended), strict=True):
        assert (step.time, step.at_risk) == (time, at_risk)
        assert step.survival == pytest.approx(float(share), abs=1e-12)
        if 0 < share < 1:
            assert (step.low, step.high) == pytest.approx(interval_by_hand(share, sum_), abs=1e-9)
