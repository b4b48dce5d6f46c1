"""A referral ends with what the client says, never falls silent, and tells its sender and its client how it stands."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from safar.cases.actions import referral_links, referrals
from safar.cases.enums.referrals import ReferralState
from safar.cases.models import Referral
from safar.cases.queries import referral_words
from safar.cases.queries import referrals as reads
from safar.cases.rules.referrals import Answer
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from tests.factories import cases as records
from tests.factories import referrals as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def at(referral: Referral, state: str, **fields) -> Referral:
    """Put a referral where it would have come by its own steps."""
    Referral.objects.filter(pk=referral.pk).update(state=state, **fields)
    referral.refresh_from_db()
    return referral


class TestTheClient:
    @pytest.mark.parametrize(
        ("outcome", "answer", "state"),
        [
            ("completed", "yes", "closed"),
            ("completed", "unreachable", "closed"),
            ("completed", "no", "confirmed"),
            ("failed", "no", "closed"),
        ],
    )
    def test_is_asked_and_a_contradiction_stays_open(self, home_centre, outcome, answer, state):
        referral = at(make.sent(home_centre), outcome, outcome=outcome)
        asked = referrals.confirm(referral_id=referral.pk, answer=answer, by=MACHINE)
        assert (asked.state, asked.client_answer) == (state, answer)

    def test_says_yes_no_or_nothing(self, home_centre):
        referral = at(make.sent(home_centre), "completed")
        with pytest.raises(ValidationError, match="values offered"):
            referrals.confirm(referral_id=referral.pk, answer="perhaps", by=MACHINE)

    def test_who_closes_a_contradiction_says_what_was_done(self, home_centre):
        referral = at(make.sent(home_centre), "confirmed", client_answer="no")
        with pytest.raises(ValidationError, match="done about it"):
            referrals.close(referral_id=referral.pk, words=" ", by=MACHINE)
        assert referrals.close(referral_id=referral.pk, words="They called her", by=MACHINE).state == "closed"

    def test_takes_it_back_and_the_link_ends_at_once(self, home_centre):
        referral = make.sent(home_centre)
        make.link(referral)
        taken = referrals.withdraw(referral_id=referral.pk, by=MACHINE)
        assert (taken.state, taken.moves.last().reason_code) == ("cancelled", "by_person")
        assert reads.live_link(referral.pk) is None


class TestTheNextDate:
    def test_is_set_by_hand_from_today_on(self, home_centre):
        referral = make.sent(home_centre)
        assert referrals.postpone(referral_id=referral.pk, until=today() + DAY, by=MACHINE).due_on == today() + DAY
        for day in (today() - DAY, today() + 367 * DAY):
            with pytest.raises(ValidationError, match="within a year"):
                referrals.postpone(referral_id=referral.pk, until=day, by=MACHINE)
        referrals.withdraw(referral_id=referral.pk, by=MACHINE)
        with pytest.raises(ValidationError, match="is over"):
            referrals.postpone(referral_id=referral.pk, until=today(), by=MACHINE)

    def test_when_it_passes_the_worker_is_told_and_days_later_the_coordinator(self, home_centre, actor):
        worker, coordinator = actor("counsellor"), actor("coordinator")
        lately = make.sent(home_centre, by=worker)
        for_long = make.sent(home_centre, by=worker)
        at(lately, "sent", due_on=today() - DAY)
        at(for_long, "accepted", due_on=today() - 8 * DAY)
        urgent = at(make.sent(home_centre, urgency="immediate"), "sent", due_on=today() - DAY)
        assert list(reads.overdue_of(by=worker)) == [for_long, lately]
        assert list(reads.overdue_of(by=coordinator)) == []
        assert list(reads.escalated(by=coordinator)) == [for_long, urgent]


class TestTheSender:
    def test_hears_of_every_answer_until_it_was_seen(self, home_centre, actor):
        worker, colleague = actor("counsellor"), actor("counsellor")
        referral = make.sent(home_centre, by=worker)
        fresh, browser = make.opened(referral)
        referral_links.answer(link_id=fresh.link.pk, browser=browser, given=Answer("accept"))
        assert list(reads.news(by=worker, mine=True)) == [referral]
        assert list(reads.news(by=colleague, mine=True)) == []
        assert list(reads.news(by=colleague)) == [referral]
        assert referrals.note_seen(referral_id=referral.pk, by=worker) == 2
        assert list(reads.news(by=worker)) == []


class TestTheSheet:
    def test_tells_how_each_stands_and_leaves_out_drafts_and_what_is_over(self, home_centre):
        person = records.person(home_centre)
        records.referral(home_centre, person)
        for state, fields in {
            "sent": {},
            "accepted": {"proposed_on": today() + DAY},
            "confirmed": {"client_answer": "no"},
            "closed": {},
        }.items():
            at(make.sent(home_centre, person, on=today() - DAY), state, **fields)
        told = reads.for_sheet(person_id=person.pk)
        assert {(one.words.split(".")[0], one.date is not None, one.may_withdraw) for one in told} == {
            ("We asked them", True, True),
            ("They help you", True, True),
            ("You told us that you did not get the help", False, False),
        }
        assert {(one.service, one.recipient) for one in told} == {("Legal aid", "Lawyers of Andijan")}

    def test_of_a_contact_without_a_file(self, home_centre):
        referral = make.sent(home_centre)
        assert [one.referral_id for one in reads.for_sheet(contact_id=referral.contact_id)] == [referral.pk]

    def test_there_are_plain_words_for_every_state(self):
        words = [reads.in_plain_words(Referral(state=state)) for state in ReferralState]
        assert len(set(words)) == len(ReferralState)


def test_reasons_are_said_as_their_list_names_them():
    assert referral_words.reason_in_words("refused", "no_capacity") == "No places or funds"
    assert referral_words.reason_in_words("confirmed", "yes") == "Yes, they got the help"
    assert referral_words.reason_in_words("refused", "gone") == ""
    assert referral_words.reason_in_words("sent", "") == ""


def test_what_is_told_is_said_in_words():
    told = {"name": "Anvar", "sex": "male", "place": "UZ-AN", "birth": "18_29", "education": ""}
    words = dict(referral_words.told_in_words(told, str))
    assert words["Name"] == "Anvar"
    assert words["Sex"] == "Male"
    assert "Andij" in words["Place of residence"]
    assert words["Education"] == ""
