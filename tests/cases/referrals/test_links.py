"""A link shows one referral to one browser, what was agreed and as long as it is: it cannot be guessed, replayed or widened."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from safar.cases.actions import referral_links as links
from safar.cases.actions import referrals
from safar.cases.actions.referral_links import Opening
from safar.cases.models import Referral, ReferralLink, ReferralMove
from safar.cases.queries import referrals as reads
from safar.cases.rules.referrals import MOST_WRONG_CODES, Answer
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from safar.people.actions import consents
from safar.people.models import ConsentGrant, Person
from safar.trust.models import AuditEntry
from tests.factories import cases as records
from tests.factories import referrals as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(home_centre) -> Person:
    return records.person(home_centre)


@pytest.fixture
def referral(home_centre, person) -> Referral:
    return make.sent(home_centre, person, fields=("name", "birth"), text="Wage not paid")


def sees(fresh, browser) -> bool:
    try:
        links.shown(link_id=fresh.link.pk, browser=browser)
    except ValidationError:
        return False
    return True


def opens(fresh, **with_) -> Opening:
    return links.open_link(token=fresh.token, **with_).result


class TestOpening:
    def test_makes_it_received_binds_the_browser_and_names_the_recipient_in_the_trail(self, referral, person):
        fresh, browser = make.opened(referral)
        referral.refresh_from_db()
        fresh.link.refresh_from_db()
        assert referral.state == "acknowledged"
        assert fresh.link.opened_at
        assert fresh.link.browser_hash not in {"", browser}
        row = AuditEntry.objects.get(action="cases.referral_link.open")
        assert (row.actor_kind, row.person_key, row.reason) == ("visitor", person.pk, referral.recipient)
        assert referral.moves.last().via == "link"

    def test_again_in_the_same_browser_changes_nothing(self, referral):
        fresh, browser = make.opened(referral)
        assert opens(fresh, browser=browser) == Opening.OPENED
        assert ReferralMove.objects.filter(to_state="acknowledged").count() == 1

    def test_in_another_browser_is_refused(self, referral):
        fresh, browser = make.opened(referral)
        assert opens(fresh) == opens(fresh, browser="other") == Opening.ELSEWHERE
        assert sees(fresh, browser)
        assert not sees(fresh, "other")

    def test_at_the_same_moment_only_one_browser_is_bound(self, referral):
        make.link(referral)
        held = ReferralLink.objects.get()
        ReferralLink.objects.update(browser_hash="somebody was faster")
        assert links._bind(held).result == Opening.ELSEWHERE

    def test_looking_at_a_link_opens_nothing(self, referral):
        fresh = make.link(referral)
        assert links.standing(fresh.token) == fresh.link
        referral.refresh_from_db()
        assert referral.state == "sent"
        assert links.standing("guessed") is None


class TestTheCodeByPhone:
    def test_is_asked_for_and_lets_the_recipient_change_the_device(self, referral):
        fresh = make.link(referral, with_code=True)
        assert opens(fresh) == opens(fresh, code="222222") == Opening.WRONG_CODE
        first = links.open_link(token=fresh.token, code=f" {fresh.code[:3].lower()}-{fresh.code[3:]}")
        assert sees(fresh, first.browser)
        second = links.open_link(token=fresh.token, code=fresh.code)
        assert sees(fresh, second.browser)
        assert not sees(fresh, first.browser)

    def test_locks_the_link_for_good_after_too_many_wrong_ones(self, referral):
        fresh = make.link(referral, with_code=True)
        results = [opens(fresh, code="wrong") for _try in range(MOST_WRONG_CODES)]
        assert results == [Opening.WRONG_CODE] * (MOST_WRONG_CODES - 1) + [Opening.GONE]
        assert opens(fresh, code=fresh.code) == Opening.GONE
        assert ReferralLink.objects.get().ended_because == "locked"
        assert AuditEntry.objects.filter(action="cases.referral_link.lock").exists()


class TestNeither:
    def test_token_nor_code_nor_key_stands_in_the_table(self, referral):
        fresh, browser = make.opened(referral, with_code=True)
        stored = str(ReferralLink.objects.values().get())
        assert not [secret for secret in (fresh.token, fresh.code, browser) if secret in stored]
        assert len(fresh.token) >= 43, "256 bits in base 64"

    def test_two_links_at_a_time(self, referral):
        first = make.link(referral)
        second = make.link(referral)
        assert opens(first) == Opening.GONE
        assert opens(second) == Opening.OPENED
        first.link.refresh_from_db()
        assert first.link.ended_because == "replaced"
        with pytest.raises(IntegrityError), transaction.atomic():
            ReferralLink.objects.filter(pk=first.link.pk).update(ended_at=None)


def _revoked(referral):
    links.revoke(referral_id=referral.pk, by=MACHINE)


def _withdrawn(referral):
    referrals.withdraw(referral_id=referral.pk, by=MACHINE)


def _consent_withdrawn(referral):
    consents.withdraw(grant_id=ConsentGrant.objects.get(purpose="share").pk, by=MACHINE)


def _file_consent_withdrawn(referral):
    consents.withdraw(grant_id=ConsentGrant.objects.get(purpose="keep_file").pk, by=MACHINE)


def _agreed_to_less(referral):
    consents.decide(person_id=referral.person_id, details=make.agreed(referral, fields=("name",)), by=MACHINE)


def _over(referral):
    referrals.move(referral_id=referral.pk, to="refused", why="no_capacity", by=MACHINE)


@pytest.mark.parametrize(
    "ending", [_revoked, _withdrawn, _consent_withdrawn, _file_consent_withdrawn, _agreed_to_less, _over]
)
def test_after_its_end_neither_token_nor_browser_opens_it(ending, referral):
    fresh, browser = make.opened(referral)
    assert sees(fresh, browser)
    ending(referral)
    assert not sees(fresh, browser)
    assert opens(fresh, browser=browser) == Opening.GONE
    with pytest.raises(ValidationError, match=r"available|agree"):
        links.answer(link_id=fresh.link.pk, browser=browser, given=Answer("accept"))


def test_after_its_last_day_it_opens_nothing(referral):
    fresh, browser = make.opened(referral, days=7)
    with time_machine.travel(now() + dt.timedelta(days=7)):
        assert not sees(fresh, browser)
        assert reads.live_link(referral.pk) is None


def test_revoking_twice_says_that_there_was_nothing(referral):
    make.link(referral)
    assert links.revoke(referral_id=referral.pk, by=MACHINE)
    assert not links.revoke(referral_id=referral.pk, by=MACHINE)


class TestItShows:
    def test_the_agreed_fields_and_no_other_even_if_the_file_and_the_consent_gain_more(self, referral, person):
        fresh, browser = make.opened(referral)
        told = {"name": person.full_name, "birth": "1994-05-02", "need": "Wage not paid"}
        assert links.shown(link_id=fresh.link.pk, browser=browser).told == told
        everything = ("name", "birth", "need", "phone", "education", "citizenship")
        consents.decide(person_id=person.pk, details=make.agreed(referral, fields=everything), by=MACHINE)
        Person.objects.filter(pk=person.pk).update(education="bachelor", citizenship="UZ")
        assert links.shown(link_id=fresh.link.pk, browser=browser).told == told
        rows = AuditEntry.objects.filter(action="cases.referral_link.read")
        assert {(row.verb, row.actor_kind, tuple(row.fields)) for row in rows} == {
            ("export", "visitor", ("birth", "name", "need"))
        }

    def test_no_other_referral(self, referral, home_centre, person):
        fresh, browser = make.opened(referral)
        other, _browser = make.opened(make.sent(home_centre, person, recipient="Training centre"))
        assert not sees(other, browser)
        assert links.shown(link_id=fresh.link.pk, browser=browser).referral == referral

    def test_nothing_of_somebody_without_a_file(self, home_centre):
        fresh, browser = make.opened(make.sent(home_centre, text="Words"))
        assert links.shown(link_id=fresh.link.pk, browser=browser).told == {}


class TestItIsMade:
    def test_only_of_what_was_sent_to_a_partner(self, home_centre, person):
        draft = records.referral(home_centre, person)
        with pytest.raises(ValidationError, match="was sent"):
            make.link(draft)

    def test_never_of_a_service_about_trafficking(self, home_centre):
        with pytest.raises(ValidationError, match="never asked for by link"):
            make.link(make.sent(home_centre, service="NRM_trafficking"), with_code=True)

    def test_only_with_a_code_where_the_service_tells_the_need(self, home_centre):
        referral = make.sent(home_centre, service="shelter")
        with pytest.raises(ValidationError, match="told by phone"):
            make.link(referral)
        assert make.link(referral, with_code=True).code

    @pytest.mark.parametrize(("fields", "field"), [({"language": "tg"}, "language"), ({"days": 91}, "days")])
    def test_in_a_language_of_the_pages_and_for_months_at_most(self, referral, fields, field):
        with pytest.raises(ValidationError) as refused:
            make.link(referral, **fields)
        assert list(refused.value.message_dict) == [field]

    def test_only_while_consent_stands(self, referral):
        _consent_withdrawn(referral)
        with pytest.raises(ValidationError, match="not agreed"):
            make.link(referral)


def test_a_service_that_tells_the_need_asks_consent_for_it(home_centre, person):
    referral = records.referral(home_centre, person, service="shelter", fields=("name",))
    assert referral.told == {"name", "need"}
    with pytest.raises(ValidationError, match="share all of this"):
        referrals.send(referral_id=referral.pk, agreed=make.agreed(referral, fields=("name",)), by=MACHINE)


class TestAnswering:
    @pytest.fixture
    def answer(self, referral):
        fresh, browser = make.opened(referral)
        return lambda *given, **more: links.answer(link_id=fresh.link.pk, browser=browser, given=Answer(*given, **more))

    def test_goes_to_the_end_and_the_link_with_it(self, answer, referral):
        day = today() + dt.timedelta(days=3)
        assert answer("accept", on=day).due_on == day
        assert answer("start").started_on == today()
        done = answer("complete")
        assert (done.state, done.outcome, done.ended_on) == ("completed", "completed", today())
        assert ReferralLink.objects.get().ended_because == "over"
        assert {move.via for move in referral.moves.all()} == {"desk", "link"}

    def test_each_once_and_only_forward(self, answer):
        answer("accept")
        for again in ("accept", "refuse", "complete", "no such answer"):
            with pytest.raises(ValidationError, match="answered already"):
                answer(again, "no_capacity")

    def test_a_day_is_proposed_once_and_becomes_the_next_date(self, answer):
        answer("accept")
        with pytest.raises(ValidationError, match="Propose a day"):
            answer("propose")
        with pytest.raises(ValidationError, match="Propose a day"):
            answer("propose", on=today() - dt.timedelta(days=1))
        day = today() + dt.timedelta(days=9)
        assert answer("propose", on=day).due_on == day
        with pytest.raises(ValidationError, match="answered already"):
            answer("propose", on=day)

    def test_a_no_says_why(self, answer):
        with pytest.raises(ValidationError, match="Say why"):
            answer("refuse")
        assert answer("refuse", "no_capacity").outcome == "refused"

    def test_in_the_past_it_cannot_propose_with_a_yes(self, answer):
        with pytest.raises(ValidationError, match="Propose a day"):
            answer("accept", on=today() - dt.timedelta(days=2))


def test_links_and_moves_are_named_by_what_they_are(referral):
    fresh = make.link(referral)
    assert str(fresh.link).startswith("ru ")
