import datetime as dt

import pytest
from django.urls import reverse

from safar.kernel.clock import now, today
from safar.people.models import Person
from safar.trust.actions import sealed, sealed_key
from safar.trust.models import AuditEntry, SealedNote, SealedOpening, SealedReader
from safar.trust.queries.actors import actor_for
from tests.factories import cases, people

pytestmark = pytest.mark.django_db
SECRET = "She said the passport is with the driver."


@pytest.fixture(autouse=True)
def _key(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SAFAR_SEALED_KEY_FILE", str(tmp_path / "sealed_key"))
    sealed_key.make()


@pytest.fixture
def person(home_centre) -> Person:
    return people.person(at=home_centre)


def at(page: str, *args) -> str:
    return reverse(f"desk:people:{page}", args=args)


def seal(client, person, **fields):
    posted = {"kind": "trafficking", "text": SECRET} | fields
    return client.post(at("sealed_write", person.pk), posted)


def make_reader(client, officer, **fields) -> None:
    wanted = {"kind": "trafficking", "reason": "focal point", "until": today() + dt.timedelta(days=9)} | fields
    sealed.name_reader(staff_id=client.staff.pk, by=actor_for(officer.staff), **wanted)


def test_a_note_goes_in_and_its_writer_does_not_see_it_again(client_of, person) -> None:
    client = client_of("counsellor")
    page = client.get(at("sealed", person.pk))
    assert page.status_code == 200
    assert "Seal a note" in page.content.decode()
    assert seal(client, person)["Location"] == at("sealed", person.pk)
    assert SealedNote.objects.get().person_key == person.pk
    for shown in (at("sealed", person.pk), at("file", person.pk)):
        text = client.get(shown).content.decode()
        assert "There is a sealed part" not in text
        assert SECRET not in text


def test_what_is_refused_comes_back_with_what_was_typed(client_of, person) -> None:
    client = client_of("counsellor")
    refused = seal(client, person, kind="")
    assert refused.status_code == 422
    assert SECRET in refused.content.decode()
    asked = client.post(at("sealed_ask", person.pk), {"reason": ""})
    assert asked.status_code == 422


def test_two_people_open_a_note_for_half_an_hour(client_of, person, time_machine) -> None:
    officer, reader, second = client_of("data_protection_officer"), client_of("counsellor"), client_of("coordinator")
    for each in (reader, second):
        make_reader(each, officer)
    seal(client_of("counsellor"), person)
    assert "There is a sealed part" in reader.get(at("file", person.pk)).content.decode()
    assert "Ask to open" in reader.get(at("sealed", person.pk)).content.decode()
    assert reader.post(at("sealed_ask", person.pk), {"reason": "visit today"}).status_code == 302
    opening = SealedOpening.objects.get()
    assert "waits for a second person" in reader.get(at("sealed", person.pk)).content.decode()
    assert "visit today" not in reader.get(at("sealed_requests")).content.decode()
    assert reader.get(at("sealed_read", opening.pk)).status_code == 302
    assert "A second person is needed" in second.get(reverse("desk:board")).content.decode()
    assert "visit today" in second.get(at("sealed_requests")).content.decode()
    assert second.post(at("sealed_decide", opening.pk), {"answer": "allow"}).status_code == 302
    again = second.post(at("sealed_decide", opening.pk), {"answer": "allow"}, follow=True)
    assert "decided already" in again.content.decode()
    assert "Read the notes" in reader.get(at("sealed", person.pk)).content.decode()
    shown = reader.get(at("sealed_read", opening.pk))
    assert SECRET in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(action="trust.sealed.read", staff=reader.staff).count() == 1
    assert second.get(at("sealed_read", opening.pk)).status_code == 404
    time_machine.move_to(now() + dt.timedelta(minutes=31))
    assert "closed again" in reader.get(at("sealed_read", opening.pk), follow=True).content.decode()


def test_a_refused_request_opens_nothing(client_of, person) -> None:
    officer, reader = client_of("data_protection_officer"), client_of("counsellor")
    make_reader(reader, officer)
    seal(reader, person)
    reader.post(at("sealed_ask", person.pk), {"reason": "curious"})
    opening = SealedOpening.objects.get()
    assert (
        "refused" in officer.post(at("sealed_decide", opening.pk), {"answer": "refuse"}, follow=True).content.decode()
    )
    assert reader.get(at("sealed_read", opening.pk)).status_code == 302


def test_without_the_key_the_pages_say_so_and_lose_nothing(client_of, person, tmp_path) -> None:
    officer, reader = client_of("data_protection_officer"), client_of("counsellor")
    make_reader(reader, officer)
    seal(reader, person)
    reader.post(at("sealed_ask", person.pk), {"reason": "visit"})
    opening = SealedOpening.objects.get()
    officer.post(at("sealed_decide", opening.pk), {"answer": "allow"})
    (tmp_path / "sealed_key").unlink()
    assert "missing on this machine" in reader.get(at("sealed", person.pk)).content.decode()
    refused = seal(reader, person)
    assert refused.status_code == 422
    assert SECRET in refused.content.decode()
    assert "cannot be opened" in reader.get(at("sealed_read", opening.pk), follow=True).content.decode()


def test_the_officer_names_readers_of_a_kind_and_of_a_person_and_ends_them(client_of, person) -> None:
    officer, nurse = client_of("data_protection_officer"), client_of("counsellor")
    wanted = {"staff": nurse.staff.pk, "until": today() + dt.timedelta(days=5), "reason": "nurse"}
    refused = officer.post(at("sealed_readers"), wanted)
    assert refused.status_code == 422
    too_long = officer.post(
        at("sealed_readers"), wanted | {"kind": "health", "until": today() + dt.timedelta(days=900)}
    )
    assert too_long.status_code == 422
    assert officer.post(at("sealed_readers"), wanted | {"kind": "health"}).status_code == 302
    assert officer.post(at("sealed_readers"), wanted | {"person": person.pk}).status_code == 302
    page = officer.get(at("sealed_readers")).content.decode()
    assert "All kinds" in page
    assert person.client_number in page
    assert officer.staff.full_name not in dict(
        officer.get(at("sealed_readers")).context["form"].fields["staff"].choices
    )
    for reader in SealedReader.objects.all():
        assert officer.post(at("sealed_reader_end", reader.pk)).status_code == 302
    assert "Nobody is a reader yet" in officer.get(at("sealed_readers")).content.decode()
    assert "Name a reader for this person" in officer.get(at("sealed", person.pk)).content.decode()


def test_the_officer_asks_for_the_persons_copy_and_cannot_read_the_notes(client_of, person) -> None:
    officer, second = client_of("data_protection_officer"), client_of("coordinator")
    nothing = officer.post(at("sealed_ask", person.pk), {"reason": "her copy", "purpose": "copy"})
    assert nothing.status_code == 422
    make_reader(second, officer)
    seal(second, person)
    officer.post(at("sealed_ask", person.pk), {"reason": "her copy", "purpose": "copy"})
    opening = SealedOpening.objects.get()
    assert opening.purpose == "copy"
    second.post(at("sealed_decide", opening.pk), {"answer": "allow"})
    assert officer.get(at("sealed_read", opening.pk)).status_code == 404


@pytest.mark.parametrize("role", ["ministry_viewer", "administrator", "outreach_officer"])
def test_who_does_not_counsel_finds_no_door(role: str, client_of, person) -> None:
    client = client_of(role)
    assert seal(client, person).status_code == 403
    for page in (at("sealed", person.pk), at("sealed_requests"), at("sealed_readers")):
        assert client.get(page).status_code == 403
    assert client.post(at("sealed_ask", person.pk), {"reason": "x"}).status_code == 403


def test_a_counsellor_names_no_readers(client_of, person) -> None:
    client = client_of("counsellor")
    assert client.get(at("sealed_readers")).status_code == 403
    assert client.post(at("sealed_ask", person.pk), {"reason": "x", "purpose": "copy"}).status_code == 403


def test_contacts_and_cases_have_a_door_to_the_compartment(client_of, person, home_centre) -> None:
    officer, reader, other = client_of("data_protection_officer"), client_of("counsellor"), client_of("counsellor")
    make_reader(reader, officer)
    contact, case = cases.contact(home_centre, of=person), cases.case(home_centre, person)
    sealed.write(person_key=person.pk, kind="trafficking", text=SECRET, about_key=contact.pk, by=actor_for(other.staff))
    for page in (reverse("desk:cases:contact", args=[contact.pk]), reverse("desk:cases:case", args=[case.pk])):
        assert "There is a sealed part" in reader.get(page).content.decode()
        shown = other.get(page).content.decode()
        assert "There is a sealed part" not in shown
        assert at("sealed", person.pk) in shown
    form = other.get(at("sealed", person.pk), {"about": str(contact.pk)}).context["note_form"]
    assert form.initial["about"] == str(contact.pk)
