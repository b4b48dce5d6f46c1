"""Another centre of the node works on a referral at its own desk: told what was agreed, answering along the same states."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import referral_incoming as incoming
from safar.cases.actions import referral_links, referrals
from safar.cases.queries import referrals as reads
from safar.cases.rules.referrals import Answer
from safar.kernel.actor import MACHINE
from safar.people.actions import consents
from safar.people.models import ConsentGrant
from safar.trust.models import AuditEntry
from safar.trust.queries.actors import actor_for
from tests.factories import cases as records
from tests.factories import referrals as make
from tests.factories import trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    return trust.centre("SAM")


@pytest.fixture
def there(other):
    return actor_for(trust.staff("counsellor", at=other))


@pytest.fixture
def referral(home_centre, other):
    return make.sent(
        home_centre, records.person(home_centre), to_centre_id=other.pk, recipient=str(other), fields=("name",)
    )


def test_it_stands_with_the_other_centre_and_nowhere_else(referral, there, actor):
    assert list(reads.incoming(by=there)) == [referral]
    assert list(reads.incoming(by=actor("counsellor"))) == []
    assert list(reads.waiting(by=there)) == []
    assert list(reads.incoming(by=MACHINE)) == [referral]


def test_it_is_received_told_and_answered_to_the_end_and_each_answer_is_news(referral, there, actor):
    assert incoming.receive(referral_id=referral.pk, by=there).state == "acknowledged"
    assert incoming.receive(referral_id=referral.pk, by=there).moves.count() == 3
    assert set(incoming.shown(referral_id=referral.pk, by=there).told) == {"name"}
    for kind in ("accept", "start", "complete"):
        answered = incoming.answer(referral_id=referral.pk, given=Answer(kind), by=there)
    assert answered.outcome == "completed"
    assert list(reads.news(by=actor("counsellor"))) == [referral]
    assert {move.staff_id for move in answered.moves.filter(via="centre")} == {there.id}
    assert AuditEntry.objects.get(action="cases.referral.incoming").reason == referral.recipient


def test_a_third_centre_and_the_sender_cannot_answer(referral, actor):
    third = actor_for(trust.staff("coordinator", at=trust.centre("BUX")))
    for by in (third, actor("counsellor")):
        for action in (incoming.receive, incoming.shown):
            with pytest.raises(PermissionDenied):
                action(referral_id=referral.pk, by=by)


def test_the_other_centre_does_not_write_for_the_sender(referral, there):
    with pytest.raises(PermissionDenied):
        referrals.move(referral_id=referral.pk, to="accepted", by=there)
    assert referrals.move(referral_id=referral.pk, to="accepted", by=MACHINE)


def test_without_consent_nothing_is_told_or_answered(referral, there):
    consents.withdraw(grant_id=ConsentGrant.objects.get(purpose="share").pk, by=MACHINE)
    steps = [
        lambda: incoming.receive(referral_id=referral.pk, by=there),
        lambda: incoming.shown(referral_id=referral.pk, by=there),
        lambda: incoming.answer(referral_id=referral.pk, given=Answer("accept"), by=there),
    ]
    for step in steps:
        with pytest.raises(ValidationError, match="not agreed"):
            step()


def test_between_centres_there_is_no_link(referral):
    with pytest.raises(ValidationError, match="sent to a partner"):
        referral_links.make(referral_id=referral.pk, language="ru", by=MACHINE)


def test_what_goes_to_a_partner_or_is_over_is_nobody_elses(home_centre, referral, there):
    by_letter = make.sent(home_centre)
    with pytest.raises(PermissionDenied):
        incoming.shown(referral_id=by_letter.pk, by=MACHINE)
    referrals.withdraw(referral_id=referral.pk, by=MACHINE)
    with pytest.raises(PermissionDenied):
        incoming.shown(referral_id=referral.pk, by=there)


def test_of_somebody_without_a_file_it_is_answered_too(home_centre, other, there):
    referral = make.sent(home_centre, to_centre_id=other.pk, recipient=str(other))
    incoming.receive(referral_id=referral.pk, by=there)
    assert incoming.answer(referral_id=referral.pk, given=Answer("accept"), by=there).state == "accepted"
