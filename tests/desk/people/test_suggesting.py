"""What stands under a search box while somebody types."""

import pytest
from django.urls import reverse

from safar.people.models import Person
from safar.people.rules import Birth
from safar.trust.models import AuditEntry
from tests.factories import awareness, people

pytestmark = pytest.mark.django_db

SUGGEST = "desk:people:suggest"


@pytest.fixture
def known(home_centre) -> Person:
    return people.person("Тўхтаев", "Ўткир", birth=Birth(1994), at=home_centre)


def test_each_suggestion_says_who_and_why(client_of, known) -> None:
    page = client_of("counsellor").post(reverse(SUGGEST), {"q": "Tukhtaev Utkir"}).content.decode()
    assert 'role="listbox"' in page
    assert f'data-value="{known.pk}"' in page
    assert f'data-fill="{known.client_number}"' in page
    assert "1994 · same family name in another spelling" in page
    assert "One person is suggested" in page
    assert AuditEntry.objects.filter(action="people.person.search").count() == 1


def test_at_most_eight_are_suggested_and_the_rest_is_said(client_of, home_centre) -> None:
    for _ in range(9):
        people.person("Saidova", "Lola", at=home_centre)
    page = client_of("counsellor").post(reverse(SUGGEST), {"q": "Saidova"}).content.decode()
    assert page.count('role="option"') == 8
    assert "There are more" in page


def test_too_many_are_counted_and_not_named(client_of, home_centre) -> None:
    for _ in range(21):
        people.person("Saidova", "Lola", at=home_centre)
    page = client_of("counsellor").post(reverse(SUGGEST), {"q": "Saidova"}).content.decode()
    assert "21 people or more" in page
    assert "Lola" not in page


def test_a_wide_search_is_listed_for_a_reason_the_trail_keeps(client_of, home_centre) -> None:
    for _ in range(21):
        people.person("Saidova", "Lola", at=home_centre)
    client = client_of("counsellor")
    page = client.post(reverse("desk:people:search"), {"q": "Saidova"}).content.decode()
    assert 'name="reason"' in page
    assert "Lola" not in page
    page = client.post(reverse("desk:people:search"), {"q": "Saidova", "reason": "Court asks for all"}).content.decode()
    assert page.count("Saidova Lola") == 21
    assert AuditEntry.objects.get(action="people.person.search_widely").reason == "Court asks for all"


@pytest.mark.parametrize("text", ["Nobody Here", ""])
def test_nobody_is_said_to_be_nobody(client_of, known, text) -> None:
    page = client_of("counsellor").post(reverse(SUGGEST), {"q": text}).content.decode()
    assert "Nobody found so far" in page
    assert "role=" not in page


def test_only_who_may_search_and_only_by_post(client_of, known) -> None:
    assert client_of("ministry_viewer").post(reverse(SUGGEST), {"q": "Tukhtaev"}).status_code == 403
    assert client_of("counsellor").get(reverse(SUGGEST), {"q": "Tukhtaev"}).status_code == 405


def test_a_wide_search_for_a_named_list_offers_nobody(client_of, home_centre) -> None:
    for _ in range(21):
        people.person("Saidova", "Lola", at=home_centre)
    held = awareness.held(home_centre)
    client = client_of("coordinator")
    page = client.post(reverse("desk:awareness:find", args=[held.pk]), {"text": "Saidova"}).content.decode()
    assert "Too many to list" in page
    assert 'id="add-one"' in page
    assert "Lola" not in page
