import re

import pytest
from django.urls import reverse

from safar.kernel.actor import MACHINE
from safar.people.actions import cards
from safar.people.models import ClientCard, Person
from safar.people.queries.cards import holder_of
from safar.people.rules import written_card_code
from safar.ui.qr import qr_code
from tests.factories import people

pytestmark = pytest.mark.django_db

UNKNOWN = "01890000-0000-7000-8000-00000000ffff"


def url(name: str, *args: object) -> str:
    return reverse(f"desk:people:{name}", args=args)


@pytest.fixture
def person(home_centre) -> Person:
    return people.person("Karimova", "Dilnoza", at=home_centre)


def card_in(page: str) -> str:
    found = re.search(r'<section class="client-card".*?</section>', page, re.DOTALL)
    assert found, page
    return found[0]


def test_a_card_is_shown_once_with_a_code_and_nothing_about_its_bearer(client_of, person) -> None:
    client = client_of("counsellor")
    assert "has no card" in client.get(url("card", person.pk)).content.decode()
    assert client.post(url("card_issue", person.pk)).url == url("card", person.pk)
    card = card_in(client.get(url("card", person.pk)).content.decode())
    (code,) = re.findall(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b", card)
    assert holder_of(code) == person
    for word in (person.family_name, person.given_name, person.client_number, str(person.pk)):
        assert word not in card
    assert "<svg" in card
    again = client.get(url("card", person.pk)).content.decode()
    assert code not in again
    assert "A new one makes it useless" in again


def test_the_code_waits_for_the_page_of_its_own_person(client_of, person, home_centre) -> None:
    other = people.person(at=home_centre)
    client = client_of("counsellor")
    client.post(url("card_issue", person.pk))
    assert "client-card-code" not in client.get(url("card", other.pk)).content.decode()
    assert "client-card-code" in client.get(url("card", person.pk)).content.decode()


def test_a_lost_card_is_made_useless(client_of, person) -> None:
    code = cards.issue(person_id=person.pk, by=MACHINE)
    client = client_of("counsellor")
    assert client.post(url("card_revoke", person.pk)).url == url("card", person.pk)
    assert holder_of(code) is None
    assert "has no card" in client.get(url("file", person.pk)).content.decode()


def test_a_scanned_card_opens_the_file(client_of, person) -> None:
    code = cards.issue(person_id=person.pk, by=MACHINE)
    client = client_of("counsellor")
    for text in (code, written_card_code(code).lower()):
        assert client.post(url("search"), {"q": text}).url == url("file", person.pk)
    cards.revoke(person_id=person.pk, by=MACHINE)
    assert "Nobody found" in client.post(url("search"), {"q": code}).content.decode()


def test_a_scanned_card_chooses_the_person_in_a_contact(client_of, person) -> None:
    code = cards.issue(person_id=person.pk, by=MACHINE)
    page = client_of("counsellor").post(reverse("desk:cases:new_contact"), {"q": code}).content.decode()
    assert re.search(rf'value="{person.pk}" checked', page)


@pytest.mark.parametrize("role", ["data_protection_officer", "ministry_viewer"])
def test_only_who_may_change_a_file_gives_cards(client_of, person, role) -> None:
    client = client_of(role)
    assert client.get(url("card", person.pk)).status_code == 403
    assert client.post(url("card_issue", person.pk)).status_code == 403
    assert client.post(url("card_revoke", person.pk)).status_code == 403
    assert not ClientCard.objects.exists()


def test_nobody_has_no_card(client_of) -> None:
    client = client_of("counsellor")
    assert client.get(url("card", UNKNOWN)).status_code == 404
    assert client.post(url("card_issue", UNKNOWN)).status_code == 404
    assert client.post(url("card_revoke", UNKNOWN)).status_code == 404


def test_the_drawing_holds_the_code_alone_and_no_address() -> None:
    assert qr_code("A" * 16) != qr_code("B" * 16)
    assert "http" not in qr_code("A" * 16).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert qr_code("A" * 16).startswith("<svg")
