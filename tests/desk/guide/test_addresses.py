import pytest
from django.urls import reverse

from tests.factories import guide

pytestmark = pytest.mark.django_db

PAGES = [
    ("desk:guide:board", []),
    ("desk:guide:destination", ["kr"]),
    ("desk:guide:add", []),
    ("desk:guide:fact", ["old"]),
    ("desk:guide:change", ["old"]),
]


@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_a_page_opens_for_who_keeps_the_guide_and_asks_others_to_sign_in(client, client_of, name, arguments):
    guide.guide()
    guide.fact(key="old")
    address = reverse(name, args=arguments)
    assert client_of("coordinator").get(address).status_code == 200
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("name", ["desk:guide:verify", "desk:guide:assign", "desk:guide:retire"])
def test_what_writes_cannot_be_opened(client_of, name):
    guide.fact(key="old")
    assert client_of("coordinator").get(reverse(name, args=["old"])).status_code == 405
