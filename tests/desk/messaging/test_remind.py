import pytest
from django.core import mail
from django.urls import reverse

from safar.messaging.models import Message
from safar.people.rules import ContactPointDetails
from tests.factories import people

pytestmark = pytest.mark.django_db(transaction=False)

FORM = {"kind": "appointment", "day": "2126-05-04", "time": "10:30", "place": "Room 4", "language": "ru", "form_key": "01890000-0000-7000-8000-00000000aaaa"}  # fmt: skip


@pytest.fixture
def reachable(home_centre):
    consents = [people.consent(), people.consent("be_contacted")]
    return people.person(
        consents=consents, contact_points=[ContactPointDetails("email", "dilnoza@example.org")], at=home_centre
    )


def test_a_reminder_leaves_once_however_often_it_is_pressed(
    client_of, reachable, django_capture_on_commit_callbacks
) -> None:
    client = client_of("counsellor")
    address = reverse("desk:messaging:remind", args=[reachable.pk])
    assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, FORM).url == reverse("desk:people:file", args=[reachable.pk])
        client.post(address, FORM)
    assert [message.to for message in mail.outbox] == [["dilnoza@example.org"]]
    assert "Room 4" in mail.outbox[0].body


def test_without_consent_the_page_says_so_and_nothing_leaves(client_of, home_centre) -> None:
    person = people.person(contact_points=[ContactPointDetails("email", "dilnoza@example.org")], at=home_centre)
    client = client_of("counsellor")
    address = reverse("desk:messaging:remind", args=[person.pk])
    assert "has not agreed to be contacted" in client.get(address).content.decode()
    client.post(address, FORM)
    assert mail.outbox == []
    assert Message.objects.get().state == "refused"


def test_a_day_that_is_over_is_refused_with_all_that_was_typed(client_of, reachable) -> None:
    response = client_of("counsellor").post(
        reverse("desk:messaging:remind", args=[reachable.pk]), {**FORM, "day": "2020-01-01"}
    )
    assert response.status_code == 422
    assert "Room 4" in response.content.decode()


def test_a_ministry_viewer_sends_nothing(client_of, reachable) -> None:
    assert (
        client_of("ministry_viewer").post(reverse("desk:messaging:remind", args=[reachable.pk]), FORM).status_code
        == 403
    )
