import datetime as dt

import pytest
from django.urls import reverse

from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.models import Person
from safar.trust.actions import retention
from safar.trust.models import AuditEntry, RetentionHold, RetentionRun
from tests.factories import people

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def old(home_centre) -> Person:
    person = people.person("Toshmatova", at=home_centre)
    Person.objects.filter(pk=person.pk).update(registered_on=today() - 800 * DAY)
    return person


def at(page: str, *args) -> str:
    return reverse(f"desk:trust:{page}", args=args)


def test_the_page_counts_by_kind_and_centre_and_names_nobody(client_of, old) -> None:
    client = client_of("data_protection_officer")
    page = client.get(at("retention")).content.decode()
    assert "Files nobody needs any more" in page
    assert "Centre TAS: 1" in page
    assert "24 months" in page
    assert "Toshmatova" not in page
    assert "No run yet" in page
    assert Person.objects.filter(pk=old.pk).exists()


def test_opening_the_list_names_who_goes_and_is_on_the_trail(client_of, old) -> None:
    client = client_of("data_protection_officer")
    assert "Toshmatova" in client.get(at("retention_files", "people.files")).content.decode()
    assert AuditEntry.objects.filter(action="trust.retention.preview", staff=client.staff).exists()
    assert "No file is due" in client.get(at("retention_files", "people.withdrawn")).content.decode()
    assert client.get(at("retention_files", "kernel.form_keys")).status_code == 404
    assert client.get(at("retention_files", "nothing")).status_code == 404


def test_a_hold_is_placed_from_the_file_and_lifted_on_the_page(client_of, old) -> None:
    client = client_of("data_protection_officer")
    assert at("retention_hold", old.pk) in client.get(reverse("desk:people:file", args=[old.pk])).content.decode()
    address = at("retention_hold", old.pk)
    assert client.get(address).status_code == 200
    refused = client.post(address, {"reason": "court", "until": "2020-01-01"})
    assert refused.status_code == 422
    assert 'value="court"' in refused.content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "court", "until": today() + 90 * DAY})["Location"] == at("retention")
    assert "On hold already" in client.get(address).content.decode()
    page = client.get(at("retention")).content.decode()
    assert "court" in page
    assert "Toshmatova" in page
    client.post(at("retention_run"))
    assert Person.objects.filter(pk=old.pk).exists()
    assert client.post(at("retention_lift", RetentionHold.objects.get().pk)).status_code == 302
    assert "records are on hold" in client.get(at("retention")).content.decode()


def test_what_is_due_can_be_ended_by_hand_and_the_page_remembers(client_of, old) -> None:
    client = client_of("data_protection_officer")
    assert client.get(at("retention_run")).status_code == 405
    assert "1 record ended." in client.post(at("retention_run"), follow=True).content.decode()
    page = client.get(at("retention")).content.decode()
    assert "Finished" in page
    assert "Files nobody needs any more: 1" in page


def test_what_could_not_be_ended_is_said(client_of, old, monkeypatch) -> None:
    from safar.trust.actions import subject_requests

    monkeypatch.setattr(subject_requests, "parts", lambda: (_ for _ in ()).throw(RuntimeError))
    page = client_of("data_protection_officer").post(at("retention_run"), follow=True).content.decode()
    assert "1 record could not be ended" in page


def test_a_run_that_broke_off_or_left_something_says_so(client_of, home_centre) -> None:
    RetentionRun.objects.create(day=today(), ended={"gone.rule": 3}, left={"people.files": 2})
    page = client_of("data_protection_officer").get(at("retention")).content.decode()
    assert "Broke off" in page
    assert "gone.rule: 3" in page
    assert "2 left for the next night" in page


@pytest.mark.parametrize("role", ["coordinator", "administrator", "ministry_viewer"])
def test_only_the_officer_sees_and_ends(role: str, client_of, old) -> None:
    client = client_of(role)
    hold = retention.hold(person_key=old.pk, reason="court", until=today(), by=MACHINE)
    for page in (at("retention"), at("retention_files", "people.files"), at("retention_hold", old.pk)):
        assert client.get(page).status_code == 403
    for page in (at("retention_run"), at("retention_lift", hold.pk), at("retention_hold", old.pk)):
        assert client.post(page, {"reason": "x"}).status_code == 403
