"""The service directory at the desk."""

import pytest
from django.urls import reverse

from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.partners.models import Service
from tests.factories import partners, services

pytestmark = pytest.mark.django_db
TYPED = {
    "service_type": "legal_aid",
    "place": "UZ1703202",
    "languages": ["uz", "ru"],
    "capacity": "open",
    "capacity_available": "3",
    "cost": "free",
    "phone": "+998 71 200 00 00",
    "status": "active",
}


def at(name: str, *args) -> str:
    return reverse(f"desk:partners:{name}", args=args)


def test_a_service_is_entered_from_its_partner_and_stands_in_the_directory(client_of):
    partner = partners.partner(name={"en": "Legal clinic"})
    client = client_of("coordinator")
    assert client.get(at("service_add", partner.pk)).status_code == 200
    refused = client.post(at("service_add", partner.pk), TYPED | {"phone": "", "form_key": fresh_key()})
    assert refused.status_code == 422
    assert "how a person gets there" in refused.text
    entered = client.post(at("service_add", partner.pk), TYPED | {"form_key": fresh_key()}, follow=True)
    assert "Takes people now" in entered.text
    made = Service.objects.get()
    assert (made.region, made.district, made.languages, made.capacity_available) == (
        "UZ-AN",
        "UZ1703202",
        ["uz", "ru"],
        3,
    )
    listed = client.get(at("directory"), {"service": "legal_aid", "region": "UZ-AN"}).text
    assert "Legal clinic" in listed
    assert client.staff.full_name in listed
    assert "Legal clinic" not in client.get(at("directory"), {"service": "health"}).text


def test_an_entry_is_changed_and_shows_what_it_held(client_of):
    service = services.service(languages=("ru",), schedule="Mon to Fri, 9 to 17")
    client = client_of("coordinator")
    assert "Mon to Fri, 9 to 17" in client.get(at("service", service.pk)).text
    assert client.post(at("service", service.pk), TYPED | {"cost": "?"}).status_code == 422
    wrong = client.post(at("service", service.pk), TYPED | {"url": "ftp://example.org"})
    assert "https://" in wrong.text
    changed = client.post(at("service", service.pk), TYPED | {"place": "", "status": "temporarily closed"}, follow=True)
    assert "counts as checked today" in changed.text
    assert "Closed for now" in changed.text
    assert Service.objects.get().region == ""


def test_what_is_old_is_checked_with_one_press(client_of):
    service = services.service(assured_days=200)
    client = client_of("counsellor")
    due = client.get(at("directory_due")).text
    assert "Out of date" in due
    assert "To be checked (1)" in due
    done = client.post(at("service_still_true", service.pk), {"due": "1"}, follow=True)
    assert "still true today" in done.text
    assert "Everything is checked" in done.text
    assert Service.objects.get().assured_on == today()
    assert "values offered" in client.post(at("service_still_true", service.pk), {"capacity": "?"}, follow=True).text


def test_an_empty_directory_says_where_services_are_entered(client_of):
    assert "from the page of the partner" in client_of("counsellor").get(at("directory")).text


def test_reading_checking_and_entering_are_different_rights(client_of):
    service = services.service()
    counsellor = client_of("counsellor")
    assert "Still true" in counsellor.get(at("directory")).text
    assert counsellor.get(at("service", service.pk)).status_code == 403
    assert counsellor.get(at("service_add", service.partner_id)).status_code == 403
    viewer = client_of("ministry_viewer")
    for name in ("directory", "directory_due"):
        assert viewer.get(at(name)).status_code == 403
    assert viewer.post(at("service_still_true", service.pk)).status_code == 403


def test_the_directory_asks_as_much_of_the_database_with_many_entries(client_of, django_assert_max_num_queries):
    client = client_of("counsellor")

    def asked() -> int:
        with django_assert_max_num_queries(40) as held:
            client.get(at("directory"))
        return len(held)

    for _number in range(3):
        services.service()
    asked()
    few = asked()
    for _number in range(9):
        services.service()
    assert asked() == few
