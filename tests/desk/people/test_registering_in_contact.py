"""Somebody new inside a contact: compared with the files that look the same, and asked for a guardian when a child."""

import pytest
from django.urls import reverse

from safar.cases.models import Contact
from safar.kernel.clock import today
from safar.people.models import Guardianship, NotSamePair, Person
from safar.people.rules import Birth
from tests.desk.cases.test_new_contact import NEW, post, typed
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, home_centre):
    return client_of("counsellor")


@pytest.fixture
def known(home_centre) -> Person:
    return people.person("Каримов", "Анвар", birth=Birth(1994), at=home_centre)


def test_a_look_alike_stands_side_by_side_and_choosing_goes_on_with_the_contact(client, known) -> None:
    response = post(client, **NEW)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Typed now" in page
    assert f'name="same" value="{known.pk}"' in page
    post(client, **NEW, same=str(known.pk))
    assert Contact.objects.get().person == known


def test_who_was_ruled_out_is_remembered_when_the_contact_is_saved(client, known) -> None:
    other = people.person("Karimov", "Anvar", at=known.centre)
    first = post(client, **NEW, rule_out=str(known.pk))
    page = first.content.decode()
    assert first.status_code == 200
    assert f'name="same" value="{other.pk}"' in page
    assert f'name="not_same" value="{known.pk}"' in page
    assert not Contact.objects.exists()
    ruled_out = [str(known.pk), str(other.pk)]
    assert client.post(reverse("desk:cases:new_contact"), typed(**NEW) | {"not_same": ruled_out}).status_code == 302
    fresh = Contact.objects.get().person
    pairs = {frozenset((pair.first_id, pair.second_id)) for pair in NotSamePair.objects.all()}
    assert pairs == {frozenset((fresh.pk, known.pk)), frozenset((fresh.pk, other.pk))}


def test_a_child_needs_somebody_who_answers(client) -> None:
    child = NEW | {"person-birth_year": str(today().year - 9)}
    response = post(client, **child)
    assert response.status_code == 422
    assert "say who answers for them" in response.content.decode()
    assert not Person.objects.exists()
    post(client, **child, **{"person-guardian_basis": "guardian", "person-guardian_relation": "mother"})
    assert Contact.objects.get().person == Guardianship.objects.get().person


def test_a_wide_search_says_how_many_and_offers_nobody(client, home_centre) -> None:
    for _ in range(21):
        people.person("Saidova", "Lola", at=home_centre)
    page = client.post(reverse("desk:cases:new_contact"), {"q": "Saidova"}).content.decode()
    assert "21 people or more fit this" in page
    assert "Lola" not in page
