import pytest
from django.urls import reverse

from safar.messaging.actions import enquiries
from safar.messaging.rules import EnquiryDetails

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry():
    return enquiries.submit(details=EnquiryDetails(kind="question", text="Where is my wage?", language="uz"))


@pytest.mark.parametrize("name", ["desk:messaging:inbox", "desk:messaging:outbox", "desk:messaging:enquiry"])
def test_a_page_opens_for_who_answers_and_asks_others_to_sign_in(client, client_of, enquiry, name):
    address = reverse(name, args=[enquiry.pk] if name.endswith("enquiry") else [])
    assert client_of("counsellor").get(address).status_code == 200
    assert client.get(address).status_code == 302


def test_closing_cannot_be_opened(client_of, enquiry):
    assert client_of("counsellor").get(reverse("desk:messaging:close", args=[enquiry.pk])).status_code == 405
