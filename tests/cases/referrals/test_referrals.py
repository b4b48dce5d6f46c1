import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import referrals
from safar.cases.models import Referral
from safar.cases.queries import referrals as reads
from safar.cases.rules.referrals import ReferralDetails
from safar.kernel import once
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.actions import consents
from safar.people.models import ConsentGrant
from safar.trust.models import AuditEntry
from tests.factories import cases as make

pytestmark = pytest.mark.django_db
RECIPIENT = "Lawyers of Andijan"


def sharing(recipient=RECIPIENT, **fields):
    return make.keep_file(purpose="share", recipient=recipient, **fields)


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


def test_a_draft_has_a_due_date_and_leaves_nothing(home_centre, person, actor):
    by = actor("counsellor")
    referral = make.referral(home_centre, person, by=by, urgency="within_7d", text=" Wage not paid ")
    assert (referral.state, referral.due_on, referral.sent_at) == ("draft", today() + dt.timedelta(days=7), None)
    assert (referral.made_by_id, referral.text) == (by.id, "Wage not paid")
    assert str(referral).startswith("legal_aid")
    assert [str(move) for move in referral.moves.all()] == [" → draft"]


def test_it_takes_the_person_from_the_contact_or_the_case(home_centre, person):
    contact = make.contact(home_centre, person)
    case = make.case(home_centre, person)
    assert make.referral(home_centre, contact_id=contact.pk).person_id == person.pk
    asked = ReferralDetails("legal_aid", RECIPIENT)
    assert referrals.draft(details=asked, centre=home_centre, case_id=case.pk, by=MACHINE).person_id == person.pk


def test_a_second_press_makes_no_second_referral(home_centre, person):
    key = once.fresh_key()
    asked = ReferralDetails("legal_aid", RECIPIENT)
    for _ in range(2):
        referrals.draft(details=asked, centre=home_centre, person_id=person.pk, form_key=key, by=MACHINE)
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"service": "?"}, "service"),
        ({"recipient": " "}, "recipient"),
        ({"urgency": "?"}, "urgency"),
        ({"due_on": dt.date(2020, 1, 1)}, "due_on"),
        ({"to_centre_id": uuid4()}, "to_centre"),
        ({"fields": ("religion",)}, "fields"),
    ],
)
def test_what_cannot_be_is_refused_by_field(home_centre, person, fields, field):
    with pytest.raises(ValidationError) as refused:
        make.referral(home_centre, person, **fields)
    assert list(refused.value.message_dict) == [field]


def test_a_referral_is_about_somebody(home_centre):
    with pytest.raises(ValidationError, match="about a person"):
        make.referral(home_centre)


class TestSending:
    def test_needs_consent_to_share_with_this_recipient(self, home_centre, person):
        referral = make.referral(home_centre, person)
        consents.decide(person_id=person.pk, details=sharing("Somebody else"), by=MACHINE)
        with pytest.raises(ValidationError, match="not agreed"):
            referrals.send(referral_id=referral.pk, by=MACHINE)
        consents.decide(person_id=person.pk, details=sharing(), by=MACHINE)
        sent = referrals.send(referral_id=referral.pk, by=MACHINE)
        assert sent.state == "sent"
        assert sent.sent_at

    def test_may_record_the_consent_given_at_the_desk(self, home_centre, person):
        referral = make.referral(home_centre, person)
        assert referrals.send(referral_id=referral.pk, agreed=sharing(), by=MACHINE).state == "sent"

    def test_a_consent_that_is_refused_is_not_kept_when_the_sending_fails(self, home_centre, person):
        referral = make.referral(home_centre, person)
        with pytest.raises(ValidationError):
            referrals.send(referral_id=referral.pk, agreed=sharing("Somebody else"), by=MACHINE)
        assert not ConsentGrant.objects.filter(purpose="share").exists()

    def test_of_somebody_without_a_file_shares_nothing_and_needs_none(self, home_centre):
        contact = make.contact(home_centre)
        assert referrals.send(referral_id=make.referral(home_centre, contact_id=contact.pk).pk, by=MACHINE).sent_at


class TestMoving:
    @pytest.fixture
    def sent(self, home_centre):
        return referrals.send(
            referral_id=make.referral(home_centre, contact_id=make.contact(home_centre).pk).pk, by=MACHINE
        )

    def test_goes_its_way_to_the_end(self, sent):
        for state in ("acknowledged", "accepted", "served", "completed"):
            moved = referrals.move(referral_id=sent.pk, to=state, by=MACHINE)
        assert (moved.state, moved.ended_on) == ("completed", today())
        assert moved.moves.count() == 6

    def test_sending_is_not_a_move(self, home_centre, person):
        with pytest.raises(ValidationError, match="by being sent"):
            referrals.move(referral_id=make.referral(home_centre, person).pk, to="sent", by=MACHINE)

    def test_no_step_is_skipped(self, sent):
        with pytest.raises(ValidationError, match="cannot go this way"):
            referrals.move(referral_id=sent.pk, to="completed", by=MACHINE)

    @pytest.mark.parametrize(
        ("to", "why"), [("refused", "no_capacity"), ("failed", "did_not_come"), ("cancelled", "no_longer_needed")]
    )
    def test_what_ends_badly_says_why_from_its_list(self, sent, to, why):
        for wrong in ({}, {"reason": "No lawyer in May"}, {"why": "?"}):
            with pytest.raises(ValidationError, match="Say why"):
                referrals.move(referral_id=sent.pk, to=to, by=MACHINE, **wrong)
        moved = referrals.move(referral_id=sent.pk, to=to, why=why, by=MACHINE)
        assert (moved.ended_on, moved.outcome) == (today(), to)

    def test_another_reason_needs_words_and_not_too_many(self, sent):
        with pytest.raises(ValidationError, match="few words"):
            referrals.move(referral_id=sent.pk, to="refused", why="other", by=MACHINE)
        with pytest.raises(ValidationError, match="fewer words"):
            referrals.move(referral_id=sent.pk, to="refused", why="other", reason="x" * 201, by=MACHINE)
        assert referrals.move(referral_id=sent.pk, to="refused", why="other", reason="On holiday", by=MACHINE)

    def test_what_the_client_says_is_no_move(self, sent):
        for to in ("confirmed", "closed"):
            with pytest.raises(ValidationError, match="what the client says"):
                referrals.move(referral_id=sent.pk, to=to, by=MACHINE)

    def test_happens_between_making_and_today(self, sent):
        with pytest.raises(ValidationError, match="step before"):
            referrals.move(referral_id=sent.pk, to="accepted", on=today() + dt.timedelta(days=1), by=MACHINE)

    def test_only_who_may(self, sent, actor):
        with pytest.raises(PermissionDenied):
            referrals.move(referral_id=sent.pk, to="accepted", by=actor("outreach_officer"))


class TestReading:
    def test_opening_leaves_a_trace_of_a_person(self, home_centre, person, actor):
        by = actor("counsellor")
        named = make.referral(home_centre, person)
        nameless = make.referral(home_centre, contact_id=make.contact(home_centre).pk)
        assert reads.get(named.pk, by=by) == named
        assert reads.get(nameless.pk, by=by) == nameless
        assert reads.of_person(person.pk, by=by) == [named]
        assert AuditEntry.objects.filter(verb="read").count() == 2

    def test_waiting_are_those_not_at_their_end(self, home_centre, person, actor):
        from tests.factories import trust

        soon = make.referral(home_centre, person, urgency="immediate")
        later = make.referral(home_centre, person)
        elsewhere = make.referral(trust.centre("OSH"), person)
        referrals.move(referral_id=make.referral(home_centre, person).pk, to="cancelled", why="by_mistake", by=MACHINE)
        by = actor("counsellor")
        assert list(reads.waiting(by=by)) == [soon, later]
        assert list(reads.waiting(by=by, until=today())) == [soon]
        assert set(reads.waiting(by=MACHINE)) == {soon, later, elsewhere}
