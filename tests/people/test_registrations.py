import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from safar.kernel.actor import MACHINE
from safar.people.actions import persons
from safar.people.enums import RegistrationSource
from safar.people.models import ClientCounter, IdentityLink, Registration
from safar.people.queries import clusters
from safar.people.rules import Birth, ContactPointDetails
from safar.trust.actions import subject_requests
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_a_registration_keeps_what_was_given_word_for_word(home_centre) -> None:
    phone = ContactPointDetails("phone", "90 123 45 67")
    person = people.person(
        "Тўхтаев", "Ўткир", birth=Birth(1994, 5), district="UZ1703202", region="UZ-AN", contact_points=[phone],
        at=home_centre,
    )  # fmt: skip
    given = Registration.objects.get()
    assert (given.person_key, given.family_name, given.given_name) == (person.pk, "Тўхтаев", "Ўткир")
    assert (given.birth_year, given.birth_month, given.birth_day) == (1994, 5, None)
    assert (given.district, given.phone_tails, given.source) == ("UZ1703202", ["901234567"], "desk")
    assert given.centre == home_centre


def test_a_later_change_leaves_the_registration_as_it_was(home_centre, actor) -> None:
    person = people.person("Karimova", "Dilnoza", at=home_centre)
    persons.change(person_id=person.pk, details=people.details("Yusupova", "Dilnoza"), by=actor("counsellor"))
    assert Registration.objects.get().family_name == "Karimova"


def test_a_registration_says_where_it_came_from(home_centre) -> None:
    persons.register(
        details=people.details(), consents_given=[people.consent()], centre=home_centre,
        source=RegistrationSource.IMPORT, by=MACHINE,
    )  # fmt: skip
    assert Registration.objects.get().source == "import"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: Registration.objects.update(family_name="Somebody"),
        lambda: Registration.objects.all().delete(),
        lambda: IdentityLink.objects.update(reason="else"),
        lambda: IdentityLink.objects.all().delete(),
    ],
    ids=["change a registration", "drop a registration", "change the ledger", "drop the ledger"],
)
def test_the_database_itself_refuses_to_change_or_drop_source_and_ledger(home_centre, attempt) -> None:
    people.person(at=home_centre)
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt()
    assert (Registration.objects.count(), IdentityLink.objects.count()) == (1, 1)


def test_the_ledger_begins_with_the_registration(home_centre, actor) -> None:
    by = actor("counsellor")
    person = persons.register(
        details=people.details(), consents_given=[people.consent()], centre=home_centre, by=by
    )  # fmt: skip
    line = IdentityLink.objects.get()
    assert (line.person_key, line.verb, line.by_id, line.merge_key) == (person.pk, "link", by.id, None)
    assert line.keys_version
    assert clusters.registrations_now(person.pk) == {line.registration_id}


def test_erasure_takes_source_and_ledger_with_it_and_closes_them_again(home_centre, actor) -> None:
    gone, stays = people.person(at=home_centre), people.person(at=home_centre)
    subject_requests.erase_person(gone.pk, reason="asked in writing", by=actor("data_protection_officer"))
    assert [row.person_key for row in Registration.objects.all()] == [stays.pk]
    assert IdentityLink.objects.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Registration.objects.all().delete()


def test_source_records_name_themselves_without_personal_data(home_centre) -> None:
    people.person(at=home_centre)
    assert "Karimova" not in f"{Registration.objects.get()} {IdentityLink.objects.get()}"


def test_client_numbers_count_on_within_a_year(home_centre) -> None:
    numbers = [people.person(at=home_centre).client_number for _ in range(3)]
    assert [number[-5:] for number in numbers] == ["00001", "00002", "00003"]
    assert ClientCounter.objects.get().last == 3


def test_a_registration_takes_few_statements(home_centre, django_assert_max_num_queries) -> None:
    people.person(at=home_centre)  # the centre's counter and the size of the registry are known from here on
    with django_assert_max_num_queries(16):
        people.person("Karimova", "Dilnoza", patronymic="Anvarovna", at=home_centre)
