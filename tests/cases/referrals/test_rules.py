"""What is true of a referral whatever stores it: next dates, late ones, links, and the way of its states."""

import datetime as dt

import pytest

from safar.cases.enums.referrals import (
    ANSWERS,
    ENDED_REFERRALS,
    LEADS_TO,
    OPEN_REFERRALS,
    OUTCOMES,
    REASON_LISTS,
    REFERRAL_MOVES,
    REFERRAL_NEEDS_REASON,
    WITH_PARTNER,
    LinkRule,
    PartnerAnswer,
    ReferralState,
)
from safar.cases.rules import referrals as rules
from safar.reference.queries.codes import code_list

DAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("state", "proposed", "expected"),
    [
        ("sent", None, DAY - dt.timedelta(days=3)),
        ("accepted", None, DAY + dt.timedelta(days=14)),
        ("accepted", DAY + dt.timedelta(days=4), DAY + dt.timedelta(days=4)),
        ("served", DAY, DAY + dt.timedelta(days=30)),
        ("completed", None, DAY + dt.timedelta(days=7)),
    ],
)
def test_after_each_step_there_is_a_next_date(state, proposed, expected):
    assert rules.next_on(state, DAY - dt.timedelta(days=3), DAY, proposed) == expected


def test_the_more_urgent_the_sooner_the_coordinator_hears_of_it():
    days = [(rules.escalates_on(DAY, urgency) - DAY).days for urgency in rules.DUE_DAYS]
    assert days == [1, 2, 4, 8]
    assert rules.escalates_on(DAY, "no such urgency") == rules.escalates_on(DAY, "routine")
    assert set(rules.ESCALATE_AFTER_DAYS) == set(rules.DUE_DAYS)


def test_trafficking_and_police_never_go_by_link_and_what_tells_the_need_needs_a_code():
    assert {service for service, rule in rules.LINK_RULES.items() if rule == "never"} == {
        "NRM_trafficking",
        "police_on_request",
    }
    assert rules.link_rule("legal_aid") == LinkRule.OPEN
    assert set(rules.LINK_RULES.values()) <= set(LinkRule)
    sensitive = {value.code for value in code_list("referral_service").values if value.sensitive}
    assert sensitive <= set(rules.LINK_RULES) == rules.TELLING_SERVICES


def test_a_token_has_more_than_128_bits():
    assert rules.TOKEN_BYTES * 8 >= 128


class TestTheTableOfStates:
    def test_every_answer_of_a_partner_is_a_move_forward(self):
        for state, answers in ANSWERS.items():
            assert state in WITH_PARTNER
            for answer in answers:
                assert answer == PartnerAnswer.PROPOSE or LEADS_TO[answer] in REFERRAL_MOVES[state]

    def test_the_partner_can_neither_send_nor_speak_for_the_client(self):
        reached = set(LEADS_TO.values())
        assert not reached & {
            ReferralState.SENT,
            ReferralState.CONFIRMED,
            ReferralState.CLOSED,
            ReferralState.CANCELLED,
        }

    def test_every_reason_comes_from_a_list_with_a_way_out(self):
        assert set(REASON_LISTS) == set(REFERRAL_NEEDS_REASON)
        for name in REASON_LISTS.values():
            assert "other" in {value.code for value in code_list(name).values}

    def test_the_client_may_take_it_back_until_the_service_is_over(self):
        assert {state for state, after in REFERRAL_MOVES.items() if ReferralState.CANCELLED in after} == {
            ReferralState.DRAFT,
            *WITH_PARTNER,
        }

    def test_every_referral_that_was_answered_ends_with_the_client(self):
        for state in (ReferralState.COMPLETED, ReferralState.FAILED):
            assert REFERRAL_MOVES[state] == {ReferralState.CONFIRMED}
            assert state in OPEN_REFERRALS & OUTCOMES
        assert {ReferralState.REFUSED, ReferralState.CLOSED, ReferralState.CANCELLED} == ENDED_REFERRALS
