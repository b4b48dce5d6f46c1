import pytest
from django.urls import reverse

from safar.cases.models import Contact
from safar.guide.actions import content
from safar.guide.queries.facts import cards
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.trust.models import AuditEntry
from tests.factories import cases as make

pytestmark = pytest.mark.django_db
URL = "desk:cases:new_contact"


@pytest.fixture
def client(client_of, home_centre):
    return client_of("counsellor")


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


def typed(**fields):
    plain = {
        "form_key": fresh_key(),
        "mode": "phone",
        "who_asked": "self",
        "language": "uz",
        "topic": "contract",
        "next_step": "none",
        "initiator": "self",
        "follow_up": "",
        "day": today().isoformat(),
        "at": "00:01",
    }
    return plain | fields


NEW = {
    "who": "new",
    "person-family_name": "Karimov",
    "person-given_name": "Anvar",
    "person-birth_2": "1994",
    "person-phone": "901234567",
    "person-phone_safety": "safe",
    "consent-keep_file": "on",
    "consent-method": "written",
    "consent-text_language": "uz",
}


def post(client, **fields):
    return client.post(reverse(URL), typed(**fields))


def page(response):
    return response.content.decode()


def test_the_empty_page_offers_today_and_what_was_chosen_last_time(client, home_centre):
    make.contact(home_centre, by=make_actor(client), mode="telegram", language="ru")
    shown = client.get(reverse(URL))
    assert shown.status_code == 200
    form = shown.context["form"]
    assert (form["mode"].value(), form["language"].value(), form["day"].value()) == ("telegram", "ru", today())


def make_actor(client):
    from safar.trust.queries.actors import actor_for

    return actor_for(client.staff)


def test_from_a_persons_file_the_person_is_chosen_already(client, person):
    shown = client.get(reverse("desk:cases:new_contact_of", args=[person.pk]))
    assert f'value="{person.pk}" checked' in page(shown)


def test_a_search_keeps_what_was_typed_and_scolds_nobody(client, home_centre, person):
    make.person(home_centre, given_name="Akbar", contact_points=())
    shown = post(client, q="karimov", topic="", note="Half a note")
    assert shown.status_code == 200
    assert "Karimov Anvar" in page(shown)
    assert "Karimov Akbar" in page(shown)
    assert "Half a note" in page(shown)
    assert "field-bad" not in page(shown)
    assert AuditEntry.objects.filter(verb="search").count() == 1
    assert not Contact.objects.exists()


def test_the_only_one_found_is_chosen(client, person):
    shown = post(client, q=person.client_number)
    assert f'value="{person.pk}" checked' in page(shown)


def test_somebody_who_only_sounds_alike_is_offered_and_not_chosen(client, home_centre):
    alike = make.person(home_centre, family_name="Ёқубова", given_name="Севинч")
    shown = page(post(client, q="Yoqubjonzoda"))
    assert f'value="{alike.pk}"' in shown
    assert f'value="{alike.pk}" checked' not in shown


def test_nobody_found_says_so(client):
    assert "Nobody found" in page(post(client, q="Nobody"))


def test_a_known_person_is_recorded(client, person):
    answer = post(
        client, who=str(person.pk), q="karimov", follow_up="1w", topic="contract", more_topics=["travel", "contract"]
    )
    contact = Contact.objects.get()
    assert answer.url == reverse("desk:cases:contact", args=[contact.pk])
    assert contact.person == person
    assert [row.topic for row in contact.topics.all()] == ["contract", "travel"]
    assert (contact.follow_up_on - today()).days == 7


def test_a_second_press_records_once(client, person):
    form = typed(who=str(person.pk))
    assert client.post(reverse(URL), form).url == client.post(reverse(URL), form).url
    assert Contact.objects.count() == 1


def test_somebody_new_is_registered_in_the_same_step(client):
    answer = post(client, **NEW)
    assert answer.status_code == 302
    assert Contact.objects.get().person == Person.objects.get()


def test_without_a_yes_no_file_is_opened_and_nothing_is_lost(client):
    shown = post(client, **(NEW | {"consent-keep_file": "", "note": "Kept words"}))
    assert shown.status_code == 422
    assert "Kept words" in page(shown)
    assert "A file needs the person" in page(shown)
    assert not Person.objects.exists()
    assert not Contact.objects.exists()


def test_a_new_person_without_a_name_is_asked_for_it(client):
    shown = post(client, **(NEW | {"person-family_name": ""}))
    assert shown.status_code == 422
    assert 'href="#id_person-family_name"' in page(shown)


def test_a_wrong_phone_is_shown_at_its_field(client):
    shown = post(client, **(NEW | {"person-phone": "12"}))
    assert shown.status_code == 422
    assert "This is not a phone number" in page(shown)


def test_somebody_who_looks_known_is_shown_once(client, person):
    shown = post(client, **NEW)
    assert shown.status_code == 422
    assert "This may be somebody we know" in page(shown)
    assert not Contact.objects.exists()
    assert post(client, **NEW, register_anyway="1").status_code == 302
    assert Person.objects.count() == 2
    post(client, **NEW, same=str(person.pk))
    assert person.contacts.count() == 1


def test_without_a_file_is_a_full_contact(client):
    answer = post(client, who="nameless", sex="female", age_band="18_29", region="UZ-AN", nameless_reason="declined")
    assert answer.status_code == 302
    contact = Contact.objects.get()
    assert (contact.person, contact.sex, contact.region, contact.nameless_reason) == (
        None,
        "female",
        "UZ-AN",
        "declined",
    )


def test_who_came_is_asked(client):
    shown = post(client, who="not an id")
    assert shown.status_code == 422
    assert "Say who came" in page(shown)


def test_what_an_action_refuses_stands_at_its_field(client, person):
    shown = post(client, who=str(person.pk), day="2999-01-01")
    assert shown.status_code == 422
    assert "lies in the future" in page(shown)
    shown = post(client, who=str(person.pk), follow_up="date", follow_up_on="")
    assert "Choose the day of the follow-up" in page(shown)
    shown = post(client, who=str(person.pk), follow_up="date", follow_up_on="nonsense")
    assert "Enter a valid date" in page(shown)


def test_flags_and_checks_are_kept(client, person):
    post(
        client,
        who=str(person.pk),
        offer_flags=["money_before_contract"],
        person_flags=["under_18"],
        checked_items=["costs_debt"],
        follow_up="date",
        follow_up_on="2999-01-01",
    )
    contact = Contact.objects.get()
    assert {(flag.kind, flag.code) for flag in contact.red_flags.all()} == {
        ("red_flag", "money_before_contract"),
        ("vulnerability_flag", "under_18"),
    }
    assert contact.checked_items == ["costs_debt"]
    assert contact.follow_up_on.year == 2999


class TestAnswerCards:
    @pytest.fixture
    def card(self):
        content.load(by=MACHINE)
        return cards(["patent_registration_RU"], "RU")[0]

    def test_come_for_topic_and_destination_as_part_or_whole_page(self, client, card, person):
        part = client.get(reverse("desk:cases:cards"), {"topic": "patent_registration_RU", "destination": "RU"})
        whole = post(client, who=str(person.pk), topic="patent_registration_RU", destination="RU", cards="1")
        assert str(card.version_id) in page(part)
        assert whole.status_code == 200
        assert page(part).strip() in page(whole)
        assert "Answer cards appear" in page(client.get(reverse("desk:cases:cards")))

    def test_what_was_told_is_kept_in_its_version(self, client, card, person):
        told = f"{card.key}|{card.version_id}"
        post(client, who=str(person.pk), topic="patent_registration_RU", destination="RU", advice=[told])
        advice = Contact.objects.get().advice.get()
        assert (advice.fact_key, advice.fact_version) == (card.key, card.version_id)
        shown = client.get(reverse("desk:cases:contact", args=[Contact.objects.get().pk]))
        assert str(card.title) in page(shown)

    def test_a_tick_survives_another_topic(self, client, card, person):
        told = f"{card.key}|{card.version_id}"
        shown = post(client, who=str(person.pk), topic="contract", destination="", advice=[told], cards="1")
        assert f'value="{told}" checked' in page(shown)
