"""A person's consents and safe contact at the desk."""

import datetime as dt

import pytest
from django.urls import reverse

from safar.desk import papers
from safar.desk.people.consent_paper import TO_FILL_IN, Asked, consent_paper
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.people.actions import consents
from safar.people.models import ContactPoint, Person
from safar.people.queries import consent as queries
from safar.people.rules import ContactPointDetails
from safar.trust.models import AuditEntry, ProcessingAnswers
from tests.factories import people

pytestmark = pytest.mark.django_db
YES = {"purpose": "be_contacted", "answer": "yes", "text_language": "uz", "method": "written", "spoken_by": "self"}


@pytest.fixture
def person(home_centre) -> Person:
    points = [ContactPointDetails("phone", "901234567"), ContactPointDetails("email", "a@example.org")]
    return people.person(at=home_centre, contact_points=points, language="ru")


def at(name: str, *args) -> str:
    return reverse(f"desk:people:{name}", args=args)


def test_the_file_leads_to_the_consents_which_show_what_holds_and_what_was(client_of, person) -> None:
    client = client_of("counsellor")
    assert at("consents", person.pk) in client.get(at("file", person.pk)).text
    client.post(at("decide", person.pk), YES)
    grant = person.consents.get(purpose="be_contacted")
    page = client.get(at("consents", person.pk)).text
    assert at("withdraw", grant.pk) in page
    assert grant.asked_by.full_name in page
    answer = client.post(at("withdraw", grant.pk))
    assert answer.url == at("consents", person.pk)
    page = client.get(answer.url).text
    assert at("withdraw", grant.pk) not in page
    assert "Withdrawn" in page
    grant.refresh_from_db()
    assert grant.withdrawn_by == client.staff


def test_a_consent_whose_day_has_passed_is_shown_as_over(client_of, person) -> None:
    details = people.consent("follow_up", expires_on=today() - dt.timedelta(days=1))
    consents.decide(person_id=person.pk, details=details, by=MACHINE)
    assert ">Over<" in client_of("counsellor").get(at("consents", person.pk)).text


def test_sharing_names_recipient_and_fields(client_of, person) -> None:
    client = client_of("counsellor")
    share = YES | {"purpose": "share", "recipient": "Lawyers", "fields_shared": ["name", "need"], "abroad": "on"}
    refused = client.post(at("decide", person.pk), share | {"recipient": ""})
    assert refused.status_code == 422
    assert "Name the recipient" in refused.text
    client.post(at("decide", person.pk), share)
    grant = person.consents.get(purpose="share")
    assert (grant.recipient, grant.fields, grant.abroad) == ("Lawyers", ["name", "need"], True)
    assert "Name, What the person needs" in client.get(at("consents", person.pk)).text


def test_fields_belong_to_sharing_alone(client_of, person) -> None:
    answer = client_of("counsellor").post(at("decide", person.pk), YES | {"fields_shared": ["name"]})
    assert answer.status_code == 422
    assert "Only consent to share" in answer.text


def test_a_second_press_records_one_decision(client_of, person) -> None:
    client, key = client_of("counsellor"), fresh_key()
    for _ in range(2):
        client.post(at("decide", person.pk), YES | {"form_key": key})
    assert person.consents.filter(purpose="be_contacted").count() == 1


def test_an_answer_without_a_purpose_comes_back(client_of, person) -> None:
    assert client_of("counsellor").post(at("decide", person.pk), {"answer": "yes"}).status_code == 422


class TestPaper:
    def test_is_printed_and_that_it_was_is_on_the_trail(self, client_of, person) -> None:
        typed = {"purposes": ["keep_file", "be_contacted"], "language": "uz"}
        answer = client_of("counsellor").post(at("consent_paper", person.pk), typed)
        assert answer.content.startswith(b"%PDF")
        entry = AuditEntry.objects.get(action="people.consent.form")
        assert (entry.person_key, entry.fields, entry.verb) == (person.pk, ["be_contacted", "keep_file"], "export")

    def test_for_sharing_asks_with_whom_and_what(self, client_of, person) -> None:
        answer = client_of("counsellor").post(at("consent_paper", person.pk), {"purposes": ["share"], "language": "uz"})
        assert answer.status_code == 422
        assert "Say what may be shared." in answer.text

    def test_names_all_the_law_lists(self, person) -> None:
        asked = Asked(
            ["keep_file", "share", "follow_up", "be_contacted"], "en", "Lawyers", ("name", "phone"), abroad=True
        )
        paper = consent_paper(person, asked, on=today())
        terms = dict(paper.blocks[0].facts)
        assert terms["Tax number"] == TO_FILL_IN
        assert person.full_name in terms["Who is asked"]
        assert [block.title for block in paper.blocks[1:-1]] == [
            "Keep a file", "Be contacted", "Share with a named recipient", "Follow-up research",
        ]  # fmt: skip
        share = dict(paper.blocks[3].facts)
        assert share["Which data"] == "Name, Phone"
        assert share["Given to others"] == "Only to Lawyers"
        assert share["Abroad"] == "Yes, to this recipient alone"
        assert share["Made public"] == "No, nowhere"
        assert share["How long"].startswith("12 months")
        assert dict(paper.blocks[1].facts)["Abroad"] == "No"
        assert "at any time" in paper.blocks[-1].paragraphs[0]

    def test_takes_operator_and_tax_number_from_the_answers_of_the_node(self, person) -> None:
        ProcessingAnswers.objects.create(holder_name="MRC Tashkent", holder_tax_number="123456789")
        terms = dict(consent_paper(person, Asked(["keep_file"], "en"), on=today()).blocks[0].facts)
        assert (terms["Who asks"], terms["Tax number"]) == ("MRC Tashkent", "123456789")

    @pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en"])
    def test_has_a_letter_for_every_sign_of_every_language(self, person, language) -> None:
        paper = consent_paper(person, Asked(["keep_file"], language), on=today())
        assert paper.language == language
        assert papers.pdf(paper, made_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).startswith(b"%PDF")


class TestSafeContact:
    AGREED = {
        "safety": "ask_first",
        "days": ["1", "2"],
        "from_hour": "18",
        "until_hour": "20",
        "answered_by": "family",
        "ask_for": "Nodira opa",
        "wording": "code_word",
        "code_word": "Tikuvchi",
    }

    def test_is_recorded_point_by_point_and_shown(self, client_of, person) -> None:
        point, client = person.contact_points.first(), client_of("counsellor")
        assert "Safe contact" in client.get(at("reach", point.pk)).text
        answer = client.post(at("reach", point.pk), self.AGREED)
        assert answer.url == at("consents", person.pk)
        page = client.get(answer.url).text
        for told in ("Monday, Tuesday", "From 18:00 to 20:00", "Ask for Nodira opa", "Only the word agreed: Tikuvchi"):
            assert told in page
        point.refresh_from_db()
        assert (point.days, point.from_hour, point.safety, point.code_word) == ("12", 18, "ask_first", "Tikuvchi")
        assert 'value="18" selected' in client.get(at("reach", point.pk)).text
        assert AuditEntry.objects.filter(action="people.contact_point.agree", person_key=person.pk).count() == 1
        client.post(at("reach", point.pk), self.AGREED)
        assert AuditEntry.objects.filter(action="people.contact_point.agree").count() == 1

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ({"code_word": ""}, "Write the word"),
            ({"code_word": "Migratsiya"}, "tells others"),
            ({"until_hour": ""}, "From when"),
            ({"until_hour": "9"}, "end before they begin"),
            ({"wording": "?"}, "Select a valid choice"),
        ],
    )
    def test_what_cannot_be_comes_back(self, client_of, person, typed, message) -> None:
        answer = client_of("counsellor").post(at("reach", person.contact_points.first().pk), self.AGREED | typed)
        assert answer.status_code == 422
        assert message.lower().removeprefix("from ") in answer.text.lower()

    def test_stays_when_details_are_changed(self, client_of, person) -> None:
        point, client = person.contact_points.get(kind="phone"), client_of("counsellor")
        client.post(at("reach", point.pk), self.AGREED)
        typed = {"family_name": "Karimova", "phone": point.value, "phone_safety": "safe", "email": "a@example.org"}
        client.post(at("edit", person.pk), typed)
        point.refresh_from_db()
        assert (point.safety, point.code_word, ContactPoint.objects.count()) == ("safe", "Tikuvchi", 2)


def test_the_gate_reads_what_the_desk_recorded(client_of, person) -> None:
    client = client_of("counsellor")
    client.post(at("decide", person.pk), YES)
    assert queries.may_contact(person.pk, "email").allowed
    client.post(at("reach", person.contact_points.get(kind="email").pk), TestSafeContact.AGREED | {"safety": "unsafe"})
    assert queries.may_contact(person.pk, "email").reason == "not_safe"


def test_who_sees_no_people_is_refused(client_of, person) -> None:
    client, grant = client_of("ministry_viewer"), person.consents.get()
    assert client.get(at("consents", person.pk)).status_code == 403
    assert client.get(at("reach", person.contact_points.first().pk)).status_code == 403
    for path in (at("decide", person.pk), at("withdraw", grant.pk), at("consent_paper", person.pk)):
        assert client.post(path, YES).status_code == 403
