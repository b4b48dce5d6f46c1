import pytest
from django.urls import reverse

from tests.factories import partners

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["desk:partners:list", "desk:partners:add", "desk:partners:show", "desk:partners:edit"]
)
def test_a_page_opens_for_who_keeps_partners_and_asks_others_to_sign_in(client, client_of, name):
    partner = partners.partner()
    address = reverse(name, args=[] if name.endswith(("list", "add")) else [partner.pk])
    assert client_of("coordinator").get(address).status_code == 200
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("name", ["desk:partners:move", "desk:partners:sign", "desk:partners:touch"])
def test_what_writes_cannot_be_opened(client_of, name):
    assert client_of("coordinator").get(reverse(name, args=[partners.partner().pk])).status_code == 405
