"""Addresses people have written down: they open, and they stay what they are."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories import awareness

pytestmark = pytest.mark.django_db

ADDRESSES = [
    ("portal:home", [], "/uz/"),
    ("portal:centres", [], "/uz/centres/"),
    ("portal:sessions", [], "/uz/sessions/"),
    ("portal:guides", [], "/uz/guide/"),
    ("portal:guide", ["kr"], "/uz/guide/kr/"),
    ("portal:ask", [], "/uz/ask/"),
    ("portal:visit", [], "/uz/visit/"),
    ("portal:answer", [], "/uz/answer/"),
    ("portal:about", [], "/uz/about/"),
]


@pytest.mark.parametrize(("name", "arguments", "address"), ADDRESSES)
def test_a_public_address_opens_and_stays_what_it_is(visitor, site, name, arguments, address):
    with translation.override("uz"):
        assert reverse(name, args=arguments) == address
    assert visitor.get(address).status_code == 200


def test_a_session_has_an_address_of_its_own(visitor, office):
    session = awareness.upcoming(office)
    with translation.override("ru"):
        address = reverse("portal:sign_up", args=[session.pk])
    assert address == f"/ru/sessions/{session.pk}/"
    assert visitor.get(address).status_code == 200


def test_whatever_else_is_asked_for_gets_the_page_that_says_it_is_not_here(visitor, office):
    with translation.override("en"):
        address = reverse("portal:not_here", args=["no-such-page"])
    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"), [("enter", 302), ("robots", 200), ("sitemap", 200), ("security_text", 404)]
)
def test_addresses_without_a_language_open_without_one(visitor, name, status):
    assert visitor.get(reverse(name)).status_code == status
