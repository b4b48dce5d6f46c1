"""Views add up, reach does not."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safar
from safar.campaigns import rules
from safar.campaigns.enums import TRANSITIONS, CampaignState, Measure
from safar.campaigns.rules import (
    ACCOUNT_TYPES,
    EVENT_TYPES,
    CountedTwiceError,
    DifferentExposuresError,
    Followers,
    Likes,
    Reach,
    ReachNotAddableError,
    Spend,
    UniqueViewers,
    Views,
    Window,
    total,
)

JAN = Window(dt.date(2026, 1, 1), dt.date(2026, 1, 31))
FEB = Window(dt.date(2026, 2, 1), dt.date(2026, 2, 28))


def test_views_of_two_posts_add_up():
    both = Views.of(1521, platform="facebook", key="a") + Views.of(15238, platform="facebook", key="b")
    assert both == Views(
        Decimal(16759), "facebook", "lifetime", frozenset({("a", rules.LIFETIME), ("b", rules.LIFETIME)})
    )


@pytest.mark.parametrize("kind", ACCOUNT_TYPES.values())
def test_nothing_that_counts_accounts_adds_up(kind):
    one, other = kind.of(929, platform="facebook", key="a"), kind.of(8221, platform="facebook", key="b")
    with pytest.raises(ReachNotAddableError):
        one + other
    with pytest.raises(ReachNotAddableError):
        sum([one, other])
    with pytest.raises(ReachNotAddableError):
        one + 5


def test_reach_cannot_hide_behind_views():
    views, reach = Views.of(10, platform="facebook", key="a"), Reach.of(9, platform="facebook", key="b")
    with pytest.raises((ReachNotAddableError, TypeError)):
        views + reach
    with pytest.raises(ReachNotAddableError):
        reach + views


@pytest.mark.parametrize(
    "other",
    [
        Likes.of(3, platform="facebook", key="b"),
        Views.of(3, platform="instagram", key="b"),
        Views.of(3, platform="facebook", key="b", window=JAN),
    ],
    ids=["another measure", "another platform", "another kind of window"],
)
def test_different_things_do_not_add_up(other):
    with pytest.raises(DifferentExposuresError):
        Views.of(3, platform="facebook", key="a") + other


def test_money_adds_up_in_one_currency_only():
    uzs, eur = (Spend.of(5, platform="facebook", key=c, currency=c) for c in ("UZS", "EUR"))
    with pytest.raises(DifferentExposuresError):
        uzs + eur


def test_a_post_is_not_counted_twice_when_its_figures_were_captured_twice():
    with pytest.raises(CountedTwiceError):
        Views.of(3, platform="facebook", key="a") + Views.of(5, platform="facebook", key="a")


def test_overlapping_periods_of_one_post_do_not_add_up():
    inside = Window(dt.date(2026, 1, 31), dt.date(2026, 2, 3))
    with pytest.raises(CountedTwiceError):
        Views.of(3, platform="facebook", key="a", window=JAN) + Views.of(1, platform="facebook", key="a", window=inside)


def test_following_periods_of_one_post_add_up():
    both = Views.of(3, platform="facebook", key="a", window=JAN) + Views.of(4, platform="facebook", key="a", window=FEB)
    assert both.value == 7


def test_a_lifetime_shares_every_day_and_periods_share_those_in_both():
    assert rules.LIFETIME.shares_a_day_with(JAN)
    assert JAN.shares_a_day_with(rules.LIFETIME)
    assert JAN.shares_a_day_with(Window(dt.date(2026, 1, 31), dt.date(2026, 1, 31)))
    assert not JAN.shares_a_day_with(FEB)


def test_an_event_and_a_plain_number_do_not_add_up():
    with pytest.raises(TypeError):
        Views.of(3, platform="facebook", key="a") + 3


@given(st.lists(st.integers(0, 10**9), max_size=20))
def test_a_total_is_the_sum_of_its_parts_and_nothing_measured_is_not_zero(values):
    result = total(Views.of(value, platform="vk", key=str(n)) for n, value in enumerate(values))
    assert (result.value if result else None) == (sum(values) if values else None)


@pytest.mark.parametrize("days", [(None, dt.date(2026, 1, 1)), (dt.date(2026, 1, 1), None), (FEB.start, JAN.start)])
def test_a_window_has_both_ends_in_order(days):
    with pytest.raises(ValueError, match="window"):
        Window(*days)


def test_every_measure_is_exactly_one_type():
    assert EVENT_TYPES.keys() & ACCOUNT_TYPES.keys() == set()
    assert EVENT_TYPES.keys() | ACCOUNT_TYPES.keys() == set(Measure.values)
    assert {m for m in Measure.values if not rules.is_addable(m)} == {"reach", "unique_viewers", "followers"}
    assert {Reach, UniqueViewers, Followers} == set(ACCOUNT_TYPES.values())


def test_states_lead_only_to_states_and_planned_to_closed_is_reachable():
    assert set(TRANSITIONS) == set(CampaignState)
    walk = [CampaignState.PLANNED, CampaignState.RUNNING, CampaignState.CLOSED, CampaignState.RUNNING]
    assert all(after in TRANSITIONS[before] for before, after in pairwise(walk))


@pytest.mark.slow
def test_the_type_checker_refuses_to_add_reach(tmp_path, monkeypatch):
    from mypy import api

    monkeypatch.setenv("MYPYPATH", str(Path(safar.__file__).parents[1]))
    program = tmp_path / "adds.py"
    program.write_text(
        "from safar.campaigns.rules import Likes, Reach, Views\n"
        'reach = Reach.of(1, platform="vk", key="a")\n'
        'views = Views.of(1, platform="vk", key="a")\n'
        "views + views\n"
        "reach + reach\n"
        "sum([reach, reach])\n"
        'views + Likes.of(1, platform="vk", key="a")\n'
    )
    report, _, status = api.run(
        [
            "--config-file=",
            "--strict",
            "--no-incremental",
            "--no-error-summary",
            "--follow-imports=silent",
            str(program),
        ]
    )
    lines = {int(line.split(":")[1]) for line in report.splitlines() if "error:" in line}
    assert status == 1
    assert lines == {5, 6, 7}, report
