"""The pages of offer checks, agencies, first questions and complaints."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safar.cases.actions import complaints as complaint_actions
from safar.cases.actions import triage as triage_actions
from safar.cases.actions.complaints import Passing
from safar.cases.models import Agency, AgencyImport, Complaint, OfferCheck, Referral, Triage
from safar.cases.privacy import offers as privacy
from safar.cases.rules.agencies import Licence, Standing, StandingOn
from safar.desk.cases.offers import facts
from safar.desk.cases.offers.paper import offer_paper
from safar.desk.timeline import timeline_of
from safar.desk.trust import own_copy_words as words
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.trust.actions import sealed_key
from safar.trust.models import AuditEntry, SealedNote
from safar.trust.queries.actors import actor_for
from tests.desk.cases.test_new_contact import page
from tests.factories import cases as make
from tests.factories.offers import agency, check, complaint, days_ago, register, row, sheet

pytestmark = pytest.mark.django_db
HARMLESS = {
    "offered_by": "relative", "channel": "office", "employer_asked": "yes", "purpose": "work", "visa_type": "work",
    "contract": "yes", "contract_readable": "yes", "wage_in_contract": "yes", "payees": ["nobody"], "deposit": "none",
    "passport": "client", "pressure": "no", "guaranteed": "no", "wage_currency": "USD", "fee_currency": "USD",
}  # fmt: skip


@pytest.fixture
def _key(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SAFAR_SEALED_KEY_FILE", str(tmp_path / "sealed_key"))
    sealed_key.make()


@pytest.fixture
def client(client_of, home_centre):
    return client_of("counsellor")


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


@pytest.fixture
def contact(home_centre, person):
    return make.contact(home_centre, person, destination="KR")


def address(name, *args):
    return reverse(f"desk:cases:{name}", args=args)


def get(client, name, *args, **query):
    return client.get(address(name, *args), query)


def post(client, to, *args, **fields):
    return client.post(address(to, *args), fields)


def same_count(client, name, more):
    """The number of queries of a list is the same with few rows and with many."""
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert get(client, name).status_code == 200
        counts.append(len(seen))
        more()
    assert counts[0] == counts[1]


class TestChecks:
    def test_a_harmless_offer_with_a_contact_comes_to_no_warning_and_promises_nothing(self, client, contact, person):
        shown = page(get(client, "check_offer_contact", contact.pk))
        assert person.full_name in shown
        answer = post(client, "check_offer_contact", contact.pk, form_key=fresh_key(), **HARMLESS, destination="KR")
        kept = OfferCheck.objects.get()
        assert answer.url == address("offer_check", kept.pk)
        shown = page(client.get(answer.url))
        assert "No warning found" in shown
        assert "That is no promise" in shown
        assert (kept.person, kept.contact, kept.destination) == (person, contact, "KR")

    def test_a_fraud_stops_with_reasons_sources_and_everything_answered(self, client, person):
        told = HARMLESS | {
            "offered_by": "agency", "agency_name": "Yoʻq Firma", "contract": "no", "payees": ["person", "firm"], "payee_name": "Boshqa",
            "payer_placement": "client", "amount_placement": "700", "before_placement": "on", "payer_visa": "employer",
            "wage_promised": "1500", "contract_language": "ru", "contract_on": today().isoformat(), "passport": "kept",
        }  # fmt: skip
        assert get(client, "check_offer_person", person.pk).status_code == 200
        shown = page(client.get(post(client, "check_offer_person", person.pk, **told).url))
        for text in (
            "Stop and call",
            "in cash or to a card",
            "Daryo.uz",
            "2023-06-29",
            "700 USD, before the contract",
            "Русский",
            "1,500 USD",
        ):
            assert text in shown
        assert "To the contact" not in shown

    def test_without_anybody_the_check_stands_alone_and_what_is_open_is_listed(self, client):
        assert get(client, "check_offer").status_code == 200
        answer = post(client, "check_offer", **HARMLESS | {"passport": "unknown"})
        shown = page(client.get(answer.url))
        assert "Check these" in shown
        assert "Without an answer so far: The passport" in shown.replace("\n", " ")

    def test_a_nearly_known_agency_is_asked_about_first(self, client):
        known = agency("Namuna Safar")
        told = HARMLESS | {"offered_by": "agency", "agency_name": "Namuna Safars"}
        asked = page(post(client, "check_offer", **told))
        assert "Which of these is it?" in asked
        assert not OfferCheck.objects.exists()
        post(client, "check_offer", **told, agency=str(known.pk))
        assert OfferCheck.objects.get().agency == known
        post(client, "check_offer", **told, agency="none")
        assert OfferCheck.objects.filter(agency=None).count() == 1

    def test_what_cannot_be_read_comes_back_as_typed(self, client):
        answer = post(client, "check_offer", **HARMLESS | {"amount_visa": "much", "agency_name": "Namuna"})
        assert answer.status_code == 422
        assert 'value="Namuna"' in page(answer)

    def test_the_list_is_paged_and_its_queries_do_not_grow(self, client, home_centre):
        assert "No offer checked yet" in page(get(client, "offer_checks"))
        agency()
        check(home_centre)
        same_count(client, "offer_checks", lambda: [check(home_centre, passport="kept") for _ in range(4)])

    def test_the_paper_speaks_the_language_chosen(self, client, home_centre, contact):
        agency(suspended_from=days_ago(9))
        kept = check(home_centre, contact_id=contact.pk, passport="asked")
        answer = post(client, "offer_check_paper", kept.pk, language="uz-cyrl")
        assert answer.content.startswith(b"%PDF")
        assert len(answer.content) < 200_000
        assert AuditEntry.objects.filter(action="cases.offer.paper", person_key=contact.person_id).exists()
        paper = offer_paper(kept, "ru")
        assert "приостановлена" in str(paper.blocks)
        assert post(client, "offer_check_paper", kept.pk, language="xx").status_code == 302
        calm = check(home_centre, agency_name="", offered_by="relative")
        assert "promise" in str(offer_paper(calm, "en").blocks)

    @pytest.mark.parametrize(
        "name", ["offer_checks", "check_offer", "agencies", "agencies_import", "complaints", "complain"]
    )
    def test_a_ministry_sees_nothing_of_it(self, client_of, name):
        assert get(client_of("ministry_viewer"), name).status_code == 403


class TestAgencies:
    def test_one_is_found_in_another_script_with_its_standing_on_a_day(self, client):
        agency("«Намуна Сафар» МЧЖ", suspended_from=days_ago(20))
        shown = page(post(client, "agencies", name="Namuna Safar", on=today().isoformat()))
        assert "Licence suspended" in shown
        assert "Licensed" in page(post(client, "agencies", name="Namuna Safar", on=days_ago(30).isoformat()))
        assert "Nearly this name" in page(post(client, "agencies", name="Namuna Safaro"))
        assert "No such agency" in page(post(client, "agencies", name="Boshqa"))
        assert post(client, "agencies", name="").status_code == 422

    def test_the_register_is_gone_through_and_its_queries_do_not_grow(self, client):
        assert "No register has been taken over" in page(get(client, "agencies"))
        register(*(row(f"Firma {letter}", f"L-{letter}") for letter in "ABC"))
        same_count(client, "agencies", lambda: register(*(row(f"Tashkilot {one}", f"M-{one}") for one in "DEFGHIJKL")))

    def test_its_page_draws_the_licences_and_tells_what_changed(self, client):
        agency("Namuna", tin="77", other="Намуна", suspended_from=days_ago(60), suspended_until=days_ago(50))
        register(
            row("Namuna Yangi", tin="77", revoked_on=days_ago(5)),
            row("Namuna Yangi", "L-2", tin="77", valid_until="", state="yes"),
        )
        found = Agency.objects.get()
        shown = page(get(client, "agency", found.pk))
        for text in (
            "licence-valid",
            "licence-suspended",
            "licence-revoked",
            "Revoked on",
            "Намуна",
            "Owned by the state",
            "until further notice",
        ):
            assert text in shown
        assert "Namuna Yangi" in page(client.get(address("complain"), {"agency": found.pk}))
        assert client.get(address("complain"), {"agency": "x"}).status_code == 200

    def test_nothing_is_drawn_of_an_agency_without_a_licence(self):
        assert facts.picture_of([], today()) is None
        long_ago = Licence("L", dt.date(1990, 1, 1), None, dt.date(2000, 1, 1), ((dt.date(2001, 1, 1), None),))
        picture = facts.picture_of([long_ago], today())
        assert len(picture.years) <= 13
        assert [bar.kind for bar in picture.rows[0].bars] == ["valid", "revoked"]

    @pytest.mark.parametrize(
        ("standing", "text"),
        [
            (StandingOn(Standing.UNKNOWN), "no register"),
            (
                StandingOn(Standing.UNKNOWN, as_of=dt.date(2026, 1, 1), last_known=Standing.REVOKED),
                "on its day: Licence revoked",
            ),
            (StandingOn(Standing.LICENSED, "L", dt.date(2026, 1, 1), dt.date(2026, 3, 1), dt.date(2026, 1, 1)), "–"),
            (
                StandingOn(Standing.SUSPENDED, "L", dt.date(2026, 1, 1), None, dt.date(2026, 1, 1)),
                "since 1 January 2026",
            ),
        ],
    )
    def test_a_standing_is_said_in_a_sentence(self, standing, text):
        assert text in facts.of_standing(standing)


class TestBringingARegister:
    @pytest.fixture
    def coordinator(self, client_of):
        return client_of("coordinator")

    def bring(self, client, *rows, name="list.csv", content=None):
        file = SimpleUploadedFile(name, content or sheet(rows))
        return post(client, "agencies_import", file=file, as_of=today().isoformat(), source="Letter 5")

    def test_it_is_shown_first_then_taken_over(self, coordinator):
        assert get(coordinator, "agencies_import").status_code == 200
        register(row("Namuna", tin="77"), row("Ketgan", "L-9"))
        answer = self.bring(coordinator, row("Namuna Yangi", tin="77"), row("", "L-5"), row("Yangi", "L-6"))
        shown = page(coordinator.get(answer.url))
        for text in (
            "Nothing has been written",
            "The name of the agency is missing",
            "Ketgan",
            "Namuna → Namuna Yangi",
        ):
            assert text in shown
        assert AgencyImport.objects.count() == 1
        sha256 = answer.url.split("/")[-2]
        query = {"as_of": today().isoformat(), "source": "Letter 5"}
        errors = coordinator.get(address("agencies_import_errors", sha256), query)
        assert openpyxl.load_workbook(io.BytesIO(errors.content)).worksheets[0].max_row == 2
        done = post(coordinator, "agencies_take_over", sha256, **query)
        assert done.url == address("agencies")
        assert AgencyImport.objects.count() == 2
        again = page(coordinator.get(answer.url))
        assert "This file has been taken over already" in again
        post(coordinator, "agencies_import_discard", sha256)
        assert coordinator.get(answer.url).status_code == 200
        assert "Letter 5" in page(get(coordinator, "agencies_import"))

    def test_a_clean_file_has_no_errors_to_give_and_can_be_thrown_away(self, coordinator):
        answer = self.bring(coordinator, row("Namuna"))
        sha256 = answer.url.split("/")[-2]
        assert coordinator.get(answer.url.replace("/?", "/errors.xlsx?")).status_code == 404
        post(coordinator, "agencies_import_discard", sha256)
        assert coordinator.get(answer.url).status_code == 404

    def test_another_file_and_a_day_to_come_are_refused(self, coordinator):
        assert "neither an Excel file" in page(self.bring(coordinator, content=b"PK broken"))
        assert post(coordinator, "agencies_import").status_code == 422
        sha256 = self.bring(coordinator, row("Namuna")).url.split("/")[-2]
        late = post(coordinator, "agencies_take_over", sha256, as_of=days_ago(-9).isoformat(), source="x")
        assert address("agencies_import_check", sha256) in late.url
        assert "lies in the future" in page(coordinator.get(late.url))

    def test_a_counsellor_does_not_bring_one(self, client):
        assert get(client, "agencies_import").status_code == 403


class TestFirstQuestions:
    def test_three_noes_open_no_card(self, client, contact):
        assert get(client, "triage_contact", contact.pk).status_code == 200
        assert post(client, "triage_contact", contact.pk, emergency="no").status_code == 422
        answer = post(client, "triage_contact", contact.pk, emergency="no", minor="no", trafficking="no")
        assert "That rules nothing out" in page(client.get(answer.url))

    @pytest.mark.usefixtures("_key")
    def test_a_yes_opens_its_card_and_the_hand_over_seals_and_drafts(self, client, person):
        assert person.full_name in page(get(client, "triage_person", person.pk))
        answer = post(client, "triage_person", person.pk, emergency="no", minor="no", trafficking="yes")
        shown = page(client.get(answer.url))
        for text in (
            "Screening is not identification",
            "1148",
            "To be verified",
            "Do not call the police past the person",
        ):
            assert text in shown
        found = Triage.objects.get()
        assert post(client, "triage_hand_over", found.pk).status_code == 422
        told = {"kind": "trafficking", "text": "The passport is gone", "service": "NRM_trafficking", "recipient": "Istiqbolli", "urgency": "immediate"}  # fmt: skip
        assert post(client, "triage_hand_over", found.pk, **told | {"recipient": ""}).status_code == 422
        done = post(client, "triage_hand_over", found.pk, **told)
        referral = Referral.objects.get()
        assert done.url == address("referral", referral.pk)
        assert "passport" not in referral.text
        assert SealedNote.objects.count() == 1
        assert "A draft was written" in page(client.get(answer.url))

    def test_without_a_file_nothing_can_be_sealed(self, client, home_centre):
        nameless = make.contact(home_centre)
        found = triage_actions.ask(yes=["minor"], centre=home_centre, contact_id=nameless.pk, by=MACHINE)
        assert "has no file" in page(get(client, "triage", found.pk))
        post(client, "triage_hand_over", found.pk, service="shelter", recipient="Shelter", urgency="routine")
        assert Referral.objects.get().contact == nameless


class TestComplaints:
    TOLD = {"kind": "fee_taken_no_job", "told": "They took 700 dollars", "currency": "USD"}

    def test_one_is_taken_passed_by_its_institution_and_followed_to_the_end(self, client, contact, person):
        assert person.full_name in page(get(client, "complain_contact", contact.pk))
        answer = post(client, "complain_contact", contact.pk, **self.TOLD, institution="migration_agency", amount="700", evidence=["receipt"])  # fmt: skip
        found = Complaint.objects.get()
        assert answer.url == address("complaint", found.pk)
        shown = page(client.get(answer.url))
        assert 'value="migration_agency"' not in shown
        assert 'value="prosecutor"' in shown
        assert "Passed by" in shown
        assert post(client, "complaint_pass_on", found.pk, recipient="migration_agency").status_code == 422
        assert post(client, "complaint_pass_on", found.pk, recipient="prosecutor").status_code == 422  # no consent
        assert post(client, "complaint_letter", found.pk).status_code == 302
        passed = {
            "recipient": "prosecutor",
            "fields_shared": ["name", "phone"],
            "consent": "on",
            "method": "written",
            "text_language": "uz",
        }
        assert post(client, "complaint_pass_on", found.pk, **passed).status_code == 302
        letter = post(client, "complaint_letter", found.pk)
        assert letter.content.startswith(b"%PDF")
        assert post(client, "complaint_answer", found.pk, text="", on=today()).status_code == 422
        assert post(client, "complaint_answer", found.pk, text="Checked", on=days_ago(-3)).status_code == 422
        assert post(client, "complaint_answer", found.pk, text="We check", on=today()).status_code == 302
        assert post(client, "complaint_close", found.pk, outcomes=["money_back"], on=today()).status_code == 422
        assert post(client, "complaint_close", found.pk, on="x").status_code == 422
        assert (
            post(
                client, "complaint_close", found.pk, outcomes=["money_back"], amount_back="600", on=today()
            ).status_code
            == 302
        )
        shown = page(client.get(answer.url))
        assert "Money came back: 600 USD" in shown
        assert "Close the complaint" not in shown

    def test_about_an_agency_the_register_is_asked_which(self, client, person):
        known = agency("Namuna Safar")
        assert get(client, "complain_person", person.pk).status_code == 200
        near = self.TOLD | {"agency_name": "Namuna Safars"}
        assert "Choose below" in page(post(client, "complain_person", person.pk, **near))
        post(client, "complain_person", person.pk, **near, agency=str(known.pk))
        post(client, "complain", **self.TOLD, agency_name="«Намуна Сафар»")
        assert Complaint.objects.filter(agency=known).count() == 2
        post(client, "complain", **near, agency="none")
        assert Complaint.objects.get(agency=None).institution_name == "Namuna Safars"

    def test_whom_it_is_about_has_to_be_said(self, client):
        answer = post(client, "complain", **self.TOLD)
        assert answer.status_code == 422
        assert "Say whom the complaint is about" in page(answer)

    def test_a_colleague_named_is_kept_out_by_the_page_too(self, client, client_of, home_centre):
        other = client_of("coordinator")
        post(client, "complain", **self.TOLD, named_staff=[str(other.staff.pk)], about_centre=str(home_centre.pk))
        found = Complaint.objects.get()
        assert str(found.pk) not in page(get(other, "complaints"))
        for name in ("complaint_pass_on", "complaint_letter", "complaint_answer", "complaint_close"):
            fields = {"recipient": "prosecutor", "text": "x", "on": today(), "outcomes": ["refused"]}
            assert post(other, name, found.pk, **fields).status_code == 403
        assert get(other, "complaint", found.pk).status_code == 403
        assert get(client, "complaint", found.pk).status_code == 200

    def test_nobody_known_and_an_overdue_one_are_said(self, client, home_centre):
        found = complaint(home_centre, institution_name="Noname")
        assert "We do not know this institution" in page(get(client, "complaint", found.pk))
        complaint_actions.pass_on(complaint_id=found.pk, to=Passing("prosecutor"), by=MACHINE)
        Complaint.objects.update(due_on=days_ago(1))
        assert "Overdue" in page(get(client, "complaints"))
        letter = post(client, "complaint_letter", found.pk)
        assert letter.content.startswith(b"%PDF")
        nobody = complaint(
            home_centre, institution="migration_agency", institution_name="прокуратура", kind="suspended_licence"
        )
        assert "Nobody on our list" in page(get(client, "complaint", nobody.pk))

    def test_the_queries_of_the_list_do_not_grow(self, client, home_centre, staff_member):
        assert "No complaint" in page(get(client, "complaints"))
        complaint(home_centre)
        same_count(client, "complaints", lambda: [complaint(home_centre) for _ in range(4)])


def test_the_file_and_its_copy_tell_checks_and_complaints(client, contact, person, home_centre):
    by = actor_for(client.staff)
    agency()
    check(home_centre, contact_id=contact.pk, passport="kept", contract_language="tg")
    kept = complaint(home_centre, person_id=person.pk)
    complaint_actions.close(complaint_id=kept.pk, outcomes=["withdrawn"], by=MACHINE)
    titles = [entry.title for entry in timeline_of(person.pk, by)]
    assert {"Offer checked", "Complaint"} <= set(titles)
    given = privacy.export(person.pk)
    told = given["offer_checks"][0]
    assert "passport has been handed over" in words.offer_reasons(told["reasons"])
    assert "Тоҷикӣ" in words.offer_answers(told["answers"])
    assert "Closed" in words.complaint_moves(given["complaints"][0]["moves"])
    shown = page(get(client, "contact", contact.pk))
    assert address("check_offer_contact", contact.pk) in shown
    assert address("triage_contact", contact.pk) in shown


def test_the_timeline_keeps_both_from_who_may_read_contacts_only(home_centre, person, actor):
    from safar.desk.cases.offers.timeline import entries
    from safar.kernel.actor import Actor, ActorKind

    check(home_centre, person_id=person.pk)
    assert entries(person.pk, Actor(ActorKind.STAFF, None, frozenset())) == []
