"""Every step of a referral, by every role: who may, along which states, and nobody else; the partner by link is one of them."""

from dataclasses import dataclass
from itertools import product
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from safar.cases.actions import referral_incoming, referral_links, referrals
from safar.cases.enums.referrals import ANSWERS, LEADS_TO, REASON_LISTS, REFERRAL_MOVES, PartnerAnswer, ReferralState
from safar.cases.models import Referral
from safar.cases.queries import referral_figures
from safar.cases.queries import referrals as reads
from safar.cases.rules.referrals import Answer, ReferralDetails
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.trust.models import Centre
from safar.trust.permissions import ROLES
from tests.factories import referrals as make

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class At:
    """A referral, the centre it is of, and who tries something with it."""

    key: UUID
    centre: Centre
    by: Actor


WORKS_WITH_CLIENTS = {"counsellor", "coordinator"}
ACTIONS = {
    "draft": lambda at: referrals.draft(details=ReferralDetails("legal_aid", "x"), centre=at.centre, by=at.by),
    "send": lambda at: referrals.send(referral_id=at.key, by=at.by),
    "letter": lambda at: referrals.letter(referral_id=at.key, by=at.by),
    "move": lambda at: referrals.move(referral_id=at.key, to="accepted", by=at.by),
    "withdraw": lambda at: referrals.withdraw(referral_id=at.key, by=at.by),
    "confirm": lambda at: referrals.confirm(referral_id=at.key, answer="yes", by=at.by),
    "close": lambda at: referrals.close(referral_id=at.key, words="x", by=at.by),
    "postpone": lambda at: referrals.postpone(referral_id=at.key, until=today(), by=at.by),
    "note_seen": lambda at: referrals.note_seen(referral_id=at.key, by=at.by),
    "make a link": lambda at: referral_links.make(referral_id=at.key, language="ru", by=at.by),
    "revoke a link": lambda at: referral_links.revoke(referral_id=at.key, by=at.by),
    "receive": lambda at: referral_incoming.receive(referral_id=at.key, by=at.by),
    "be told": lambda at: referral_incoming.shown(referral_id=at.key, by=at.by),
    "answer": lambda at: referral_incoming.answer(referral_id=at.key, given=Answer("accept"), by=at.by),
    "list": lambda at: reads.waiting(by=at.by),
    "incoming": lambda at: reads.incoming(by=at.by),
    "news": lambda at: reads.news(by=at.by),
    "open": lambda at: reads.get(at.key, by=at.by),
    "figures": lambda at: referral_figures.of_period(since=today(), until=today(), by=at.by),
}


@pytest.fixture
def referral(home_centre) -> Referral:
    return make.sent(home_centre)


@pytest.mark.parametrize("role", sorted(set(ROLES) - WORKS_WITH_CLIENTS))
def test_who_does_no_client_work_is_refused_every_step(role, actor, referral, home_centre):
    by = actor(role)
    for action in ACTIONS.values():
        with pytest.raises(PermissionDenied):
            action(At(referral.pk, home_centre, by))


def test_only_the_coordinator_is_told_of_what_is_late_for_long(actor):
    assert list(reads.escalated(by=actor("coordinator"))) == []
    for role in set(ROLES) - {"coordinator"}:
        with pytest.raises(PermissionDenied):
            reads.escalated(by=actor(role))


def _goes(referral: Referral, state: ReferralState, step) -> bool:
    """Try a step from a state and take it back."""
    try:
        with transaction.atomic():
            Referral.objects.filter(pk=referral.pk).update(state=state)
            step()
            transaction.set_rollback(True)
    except ValidationError:
        return False
    return True


def _why(state: str) -> str:
    names = {str(key): name for key, name in REASON_LISTS.items()}
    return {
        "referral_refusal": "no_capacity",
        "referral_failure": "did_not_come",
        "referral_withdrawal": "by_person",
    }.get(names.get(state, ""), "")


@pytest.mark.parametrize("role", sorted(WORKS_WITH_CLIENTS))
def test_a_colleague_moves_a_referral_along_the_table_and_no_other_way(role, actor, referral):
    by = actor(role)
    own_actions = {ReferralState.SENT, ReferralState.CONFIRMED, ReferralState.CLOSED}
    for state, to in product(ReferralState, ReferralState):
        went = _goes(referral, state, lambda to=to: referrals.move(referral_id=referral.pk, to=to, why=_why(to), by=by))
        assert went is (to in REFERRAL_MOVES[state] - own_actions), (state, to)
    asks = [
        (ReferralState.SENT, lambda: referrals.send(referral_id=referral.pk, by=by)),
        (ReferralState.CANCELLED, lambda: referrals.withdraw(referral_id=referral.pk, by=by)),
        (ReferralState.CONFIRMED, lambda: referrals.confirm(referral_id=referral.pk, answer="yes", by=by)),
        (ReferralState.CLOSED, lambda: referrals.close(referral_id=referral.pk, words="Called", by=by)),
    ]
    for state, (to, step) in product(ReferralState, asks):
        assert _goes(referral, state, step) is (to in REFERRAL_MOVES[state]), (state, to)


def test_the_partner_by_link_answers_in_turn_and_in_no_other_way(referral):
    fresh, browser = make.opened(referral)
    for state, kind in product(ReferralState, PartnerAnswer):
        given = Answer(kind, _why(LEADS_TO.get(kind, "")), on=today())
        went = _goes(
            referral,
            state,
            lambda given=given: referral_links.answer(link_id=fresh.link.pk, browser=browser, given=given),
        )
        assert went is (kind in ANSWERS.get(state, ())), (state, kind)


def test_a_link_that_is_not_there_answers_nothing():
    with pytest.raises(ValidationError):
        referral_links.answer(link_id=uuid4(), browser="x", given=Answer("accept"))
