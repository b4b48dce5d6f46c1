"""What a person takes along of their referrals, what erasure leaves, and when links and words end by themselves."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from safar.cases import privacy
from safar.cases.actions import referral_links, referrals
from safar.cases.models import Contact, Referral, ReferralLink, ReferralMove
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from safar.trust.actions import retention
from tests.factories import cases as records
from tests.factories import referrals as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(home_centre):
    return records.person(home_centre)


@pytest.fixture
def contact(home_centre, person):
    return records.contact(home_centre, person)


def test_a_person_takes_along_to_whom_what_was_told_and_what_came_of_it(home_centre, person):
    referral = make.sent(home_centre, person, text="Wage not paid")
    make.link(referral)
    referrals.move(referral_id=referral.pk, to="refused", why="other", reason="On holiday", by=MACHINE)
    taken = str(privacy.export(person.pk)["referrals"])
    for words in ("Lawyers of Andijan", "Wage not paid", "other On holiday"):
        assert words in taken
    assert ReferralLink.objects.get().token_hash not in taken


def test_erasure_ends_links_empties_words_and_keeps_the_count(home_centre, person, contact):
    referral = records.referral(home_centre, person, contact.pk, text="Wage not paid")
    referrals.send(referral_id=referral.pk, agreed=make.agreed(referral), by=MACHINE)
    fresh, browser = make.opened(referral)
    referrals.move(referral_id=referral.pk, to="refused", why="other", reason="On holiday", by=MACHINE)
    effects = {str(effect.what): (effect.goes, effect.stays) for effect in privacy.preview(person.pk)}
    assert effects["Referrals"] == (0, 1)
    assert effects["Links for recipients of referrals"] == (1, 0)
    privacy.erase(person.pk)
    left = Referral.objects.get()
    assert (left.person, left.text, left.fields, left.consent_key) == (None, "", [], None)
    assert (left.outcome, left.recipient, left.sent_on) == ("refused", referral.recipient, today())
    assert left.former_person_key == Contact.objects.get().former_person_key
    assert {move.reason for move in left.moves.all()} == {""}
    assert "other" in {move.reason_code for move in left.moves.all()}
    assert not ReferralLink.objects.exists()
    with pytest.raises(ValidationError):
        referral_links.shown(link_id=fresh.link.pk, browser=browser)


def test_erasure_without_a_contact_makes_a_key_that_leads_nowhere(home_centre, person):
    make.sent(home_centre, person)
    privacy.erase(person.pk)
    assert Referral.objects.get().former_person_key not in {None, person.pk}


def test_links_that_open_nothing_are_deleted_after_their_term_and_those_that_do_stay(home_centre):
    over, revoked, open_one = (make.sent(home_centre) for _each in range(3))
    for referral in (over, revoked, open_one):
        make.link(referral)
    long_ago = now() - dt.timedelta(days=40)
    ReferralLink.objects.filter(referral=over).update(expires_at=long_ago)
    ReferralLink.objects.filter(referral=revoked).update(ended_at=long_ago, ended_because="revoked")
    assert retention.run(by=MACHINE).ended["cases.referral_links"] == 2
    assert ReferralLink.objects.get().referral == open_one


def test_words_of_old_referrals_are_emptied_and_the_referral_still_counts(home_centre):
    old, recent = (make.sent(home_centre, text="Wage not paid") for _each in range(2))
    Referral.objects.filter(pk=old.pk).update(ended_on=today() - dt.timedelta(days=800), state="closed")
    ReferralMove.objects.filter(referral=old).update(reason="They called")
    retention.run(by=MACHINE)
    old.refresh_from_db()
    recent.refresh_from_db()
    assert (old.text, old.moves.exclude(reason="").exists(), recent.text) == ("", False, "Wage not paid")
