"""Referrals at the desk: choosing who helps, the link shown once, answers, the other centre, the figures."""

import datetime as dt

import pytest
from django.urls import reverse

from safar.cases.actions import referral_links, referrals
from safar.cases.models import Referral, ReferralLink
from safar.cases.rules.referrals import Answer
from safar.desk.board import board_for
from safar.desk.cases.referrals import facts
from safar.desk.timeline import timeline_of
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.actions import consents
from safar.people.models import ConsentGrant
from safar.trust.models import AuditEntry
from safar.trust.queries.actors import actor_for
from tests.desk.cases.test_new_contact import page
from tests.factories import cases as records
from tests.factories import partners, services, trust
from tests.factories import referrals as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, home_centre):
    return client_of("counsellor")


@pytest.fixture
def person(home_centre):
    return records.person(home_centre, region="UZ-AN", district="UZ1703202")


def get(client, name, *args, **query):
    return client.get(reverse(f"desk:cases:{name}", args=args), query)


def post(client, name, *args, **fields):
    return client.post(reverse(f"desk:cases:{name}", args=args), fields)


class TestChoosing:
    def test_shows_who_offers_the_service_nearest_first_with_capacity_and_the_last_check(self, client, person):
        far = services.service(name={"en": "Far clinic"}, region="UZ-QA", capacity="full")
        services.service(name={"en": "Near clinic"}, region="UZ-AN", district="UZ1703202", assured_days=200)
        services.service(name={"en": "Whole country line"}, languages=("ru",))
        services.service(name={"en": "College"}, service_type="employment")
        shown = page(post(client, "refer_person", person.pk, service="legal_aid", show="1", text="Typed before"))
        places = [shown.index(name) for name in ("Near clinic", "Whole country line", "Far clinic")]
        assert places == sorted(places)
        assert "College" not in shown.split("Somebody else")[0]
        for words in ("In the same district", "Out of date", "Full", "Typed before", "Nearest first", "km between"):
            assert words in shown
        assert far.partner.name["en"] in shown

    def test_writes_the_draft_to_the_one_chosen(self, client, person):
        service = services.service(name={"en": "Legal clinic"})
        wanted = {"service": "legal_aid", "urgency": "routine"}
        answer = post(client, "refer_person", person.pk, **wanted, chosen_offer=str(service.pk))
        referral = Referral.objects.get()
        assert answer.url == reverse("desk:cases:referral", args=[referral.pk])
        assert (referral.partner_id, referral.recipient) == (service.partner_id, "Legal clinic")
        twice = post(client, "refer_person", person.pk, **wanted, chosen_offer=str(service.pk), recipient="Police")
        assert twice.status_code == 422
        assert "Choose one recipient" in page(twice)

    def test_a_centre_of_ours_can_be_chosen_and_the_own_one_not(self, client, person, home_centre):
        other = trust.centre("SAM")
        shown = page(get(client, "refer_person", person.pk))
        assert str(other.pk) in shown
        assert str(home_centre.pk) not in shown
        post(client, "refer_person", person.pk, service="legal_aid", urgency="routine", centre=str(other.pk))
        assert Referral.objects.get().to_centre == other

    def test_says_so_when_nobody_offers_it_and_when_it_never_goes_by_link(self, client, home_centre):
        contact = records.contact(home_centre)
        never = page(post(client, "refer_contact", contact.pk, service="NRM_trafficking", show="1"))
        assert "Never by link" in never
        assert "Nobody in the directory" in never
        assert "nothing is sorted by distance" in never
        assert "needs a code" in page(post(client, "refer_contact", contact.pk, service="shelter", show="1"))


class TestTheLink:
    def test_is_shown_once_and_never_again(self, client, home_centre):
        referral = make.sent(home_centre, by=actor_for(client.staff))
        made = post(client, "referral_link", referral.pk, language="ru", days="30", with_code="on")
        assert "/r/" not in made.url
        shown = page(client.get(made.url))
        address = shown.split('id="fresh-link">')[1].split("<")[0]
        assert "/ru/r/" in address
        assert "Tell this code by phone" in shown
        again = page(get(client, "referral", referral.pk))
        assert "/r/" not in again.replace("/desk/", "")
        assert "Opens until" in again
        assert "Needed" in again

    def test_without_a_code_and_refused_where_a_rule_says_so(self, client, home_centre):
        referral = make.sent(home_centre, service="shelter")
        refused = post(client, "referral_link", referral.pk, language="ru", days="30")
        assert refused.status_code == 422
        assert "told by phone" in page(refused)
        assert post(client, "referral_link", referral.pk, language="?", days="30").status_code == 422
        plain = make.sent(home_centre)
        made = post(client, "referral_link", plain.pk, language="uz-cyrl", days="7")
        assert "Tell this code" not in page(client.get(made.url))

    def test_is_offered_in_the_language_of_the_partner(self, client, home_centre):
        service = services.service(languages=("kk", "ru"))
        referral = make.sent(home_centre, partner_id=service.partner_id)
        assert '<option value="ru" selected>' in page(get(client, "referral", referral.pk))

    def test_is_revoked(self, client, home_centre):
        referral = make.sent(home_centre)
        make.link(referral)
        assert "no longer opens" in page(client.get(post(client, "referral_link_revoke", referral.pk).url))
        assert ReferralLink.objects.get().ended_because == "revoked"
        assert post(client, "referral_link_revoke", referral.pk).status_code == 302

    def test_wrong_codes_stand_beside_it(self, client, home_centre):
        referral = make.sent(home_centre)
        fresh = make.link(referral, with_code=True)
        referral_links.open_link(token=fresh.token, code="wrong")
        assert "Wrong codes" in page(get(client, "referral", referral.pk))

    def test_never_stands_where_a_rule_forbids_it(self, client, home_centre):
        referral = make.sent(home_centre, service="NRM_trafficking")
        assert "Never by link" in page(get(client, "referral", referral.pk))


class TestFollowing:
    @pytest.fixture
    def answered(self, client, home_centre, person):
        referral = make.sent(home_centre, person, by=actor_for(client.staff))
        fresh, browser = make.opened(referral)
        day = today() + dt.timedelta(days=2)
        referral_links.answer(link_id=fresh.link.pk, browser=browser, given=Answer("accept", on=day))
        return referral

    def test_an_answer_stands_on_board_timeline_list_and_page_until_it_was_seen(self, client, answered, person):
        by = actor_for(client.staff)
        assert "Answered:" in page(client.get(reverse("desk:board")))
        assert "Lawyers of Andijan answered" in [entry.title for entry in timeline_of(person.pk, by)]
        assert person.full_name in page(get(client, "referral_answers"))
        shown = page(get(client, "referral", answered.pk))
        assert "There is an answer" in shown
        assert "Accepted, for" in shown
        post(client, "referral_seen", answered.pk)
        assert "There is an answer" not in page(get(client, "referral", answered.pk))
        assert "All answers were seen" in page(get(client, "referral_answers"))
        assert not [card for card in board_for(by) if "referrals/_board" in card.template]

    def test_a_proposed_day_is_told_as_such(self, client, home_centre):
        referral = make.sent(home_centre)
        fresh, browser = make.opened(referral)
        for given in (Answer("accept"), Answer("propose", on=today())):
            referral_links.answer(link_id=fresh.link.pk, browser=browser, given=given)
        assert "Proposed day:" in page(get(client, "referral", referral.pk))

    def test_what_is_late_stands_with_the_worker_and_the_coordinator(self, client, client_of, home_centre):
        referral = make.sent(home_centre, by=actor_for(client.staff))
        assert "Nothing is late" in page(client_of("coordinator").get(reverse("desk:cases:referrals_late")))
        Referral.objects.update(due_on=today() - dt.timedelta(days=30))
        assert "Past their date:" in page(client.get(reverse("desk:board")))
        coordinator = client_of("coordinator")
        assert "1 referral is late for long" in page(coordinator.get(reverse("desk:board")))
        assert str(referral.pk) in page(coordinator.get(reverse("desk:cases:referrals_late")))
        assert get(client, "referrals_late").status_code == 403

    def test_the_client_is_asked_and_a_contradiction_closed_with_words(self, client, answered):
        for state in ("served", "completed"):
            referrals.move(referral_id=answered.pk, to=state, by=MACHINE)
        assert "Ask the client" in page(get(client, "referral", answered.pk))
        assert post(client, "confirm_referral", answered.pk).status_code == 422
        asked = post(client, "confirm_referral", answered.pk, answer="no", words="Nobody called")
        assert "The client did not get it" in page(client.get(asked.url))
        refused = post(client, "close_referral", answered.pk, words=" ")
        assert refused.status_code == 422
        closed = page(client.get(post(client, "close_referral", answered.pk, words="They called her today").url))
        assert "They called her today" in closed
        assert "No, they did not get it" in closed

    def test_the_next_date_is_set_and_a_day_gone_by_refused(self, client, answered):
        assert post(client, "postpone_referral", answered.pk, until=today().isoformat()).status_code == 302
        refused = post(client, "postpone_referral", answered.pk, until="2020-01-01")
        assert refused.status_code == 422
        assert "from today on" in page(refused)

    def test_the_client_takes_it_back_at_one_press_and_once(self, client, answered):
        assert "is taken back" in page(client.get(post(client, "withdraw_referral", answered.pk).url))
        assert ReferralLink.objects.get().ended_at
        assert "cannot go this way" in page(client.get(post(client, "withdraw_referral", answered.pk).url))

    def test_without_consent_the_page_says_that_the_recipient_sees_nothing(self, client, answered):
        consents.withdraw(grant_id=ConsentGrant.objects.get(purpose="share").pk, by=MACHINE)
        assert "The consent no longer stands" in page(get(client, "referral", answered.pk))


class TestTheWay:
    def way(self, *states, **fields):
        referral = Referral(state=states[-1], **fields)
        referral._prefetched_objects_cache = {"moves": _Moves([_Move(state) for state in states])}
        return [state for _label, state in facts.way(referral)]

    def test_of_a_draft_lies_ahead(self):
        assert self.way("draft") == ["current", *["todo"] * 6]

    def test_skipped_steps_count_as_gone(self):
        assert self.way("draft", "sent", "accepted") == ["done", "done", "current", "todo", "todo", "todo"]

    def test_ends_with_the_client_or_where_it_left_the_way(self):
        assert set(self.way("draft", "sent", "completed", "confirmed", "closed", outcome="completed")) == {"done"}
        assert self.way("draft", "sent", "refused", outcome="refused") == ["done", "done"]
        assert self.way("draft", "sent", "accepted", "failed", outcome="failed") == ["done", "done", "current", "todo"]
        gone = self.way("draft", "sent", "accepted", "failed", "confirmed", "closed", outcome="failed")
        assert gone == ["done"] * 4


class _Move:
    def __init__(self, to_state):
        self.to_state = to_state


class _Moves(list):
    def all(self):
        return self


class TestTheOtherCentre:
    @pytest.fixture
    def other(self):
        return trust.centre("SAM")

    @pytest.fixture
    def referral(self, client, home_centre, other):
        """Something another centre asks of the one this client works at."""
        return make.sent(
            other, records.person(other), to_centre_id=home_centre.pk, recipient="Centre TAS", fields=("name",)
        )

    def test_receives_sees_what_was_agreed_and_answers(self, client, referral):
        name = referral.person.full_name
        assert "1 referral from another centre" in page(client.get(reverse("desk:board")))
        assert name not in page(get(client, "referrals_incoming"))
        assert name not in page(get(client, "referral_incoming", referral.pk))
        assert not AuditEntry.objects.filter(action="cases.referral.incoming").exists()
        shown = page(client.get(post(client, "referral_receive", referral.pk).url))
        assert name in shown
        assert "94" not in shown.split("What is asked")[1].split("Your answer")[0]
        assert post(client, "referral_answer", referral.pk, kind="?").status_code == 422
        refused = post(client, "referral_answer", referral.pk, kind="refuse")
        assert refused.status_code == 422
        assert "Say why" in page(refused)
        accepted = post(client, "referral_answer", referral.pk, kind="accept", day=today().isoformat())
        assert "Day proposed" in page(client.get(accepted.url))
        assert 'value="propose"' not in page(client.get(accepted.url))
        ended = post(client, "referral_answer", referral.pk, kind="fail", why="did_not_come")
        assert ended.url == reverse("desk:cases:referrals_incoming")
        assert "Nothing came in" in page(client.get(ended.url))
        assert get(client, "referral_incoming", referral.pk).status_code == 403

    def test_sees_nothing_once_consent_has_ended(self, client, referral):
        consents.withdraw(grant_id=ConsentGrant.objects.get(purpose="share").pk, by=MACHINE)
        assert "not agreed" in page(client.get(post(client, "referral_receive", referral.pk).url))
        Referral.objects.update(state="acknowledged")
        assert "no longer available" in page(get(client, "referral_incoming", referral.pk))

    def test_what_goes_elsewhere_is_not_shown(self, client, home_centre):
        assert get(client, "referral_incoming", make.sent(home_centre).pk).status_code == 403


class TestFigures:
    def test_are_empty_then_shown_with_how_many_stand_behind(self, client, home_centre):
        assert "Nothing was sent yet" in page(get(client, "referral_figures"))
        partner = partners.partner(name={"en": "Legal clinic"})
        for days in (1, 2, 3, 4, 5):
            referral = make.sent(home_centre, partner_id=partner.pk, on=today() - dt.timedelta(days=20))
            for state in ("accepted", "served"):
                on = today() - dt.timedelta(days=20 - days)
                referrals.move(referral_id=referral.pk, to=state, on=on, by=MACHINE)
        make.sent(home_centre, service="employment", partner_id=partner.pk)
        shown = page(get(client, "referral_figures"))
        assert "(n = 5)" in shown
        assert "Legal clinic" in shown
        assert "83" in shown, "five of six"


@pytest.mark.parametrize("name", ["referral_answers", "referrals_incoming", "referrals"])
def test_no_list_asks_more_of_the_database_when_it_grows(client, home_centre, name, django_assert_max_num_queries):
    other = trust.centre("SAM")

    def grow(count):
        for number in range(count):
            person = records.person(home_centre, family_name=f"Family{number}", contact_points=())
            referral = make.sent(home_centre, person)
            make.opened(referral)
            make.sent(other, to_centre_id=home_centre.pk, recipient="Centre TAS")

    def queries():
        with django_assert_max_num_queries(60) as held:
            get(client, name)
        return len(held)

    grow(3)
    get(client, name)
    few = queries()
    grow(9)
    assert queries() == few


OF = ["referral_incoming", "referral_receive", "referral_answer", "confirm_referral", "close_referral", "postpone_referral",
      "withdraw_referral", "referral_seen", "referral_link", "referral_link_revoke", "referral_letter"]  # fmt: skip
PLAIN = ["referral_answers", "referrals_late", "referrals_incoming", "referral_figures"]


@pytest.mark.parametrize("name", OF + PLAIN)
def test_a_ministry_viewer_is_refused_everywhere(client_of, home_centre, name):
    viewer = client_of("ministry_viewer")
    address = reverse(f"desk:cases:{name}", args=[make.sent(home_centre).pk] if name in OF else [])
    answer = viewer.get(address) if name in {*PLAIN, "referral_incoming"} else viewer.post(address)
    assert answer.status_code == 403
