"""The page of a referral's link: a recipient without an account, on any phone, and everybody who is not the recipient."""

import logging

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from safar.cases.actions import referral_links, referrals
from safar.cases.models import Referral, ReferralLink
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.actions import consents
from safar.people.models import ConsentGrant
from safar.portal import guard
from safar.trust.models import AuditEntry
from tests.factories import cases as records
from tests.factories import referrals as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(home_centre):
    return records.person(home_centre)


@pytest.fixture
def referral(home_centre, person):
    return make.sent(home_centre, person, fields=("name", "birth", "place"), text="Wage not paid")


def door(token: str, language: str = "en") -> str:
    with translation.override(language):
        return reverse("portal:referral_link", args=[token])


def page_of(referral: Referral) -> str:
    return reverse("portal:referral", args=[ReferralLink.objects.get(referral=referral).pk])


@pytest.fixture
def partner(client: Client, referral) -> Client:
    """A browser that opened the link."""
    assert client.post(door(make.link(referral).token)).status_code == 302
    return client


def answer(client: Client, referral: Referral, kind: str, **fields):
    link = ReferralLink.objects.get(referral=referral)
    typed = {f"{kind}-{name}": value for name, value in fields.items()}
    return client.post(reverse("portal:referral_answer", args=[link.pk, kind]), typed)


class TestTheDoor:
    def test_tells_nobody_whom_it_is_about_and_a_preview_of_a_messenger_opens_nothing(self, client, referral, person):
        fresh = make.link(referral)
        for method in (client.get, client.head):
            shown = method(door(fresh.token))
            assert shown.status_code == 200
            assert person.family_name not in shown.text
            assert "Wage" not in shown.text
        referral.refresh_from_db()
        assert (referral.state, ReferralLink.objects.get().opened_at) == ("sent", None)
        assert not AuditEntry.objects.filter(action__startswith="cases.referral_link.open").exists()

    @pytest.mark.parametrize(
        ("language", "word"), [("ru", 'lang="ru"'), ("uz-cyrl", 'lang="uz-Cyrl"'), ("uz", 'lang="uz"')]
    )
    def test_speaks_the_language_of_its_address(self, client, referral, language, word):
        assert word in client.get(door(make.link(referral).token, language)).text

    def test_keeps_out_of_caches_search_engines_and_other_sites(self, partner, referral):
        for address in (door("no-such-token"), page_of(referral), reverse("portal:referral_thanks")):
            headers = partner.get(address).headers
            assert headers["Cache-Control"] == "no-store"
            assert "noindex" in headers["X-Robots-Tag"]
            assert headers["Referrer-Policy"] == "same-origin"

    def test_asks_for_the_code_and_says_when_it_is_wrong(self, client, referral):
        fresh = make.link(referral, with_code=True)
        assert 'name="code"' in client.get(door(fresh.token)).text
        wrong = client.post(door(fresh.token), {"code": "222222"})
        assert wrong.status_code == 422
        assert "This is not the code" in wrong.text
        assert client.post(door(fresh.token), {"code": fresh.code}).status_code == 302

    def test_locks_after_wrong_codes_even_for_the_right_one(self, client, referral):
        fresh = make.link(referral, with_code=True)
        statuses = [client.post(door(fresh.token), {"code": "wrong"}).status_code for _try in range(5)]
        assert statuses == [422, 422, 422, 422, 410]
        assert client.post(door(fresh.token), {"code": fresh.code}).status_code == 410

    def test_cannot_be_guessed_for_long(self, client, referral):
        tries = guard.LIMITS["referral_link"] + 1
        assert {client.get(door(f"guess-{number}")).status_code for number in range(tries)} == {410}
        assert client.get(door("another")).status_code == 429
        assert client.get(door(make.link(referral).token)).status_code == 429

    def test_is_shut_to_a_second_browser(self, partner, referral):
        fresh = make.link(Referral.objects.get())
        assert Client().post(door(fresh.token)).status_code == 302
        other = Client().post(door(fresh.token))
        assert other.status_code == 410
        assert "another device" in other.text

    def test_opens_again_for_the_browser_that_opened_it(self, client, referral):
        fresh = make.link(referral)
        for _time in range(2):
            assert client.post(door(fresh.token)).url == page_of(referral)

    def test_that_closes_between_looking_and_pressing_says_the_same(self, client, referral, monkeypatch):
        fresh = make.link(referral)
        gone = referral_links.Opened(referral_links.Opening.GONE)
        monkeypatch.setattr(referral_links, "open_link", lambda **_given: gone)
        assert client.post(door(fresh.token)).status_code == 410


class TestThePage:
    def test_shows_what_was_agreed_and_no_secret_in_its_address_or_text(self, client, referral, person):
        fresh = make.link(referral)
        opened = client.post(door(fresh.token))
        assert fresh.token not in opened.url
        shown = client.get(opened.url)
        for words in (person.full_name, "2 May 1994", "Wage not paid", "Andij"):
            assert words in shown.text
        for unsaid in ("+998901234567", person.client_number, str(person.pk), fresh.token):
            assert unsaid not in shown.text

    def test_is_nothing_to_anybody_else(self, partner, referral):
        assert Client().get(page_of(referral)).status_code == 410
        stranger = Client()
        stranger.cookies[f"referral-{ReferralLink.objects.get().pk.hex}"] = "made up"
        assert stranger.get(page_of(referral)).status_code == 410

    def test_of_another_referral_does_not_open_with_this_ones_key(self, partner, referral, home_centre, person):
        other = make.sent(home_centre, person, recipient="Training centre")
        make.opened(other)
        assert partner.get(page_of(other)).status_code == 410
        assert partner.get(page_of(referral)).status_code == 200

    @pytest.mark.parametrize("ending", ["consent", "revoked", "withdrawn"])
    def test_is_no_longer_available_the_moment_it_ends_and_says_nothing_more(self, partner, referral, person, ending):
        if ending == "consent":
            consents.withdraw(grant_id=ConsentGrant.objects.get(purpose="share").pk, by=MACHINE)
        elif ending == "revoked":
            referral_links.revoke(referral_id=referral.pk, by=MACHINE)
        else:
            referrals.withdraw(referral_id=referral.pk, by=MACHINE)
        shown = partner.get(page_of(referral))
        assert shown.status_code == 410
        assert "no longer available" in shown.text
        assert person.family_name not in shown.text
        assert answer(partner, referral, "accept").status_code == 410

    def test_of_somebody_without_a_file_asks_the_person_to_say_who_they_are(self, client, home_centre):
        referral = make.sent(home_centre)
        client.post(door(make.link(referral).token))
        assert "says who they are" in client.get(page_of(referral)).text

    def test_fits_a_slow_line(self, partner, referral):
        assert len(partner.get(page_of(referral)).content) < 20_000


class TestAnswering:
    def test_from_yes_to_the_end_by_small_forms(self, partner, referral):
        accepted = answer(partner, referral, "accept", day=today().isoformat())
        assert accepted.url == page_of(referral)
        assert "Day proposed" in partner.get(accepted.url).text
        assert answer(partner, referral, "start").status_code == 302
        done = answer(partner, referral, "complete", day=today().isoformat())
        assert done.url == reverse("portal:referral_thanks")
        assert "Thank you" in partner.get(done.url).text
        assert partner.get(page_of(referral)).status_code == 410
        referral.refresh_from_db()
        assert (referral.state, referral.started_on) == ("completed", today())

    def test_a_no_needs_its_reason(self, partner, referral):
        assert answer(partner, referral, "refuse").status_code == 422
        assert answer(partner, referral, "refuse", why="no_capacity").status_code == 302

    def test_a_second_press_is_told_that_it_was_answered(self, partner, referral):
        answer(partner, referral, "accept")
        again = answer(partner, referral, "accept")
        assert again.status_code == 422
        assert "answered already" in again.text

    def test_a_day_gone_by_is_refused_at_its_field(self, partner, referral):
        refused = answer(partner, referral, "accept", day="2020-01-01")
        assert refused.status_code == 422
        assert "from today on" in refused.text
        answer(partner, referral, "accept")
        assert answer(partner, referral, "propose", day=today().isoformat()).status_code == 302

    def test_what_is_no_answer_is_nothing(self, partner, referral):
        assert answer(partner, referral, "delete").status_code == 410

    def test_is_refused_without_the_form_of_the_page(self, referral):
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(door(make.link(referral).token)).status_code == 403


def test_no_log_holds_the_token_or_the_person(client, referral, person, caplog):
    caplog.set_level(logging.DEBUG)
    fresh = make.link(referral)
    client.get(door(fresh.token))
    client.get(client.post(door(fresh.token)).url)
    written = "\n".join(
        f"{record.name} {record.getMessage()}" for record in caplog.records if record.name != "django.db.backends"
    )
    assert fresh.token not in written
    assert person.family_name not in written


def test_not_even_the_log_of_a_failure_holds_the_token(referral, caplog, monkeypatch):
    fresh = make.link(referral)

    def fails(_token: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(referral_links, "standing", fails)
    assert Client(raise_request_exception=False).get(door(fresh.token)).status_code == 500
    assert "Internal Server Error: /r/" in caplog.text
    assert fresh.token not in caplog.text
