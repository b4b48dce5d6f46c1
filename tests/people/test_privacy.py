import pytest

from safar.people import privacy
from safar.people.models import ConsentGrant, IndexKey, Person
from safar.people.rules import ContactPointDetails
from safar.trust.actions import subject_requests
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_a_person_gets_a_copy_of_what_is_held(home_centre, actor) -> None:
    person = people.person(contact_points=[ContactPointDetails("phone", "901234567")], at=home_centre)
    copy = subject_requests.export_person(person.pk, by=actor("data_protection_officer"))["people"]
    assert copy["details"]["family_name"] == "Karimova"
    assert copy["contact_points"][0]["value"] == "+998901234567"
    assert copy["consents"][0]["purpose"] == "keep_file"


def test_nobody_has_no_copy() -> None:
    assert privacy._export("01890000-0000-7000-8000-000000000001") == {}


def test_erasure_leaves_nothing_of_the_registry(home_centre, actor) -> None:
    person = people.person(at=home_centre)
    subject_requests.erase_person(person.pk, reason="asked in writing", by=actor("data_protection_officer"))
    assert not Person.objects.exists()
    assert not IndexKey.objects.exists()
    assert not ConsentGrant.objects.exists()
