"""What erasing a person takes away and what it leaves, record by record."""

import pytest
from django.db import connection, transaction

from safar.awareness.models import SignUp
from safar.cases.importers.register import store
from safar.cases.models import CaseEvent, CaseFile, Contact, ContactFlag, Referral, RegisterImport, RegisterRow
from safar.cases.rules.contacts import RedFlag
from safar.kernel.actor import MACHINE
from safar.messaging.actions import enquiries
from safar.messaging.models import Enquiry
from safar.messaging.rules import EnquiryDetails
from safar.people.actions import merges
from safar.people.models import IdentityLink, Merge, Person, Registration
from safar.people.queries.traces import traces_of
from safar.people.rules import Birth, ContactPointDetails
from safar.reference.queries import codes
from safar.trust.actions import subject_requests
from tests.factories import awareness
from tests.factories import cases as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(home_centre) -> Person:
    points = (ContactPointDetails("phone", "901234567"), ContactPointDetails("telegram", "@anvar_k"))
    return make.person(home_centre, district="UZ1703202", contact_points=points)


def erase(person: Person) -> None:
    subject_requests.erase_person(person.pk, reason="asked in writing", by=MACHINE)


def test_a_tally_keeps_the_place_and_the_age_of_its_day(home_centre, person) -> None:
    make.contact(home_centre, person)
    case = make.case(home_centre, person, kind="reintegration")
    CaseEvent.objects.create(case_file=case, kind="service", occurred_on="2024-05-01", service="legal_aid")
    erase(person)
    contact, left = Contact.objects.get(), CaseFile.objects.get()
    assert (contact.district, contact.region, contact.sex, contact.age_band) == ("UZ1703202", "UZ-AN", "male", "30_44")
    assert (left.sex, left.age_band) == ("male", "30_44")
    assert CaseEvent.objects.get(kind="service").age_band == "18_29"
    assert len({contact.former_person_key, left.former_person_key, None}) == 2, "one key for all, that is no person's"
    assert contact.former_person_key != person.pk


def test_warning_signs_about_the_person_go_and_those_of_an_offer_stay(home_centre, person) -> None:
    of_person = str(codes.code_list("vulnerability_flag").choices()[0][0])
    flags = (RedFlag("vulnerability_flag", of_person), RedFlag("red_flag", "licence_absent"))
    make.contact(home_centre, person, red_flags=flags)
    erase(person)
    assert list(ContactFlag.objects.values_list("kind", flat=True)) == ["red_flag"]


def test_a_referral_forgets_what_was_told_and_under_which_consent(home_centre, person) -> None:
    make.referral(home_centre, person, text="Wage", fields=("name", "phone"))
    erase(person)
    referral = Referral.objects.get()
    assert (referral.person, referral.text, referral.fields, referral.consent_key) == (None, "", [], None)


def test_the_excel_files_kept_of_the_centre_go_once_the_erasure_stands(
    home_centre, person, settings, tmp_path, django_capture_on_commit_callbacks
) -> None:
    settings.DATA_FOLDER = tmp_path
    contact = make.contact(home_centre, person)
    kept = [store.keep(content) for content in (b"this version", b"the next version")]
    for number, sha256 in enumerate(kept):
        register = RegisterImport.objects.create(sha256=sha256, file_name="r.xlsx", centre=home_centre)
        if number == 0:
            mark = {"base": "b", "fingerprint": "f"}
            RegisterRow.objects.create(register=register, sheet_row=2, contact=contact, **mark)
    with django_capture_on_commit_callbacks(execute=True):
        erase(person)
        assert all(store.content_of(sha256) for sha256 in kept)
    assert not any(store.content_of(sha256) for sha256 in kept)
    assert RegisterRow.objects.get().fingerprint == "f", "the next import must not bring the person back"


def test_what_was_given_at_registration_goes_although_nothing_else_may_delete_it(person) -> None:
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_registration")
    erase(person)
    assert not Registration.objects.exists()
    assert not IdentityLink.objects.exists()


def test_files_that_are_one_person_are_told_and_erased_together(home_centre, person) -> None:
    other = make.person(home_centre, family_name="Karimof", birth=Birth(1994))
    for one in (person, other):
        make.contact(home_centre, one)
    merges.merge(kept_id=person.pk, merged_id=other.pk, reason="one passport", by=MACHINE)
    held = subject_requests.export_person(other.pk, by=MACHINE)
    assert held["people"]["details"]["family_name"] == "Karimov"
    assert [each["details"]["family_name"] for each in held["people"]["other_files"]] == ["Karimof"]
    assert len(held["cases"]["contacts"]) == 2
    erase(other)
    assert not Person.objects.exists()
    assert not Merge.objects.exists()
    assert len(set(Contact.objects.values_list("former_person_key", flat=True))) == 1


class TestTraces:
    @pytest.mark.parametrize(
        ("name", "contact", "fits"),
        [
            ("Анвар Каримов", "+998 90 123-45-67", True),
            ("Anvar", "90 123 45 67", True),
            ("Anvar", "@anvar_k", True),
            ("Anvar", "ANVAR_K", True),
            ("Lola", "901234567", False),
            ("Anvar Karimov", "901234568", False),
            ("Anvar", "", False),
            ("", "901234567", False),
            ("Karimov", "901234567", False),
            ("Lola Anvarovna Karimova", "901234567", False),
        ],
    )
    def test_are_the_persons_when_name_and_contact_agree(self, person, name, contact, fits) -> None:
        assert traces_of([person.pk]).fit(name, contact) is fits

    def test_go_with_the_person(self, person) -> None:
        session = awareness.held(person.centre)
        for number, name in enumerate(("Anvar Karimov", "Lola Karimova", "")):
            SignUp.objects.create(session=session, name=name, phone="901234567", language="uz", reference=f"R{number}")
        for name in ("Anvar", ""):
            enquiries.submit(details=EnquiryDetails("question", "May I?", "uz", name, "telegram", "@anvar_k"))
        erase(person)
        # Lola Karimova shares the phone and the name of the family, and is another.
        assert set(SignUp.objects.values_list("name", flat=True)) == {"Lola Karimova", ""}
        assert list(Enquiry.objects.values_list("name", flat=True)) == [""]
