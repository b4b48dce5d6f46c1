"""The take-home sheet on the screen, on paper and in a message: in every language, on one page, and discreet where asked."""

import datetime as dt
import re
import subprocess
from shutil import which

import pytest
from django.urls import reverse

from safar.cases.models import Appointment
from safar.cases.queries.departure_sheet import sheet_of
from safar.cases.rules.contacts import Advice
from safar.desk.cases.departure import sheet as writing
from safar.desk.cases.departure.printing import drawings, sheet_pdf
from safar.guide.actions import content
from safar.guide.queries.facts import cards
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from safar.messaging.models import Message
from safar.people.actions import consents
from safar.people.models import ContactPoint
from safar.people.rules import ContactPointDetails, telling_words
from tests.factories import cases as make
from tests.factories import departure as depart
from tests.factories import guide

pytestmark = pytest.mark.django_db
LETTERS = "oʻ gʻ Oʻ Gʻ ʼ ў қ ғ ҳ Ў Қ Ғ Ҳ ӣ ӯ ҷ Ӣ Ӯ Ҷ ң ү ө Ң Ү Ө á ǵ ı ń ó ú Á Ǵ Ń Ó Ú ё Ё ы ъ"
MOST_BYTES = 200_000


@pytest.fixture
def contact(home_centre, staff_member):
    """A typical contact: three cards, a checklist, a follow-up, a visit and a referral."""
    content.load(by=MACHINE)
    person = make.person(home_centre, language="uz", contact_points=(ContactPointDetails("email", "a@example.org"),))
    told = [Advice(card.key, card.version_id) for card in cards(["agency_or_offer_check"], "KR")[:3]]
    made = make.contact(
        home_centre, person, destination="KR", advice=told, follow_up_on=today() + dt.timedelta(days=14)
    )
    guide.fact(section="wages", source_date=today())
    guide.fact(section="emergency", source_date=today())
    starts_at = now() + dt.timedelta(days=5)
    Appointment.objects.create(
        person=person,
        centre=home_centre,
        staff=staff_member("counsellor"),
        starts_at=starts_at,
        minutes=30,
        origin="desk",
    )
    depart.ticked(home_centre, contact_id=made.pk)
    make.referral(home_centre, person)
    return made


def page(response):
    return response.content.decode()


def as_text(pdf: bytes) -> str:
    if not which("pdftotext"):
        pytest.skip("pdftotext (Debian package poppler-utils) is not installed")
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.parametrize("language", writing.languages())
@pytest.mark.parametrize("discreet", [False, True])
def test_a_typical_contact_is_one_light_page_in_every_language(contact, language, discreet):
    held = sheet_of(contact.pk, by=MACHINE)
    sheet = writing.compose(held, language=language, discreet=discreet)
    pdf = sheet_pdf(sheet, made_at=now())
    assert len(pdf) <= MOST_BYTES
    text = as_text(pdf)
    assert text.count("\f") == 1
    assert sheet.title in text
    # A letter the font lacks comes out as nothing or as U+FFFD: every word of the sheet must be there.
    words = {word for part in sheet.parts for line in part.lines for word in re.findall(r"\w{4,}", line.text)}
    printed = re.sub(r"\s", "", text)
    assert [word for word in words if word not in printed] == []


def test_every_letter_of_every_script_we_write_is_printed(contact):
    sheet = writing.compose(sheet_of(contact.pk, by=MACHINE), language="en", discreet=False)
    line = writing.Part("message", LETTERS, (writing.Line(LETTERS, LETTERS),))
    text = as_text(sheet_pdf(writing.replace(sheet, parts=(line,)), made_at=now()))
    assert set(LETTERS) - set(text) == set()
    assert text.count("ǵ") == 3


def test_what_does_not_fit_goes_to_a_second_page_and_the_first_says_so(contact):
    held = sheet_of(contact.pk, by=MACHINE)
    sheet = writing.compose(held, language="en", discreet=False)
    long = writing.replace(sheet, parts=sheet.parts * 5)
    text = as_text(sheet_pdf(long, made_at=now()))
    assert text.count("\f") > 1
    assert "Continues on the back" in text.split("\f")[0]
    assert "Continues on the back" not in text.split("\f")[1]


@pytest.mark.parametrize("language", writing.languages())
def test_the_discreet_sheet_says_nothing_of_migration_the_country_or_the_centre(contact, language):
    held = sheet_of(contact.pk, by=MACHINE)
    quiet = writing.compose(held, language=language, discreet=True)
    note = writing.as_note(quiet)
    said = f"{note.subject} {note.body}".casefold()
    assert telling_words(said) == []
    assert [name for name in ("korea", "корея", "коре", str(held.contact.centre).casefold()) if name in said] == []
    assert quiet.left_out > 0
    assert quiet.footer == ""


def test_the_words_of_the_discreet_sheet_never_tell():
    for key in writing.quiet_keys():
        assert [text for text in writing.words()[key].values() if telling_words(text)] == []
    assert all(len(texts) == len(writing.languages()) for texts in writing.words().values())


@pytest.mark.parametrize(
    ("client", "sheet"), [("uz-cyrl", "uz-cyrl"), ("kaa-cyrl", "kaa"), ("tg", "tg"), ("so", "uz"), ("", "uz")]
)
def test_the_language_is_the_clients_or_the_nearest(client, sheet):
    assert writing.language_for(client) == sheet


def test_every_drawing_is_black_and_alone():
    assert all(b"currentColor" not in drawing and drawing.startswith(b"<svg ") for drawing in drawings().values())


class TestPages:
    @pytest.fixture
    def client(self, client_of, home_centre):
        return client_of("counsellor")

    def address(self, name, contact):
        return reverse(f"desk:cases:{name}", args=[contact.pk])

    def test_it_opens_in_the_clients_language(self, client, contact):
        response = client.get(self.address("sheet", contact))
        shown = page(response)
        assert "Nima haqida gaplashdik" in shown
        assert '<article class="take-home" lang="uz"' in shown
        assert response["Cache-Control"] == "no-store"
        assert "Biz siz bilan bogʻlanamiz" in shown
        assert "Siz bizga kelasiz" in shown
        grant = contact.person.consents.get(purpose="be_contacted")
        consents.withdraw(grant_id=grant.pk, by=MACHINE)
        assert "Biz siz bilan bogʻlanamiz" not in page(client.get(self.address("sheet", contact)))
        assert "О чём мы говорили" in page(client.get(self.address("sheet", contact), {"language": "ru"}))
        assert "To take home" in page(client.get(self.address("contact", contact)))

    def test_who_asked_for_discretion_gets_the_discreet_one_first(self, client, contact):
        ContactPoint.objects.update(answered_by="family")
        shown = page(client.get(self.address("sheet", contact)))
        assert "Yozuvlarim" in shown
        assert "lines are left out" in shown
        everything = page(client.get(self.address("sheet", contact), {"discreet": "0"}))
        assert "Others may see this" in everything

    def test_it_is_printed(self, client, contact):
        printed = client.post(self.address("sheet_pdf", contact), {"language": "uz-cyrl", "discreet": "0"})
        assert printed.content.startswith(b"%PDF")
        assert printed["Content-Disposition"] == 'attachment; filename="sheet.pdf"'
        assert printed["Cache-Control"] == "no-store"

    def test_it_is_sent_in_the_words_agreed(self, client, contact):
        sent = client.post(self.address("sheet_send", contact), {"channel": "email"}, follow=True)
        assert "The sheet is on its way" in page(sent)
        assert Message.objects.get().subject.startswith("Yozuvlarim")
        ContactPoint.objects.update(wording="open")
        client.post(self.address("sheet_send", contact), {"channel": "email", "language": "ru"})
        latest = Message.objects.order_by("recorded_at").last()
        assert latest.subject.startswith("О чём мы говорили")
        assert "[ ]" in latest.body
        ContactPoint.objects.update(wording="code_word", code_word="Flour")
        client.post(self.address("sheet_send", contact), {"channel": "email"})
        latest = Message.objects.order_by("recorded_at").last()
        assert (latest.subject, latest.body.split("\n")[0], latest.state) == ("Flour", "Flour", "queued")

    def test_what_the_gate_refuses_stays_here_with_the_reason(self, client, contact):
        ContactPoint.objects.update(safety="unsafe")
        assert "It cannot be sent" in page(client.get(self.address("sheet", contact)))
        refused = client.post(self.address("sheet_send", contact), {"channel": "email"}, follow=True)
        assert "may harm the person" in page(refused)
        assert Message.objects.get().state == "refused"
        client.post(self.address("sheet_send", contact), {"channel": "pigeon"})
        assert Message.objects.filter(refusal="no_channel").exists()

    def test_a_double_press_sends_once(self, client, contact):
        from safar.kernel.once import fresh_key

        key = fresh_key()
        for _press in range(2):
            client.post(self.address("sheet_send", contact), {"form_key": key})
        assert Message.objects.count() == 1

    def test_without_a_file_it_is_only_printed(self, client, home_centre):
        nameless = make.contact(home_centre)
        shown = page(client.get(self.address("sheet", nameless)))
        assert "Send it" not in shown
        assert client.post(self.address("sheet_send", nameless)).status_code == 404

    def test_only_those_who_prepare_may(self, client_of, contact):
        ministry, officer = client_of("ministry_viewer"), client_of("outreach_officer")
        assert officer.get(self.address("sheet", contact)).status_code == 200
        assert officer.post(self.address("sheet_send", contact)).status_code == 403
        for name in ("sheet", "prepare_contact", "outcome_contact"):
            assert ministry.get(self.address(name, contact)).status_code == 403
        assert ministry.post(self.address("sheet_pdf", contact)).status_code == 403
