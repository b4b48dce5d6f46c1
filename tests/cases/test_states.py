"""States are data: every state is either open or ended, and every move leads to a known state."""

import pytest

from safar.cases.enums import cases, referrals
from safar.cases.rules.moves import may_move
from safar.cases.rules.referrals import DUE_DAYS
from safar.reference.queries.codes import code_list

SETS = [
    (cases.CaseState, cases.CASE_MOVES, cases.OPEN_CASES, cases.CLOSED_CASES, cases.CASE_NEEDS_REASON),
    (
        referrals.ReferralState,
        referrals.REFERRAL_MOVES,
        referrals.OPEN_REFERRALS,
        referrals.ENDED_REFERRALS,
        referrals.REFERRAL_NEEDS_REASON,
    ),
]


@pytest.mark.parametrize(("states", "moves", "is_open", "ended", "needs_reason"), SETS)
def test_states_fall_into_open_and_ended(states, moves, is_open, ended, needs_reason):
    assert is_open | ended == set(states)
    assert not is_open & ended
    assert needs_reason <= set(states)


@pytest.mark.parametrize(("states", "moves", "is_open", "ended", "needs_reason"), SETS)
def test_an_ended_state_leads_nowhere_and_an_open_one_somewhere(states, moves, is_open, ended, needs_reason):
    assert set(moves) == set(states)
    assert all(not moves[state] for state in ended)
    assert all(moves[state] for state in is_open)


@pytest.mark.parametrize(("states", "moves", "is_open", "ended", "needs_reason"), SETS)
def test_every_state_can_be_reached_from_the_first(states, moves, is_open, ended, needs_reason):
    first = next(iter(states))
    reached, frontier = {first}, [first]
    while frontier:
        frontier = [to for state in frontier for to in moves[state] if to not in reached]
        reached |= set(frontier)
    assert reached == set(states)


def test_a_move_is_allowed_only_by_the_table():
    assert may_move(cases.CASE_MOVES, "active", "follow_up")
    assert not may_move(cases.CASE_MOVES, "closed", "active")
    assert not may_move(cases.CASE_MOVES, "no such state", "open")


def test_states_are_the_codes_every_centre_reports():
    assert set(cases.CaseState) == {value.code for value in code_list("case_status").values}


def test_every_urgency_has_its_days():
    assert set(DUE_DAYS) == {value.code for value in code_list("referral_urgency").values}
