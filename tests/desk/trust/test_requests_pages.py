"""Requests about personal data at the desk: noted by whoever is asked, answered by the officer, copied in the person's language."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.urls import reverse

from safar.awareness.models import SignUp
from safar.cases.actions import referrals
from safar.desk import papers
from safar.desk.trust import own_copy
from safar.desk.trust.own_copy_words import GROUPS, OTHER_FILES, TOLD
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from safar.kernel.once import fresh_key
from safar.kernel.privacy import parts
from safar.messaging.actions import enquiries, outbox
from safar.messaging.rules import EnquiryDetails
from safar.people.models import Person
from safar.people.rules import ContactPointDetails
from safar.trust.actions import subject_requests as actions
from safar.trust.models import AuditEntry, SubjectRequest
from safar.trust.rules import RequestDetails
from tests.factories import awareness
from tests.factories import cases as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(home_centre) -> Person:
    """Somebody of whom every domain knows something."""
    points = (ContactPointDetails("phone", "901234567"), ContactPointDetails("email", "anvar@example.org"))
    person = make.person(
        home_centre, make.keep_file(purpose="be_contacted"), contact_points=points, language="ru", district="UZ1703202"
    )
    contact = make.contact(home_centre, person, note="Asked about Korea", follow_up_on=today() + dt.timedelta(days=3))
    case = make.case(home_centre, person, plan="Learn welding")
    case.events.create(kind="service", occurred_on=today(), service="legal_aid", delivery="direct")
    agreed = make.keep_file(purpose="share", recipient="Lawyers of Andijan", fields=("name", "need"))
    referral = make.referral(home_centre, person, contact_id=contact.pk, text="Wage not paid", fields=("name",))
    referrals.send(referral_id=referral.pk, agreed=agreed, by=MACHINE)
    session = awareness.held(home_centre, title="Safe contracts")
    awareness.named(session, person)
    SignUp.objects.create(
        session=session, name="Анвар Каримов", phone="+998 90 123-45-67", language="ru", reference="R1"
    )
    SignUp.objects.create(session=session, name="Lola", phone="+998901234567", language="ru", reference="R2")
    outbox.send_reminder(person_id=person.pk, kind="session", at=now(), place="Hall", language="en", by=MACHINE)
    asked = EnquiryDetails("question", "Where is my wage?", "ru", "Anvar", "email", "ANVAR@example.org")
    enquiries.submit(details=asked)
    return person


def noted(person, kind="copy", **fields) -> SubjectRequest:
    details = {"kind": kind, "way": "in_person", "received_on": today(), "identity": "document"}
    return actions.receive(person_key=person.pk, details=RequestDetails(**(details | fields)), by=MACHINE)


def address(name: str, *args) -> str:
    return reverse(f"desk:trust:{name}", args=args)


def test_a_counsellor_notes_a_request_from_the_file_and_the_clock_runs(client_of, person) -> None:
    client = client_of("counsellor")
    assert address("request_new", person.pk) in client.get(reverse("desk:people:file", args=[person.pk])).text
    page = client.get(address("request_new", person.pk))
    assert "Karimov" in page.text
    typed = {
        "kind": "copy",
        "way": "phone",
        "asked_by": "self",
        "identity": "not_yet",
        "received_on": str(today()),
        "form_key": fresh_key(),
    }
    refused = client.post(address("request_new", person.pk), {**typed, "received_on": "2999-01-01"})
    assert refused.status_code == 422
    assert "has not come yet" in refused.text
    answer = client.post(address("request_new", person.pk), typed)
    made = SubjectRequest.objects.get()
    assert answer.url == address("request", made.pk)
    assert client.post(address("request_new", person.pk), typed).url == answer.url
    assert "10 days left" in client.get(answer.url).text
    assert "Karimov" in client.get(address("requests")).text


def test_late_requests_say_how_late(client_of, person) -> None:
    noted(person, received_on=today() - dt.timedelta(days=12))
    noted(person, received_on=today() - dt.timedelta(days=8))
    page = client_of("data_protection_officer").get(address("requests")).text
    assert "2 days late" in page
    assert "2 days left" in page
    assert "2 requests have to be answered" in client_of("data_protection_officer").get(reverse("desk:board")).text


def test_an_empty_list_says_where_a_request_is_noted(client_of) -> None:
    assert "No request is open" in client_of("counsellor").get(address("requests")).text


def test_who_asks_is_made_sure_of_first(client_of, person) -> None:
    made, client = noted(person, identity="not_yet"), client_of("data_protection_officer")
    assert "is it the person?" in client.get(address("request", made.pk)).text
    assert client.post(address("request_copy", made.pk, "pdf")).url == address("request", made.pk)
    assert client.post(address("request_identify", made.pk), {"how": "?"}).status_code == 422
    client.post(address("request_identify", made.pk), {"how": "document"})
    assert "Copy to read" in client.get(address("request", made.pk)).text


def test_the_copy_is_a_paper_and_a_file_in_the_persons_language(client_of, person) -> None:
    made, client = noted(person), client_of("data_protection_officer")
    paper = client.post(address("request_copy", made.pk, "pdf"))
    assert paper.content.startswith(b"%PDF")
    assert paper["Cache-Control"] == "no-store"
    data = json.loads(client.post(address("request_copy", made.pk, "json")).content)
    assert data["language"] == "ru"
    assert data["data"]["people"]["details"]["family_name"] == "Karimov"
    words = json.dumps(data["sections"], ensure_ascii=False)
    for told in ("Asked about Korea", "Learn welding", "Wage not paid", "Safe contracts", "Where is my wage?"):
        assert told in words
    assert "Lola" not in words, "a phone may be that of a whole family"
    assert AuditEntry.objects.filter(action="trust.subject.export", person_key=person.pk, verb="export").count() == 2
    assert client.post(address("request_copy", made.pk, "exe")).status_code == 404


def test_the_copy_tells_everything_that_is_exported(person) -> None:
    held = {part.name: dict(part.export(person.pk)) for part in parts()}
    for part, content in held.items():
        assert set(content) - {OTHER_FILES} <= TOLD.get(part, set()), part
    by_key = {(group.part, group.key): group for group in GROUPS}
    for part, content in held.items():
        for key, records in content.items():
            if key == OTHER_FILES:
                continue
            group = by_key[part, key]
            for record in [records] if group.is_one else records:
                assert set(record) <= {field.name for field in group.fields}, (part, key)


def test_every_group_of_the_copy_is_of_a_domain_that_is_installed() -> None:
    known = {config.label for config in apps.get_app_configs()} | {"sealed", "hold"}
    assert {group.part for group in GROUPS} <= known


def test_files_that_are_one_person_are_told_together(person, home_centre) -> None:
    held = {"people": {"details": {"family_name": "A"}, "other_files": [{"details": {"family_name": "B"}}]}}
    paper = own_copy.as_paper(held, language="en", made_on=today(), centre=home_centre)
    assert {"A", "B"} <= {value for _term, value in paper.blocks[1].facts}


@pytest.mark.parametrize(
    ("own", "language"), [("tg", "ru"), ("kaa", "uz"), ("uz-cyrl", "uz-cyrl"), ("", "en"), ("ky", "ru")]
)
def test_a_language_we_do_not_print_becomes_the_nearest(own, language) -> None:
    assert papers.language_for(own) == language


def test_a_copy_is_closed_with_words_the_person_is_told(client_of, person) -> None:
    made, client = noted(person), client_of("data_protection_officer")
    assert client.post(address("request_answer", made.pk), {"state": "done", "decision": ""}).status_code == 422
    assert client.post(address("request_answer", made.pk), {"state": "", "decision": ""}).status_code == 422
    client.post(address("request_answer", made.pk), {"state": "done", "decision": "Handed over on paper."})
    page = client.get(address("request", made.pk)).text
    assert "Handed over on paper." in page
    assert "Copy to read" not in page
    assert "Handed over" not in client.get(address("requests")).text


def test_time_is_lengthened_with_a_reason(client_of, person) -> None:
    made, client = noted(person), client_of("data_protection_officer")
    assert client.post(address("request_extend", made.pk), {"reason": ""}).status_code == 422
    client.post(address("request_extend", made.pk), {"reason": "The paper file lies elsewhere"})
    assert client.post(address("request_extend", made.pk), {"reason": "Once more"}).status_code == 422
    assert "30 days left" in client.get(address("request", made.pk)).text


def test_a_correction_shows_what_was_changed(client_of, person) -> None:
    made, client = noted(person, "correction"), client_of("data_protection_officer")
    assert "Nothing in the file was changed" in client.get(address("request", made.pk)).text
    AuditEntry.objects.create(
        verb="write", action="people.person.change", actor_kind="machine", person_key=person.pk, fields=["birth_year"]
    )
    assert "birth_year" in client.get(address("request", made.pk)).text


def test_erasing_shows_first_what_goes_and_what_stays(client_of, person) -> None:
    made, client = noted(person, "erasure"), client_of("data_protection_officer")
    page = client.get(address("request_erase", made.pk)).text
    for told in ("Counselling contacts", "Sign-ups to sessions", "one more in the count of the session", "Messages"):
        assert told in page
    assert client.post(address("request_erase", made.pk), {}).status_code == 422
    assert Person.objects.filter(pk=person.pk).exists()
    client.post(address("request_erase", made.pk), {"understood": "on"})
    assert not Person.objects.filter(pk=person.pk).exists()
    assert "The person is erased." in client.get(address("request", made.pk)).text
    assert SignUp.objects.get().name == "Lola"
    assert client.get(address("request_erase", made.pk)).status_code == 404


def test_an_erasure_that_is_refused_says_why(client_of, person) -> None:
    made, client = noted(person, "erasure", identity="not_yet"), client_of("data_protection_officer")
    answer = client.post(address("request_erase", made.pk), {"understood": "on"})
    assert answer.status_code == 422
    assert "make sure" in answer.text


def test_a_request_nobody_made_is_not_found(client_of, person) -> None:
    assert client_of("data_protection_officer").get(address("request", person.pk)).status_code == 404


@pytest.mark.parametrize("name", ["request_extend", "request_answer", "request_erase"])
def test_a_counsellor_answers_nothing(client_of, person, name) -> None:
    assert client_of("counsellor").post(address(name, noted(person, "erasure").pk), {}).status_code == 403


def test_who_sees_no_people_is_refused(client_of, person) -> None:
    made, client = noted(person), client_of("ministry_viewer")
    for path in (address("requests"), address("request", made.pk), address("request_new", person.pk)):
        assert client.get(path).status_code == 403
    assert client.post(address("request_copy", made.pk, "json")).status_code == 403
    assert client.post(address("request_identify", made.pk), {"how": "card"}).status_code == 403
