import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from safar.kernel.actor import MACHINE
from safar.people.actions import persons
from safar.people.models import ClientCounter, ConsentGrant, ContactPoint, IndexKey, Person
from safar.people.rules import Birth, ContactPointDetails
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db


def register(home_centre, by=MACHINE, consents=None, **fields):
    return persons.register(
        details=people.details(**fields),
        consents_given=[people.consent()] if consents is None else consents,
        centre=home_centre,
        registered_on=dt.date(2026, 11, 3),
        by=by,
    )


def test_a_person_is_kept_as_they_write_themselves(home_centre) -> None:
    person = register(
        home_centre, family_name=" Тўхтаев ", given_name="Ўткир", patronymic="Анвар  ўғли", birth=Birth(1994, 5)
    )
    person.refresh_from_db()
    assert person.full_name == "Тўхтаев Ўткир Анвар ўғли"
    assert person.name_script == "Cyrl"
    assert (person.birth_year, person.birth_month, person.birth_day) == (1994, 5, None)
    assert person.birth.age_on(dt.date(2026, 11, 24)) == 32


def test_client_numbers_count_up_per_centre_and_year(home_centre) -> None:
    first, second = register(home_centre), register(home_centre, family_name="Yusupova")
    assert [first.client_number, second.client_number] == ["TAS-26-00001", "TAS-26-00002"]
    assert str(first) == "TAS-26-00001"


def test_no_file_without_consent_to_keep_it(home_centre) -> None:
    for consents in ([], [people.consent(granted=False)], [people.consent("be_contacted")]):
        with pytest.raises(ValidationError) as error:
            register(home_centre, consents=consents)
        assert "consent" in error.value.message_dict
    assert not Person.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_no_is_recorded_so_that_nobody_asks_again(home_centre) -> None:
    person = register(home_centre, consents=[people.consent(), people.consent("be_contacted", granted=False)])
    assert dict(ConsentGrant.objects.filter(person=person).values_list("purpose", "granted")) == {
        "keep_file": True,
        "be_contacted": False,
    }


def test_the_same_form_key_gives_the_first_file_again(home_centre) -> None:
    key = "01890000-0000-7000-8000-000000000001"
    arguments = {
        "details": people.details(),
        "consents_given": [people.consent()],
        "centre": home_centre,
        "form_key": key,
        "by": MACHINE,
    }
    assert persons.register(**arguments) == persons.register(**arguments)
    assert Person.objects.count() == 1


def test_who_may_not_register_is_refused_before_anything_is_read(home_centre, actor) -> None:
    with pytest.raises(PermissionDenied):
        register(home_centre, by=actor("ministry_viewer"))
    assert register(home_centre, by=actor("counsellor")).pk


def test_the_trail_names_fields_never_values(home_centre, actor) -> None:
    by = actor("counsellor")
    person = register(home_centre, by=by, sex="female")
    entry = AuditEntry.objects.get(action="people.person.register")
    assert entry.person_key == person.pk
    assert entry.staff_id == by.id
    assert {"family_name", "given_name", "sex"} <= set(entry.fields)
    assert "Karimova" not in str(entry.fields)


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("family_name", {"family_name": "  "}),
        ("birth", {"birth": Birth(1990, 2, 30)}),
        ("birth", {"birth": Birth(None, 2)}),
        ("birth", {"birth": Birth(2090)}),
        ("birth", {"birth": Birth(1890)}),
        ("sex", {"sex": "no such code"}),
        ("citizenship", {"citizenship": "XX"}),
        ("district", {"region": "UZ-AN", "district": "UZ1706207"}),
    ],
)
def test_bad_input_is_refused_at_its_field(home_centre, field, fields) -> None:
    with pytest.raises(ValidationError) as error:
        register(home_centre, **fields)
    assert field in error.value.message_dict


@pytest.mark.parametrize("typed", ["90 123 45 67", "+998901234567", "(90) 123-45-67", "998 90 123 45 67"])
def test_a_phone_is_stored_one_way_however_it_was_typed(home_centre, typed) -> None:
    person = register(home_centre, contact_points=[ContactPointDetails("phone", typed)])
    assert [(point.value, point.tail) for point in person.contact_points.all()] == [("+998901234567", "901234567")]


@pytest.mark.parametrize("typed", ["+992 91 197 25 72", "992911972572"])
def test_a_number_of_a_neighbouring_country_is_known_with_or_without_its_plus(home_centre, typed) -> None:
    person = register(home_centre, contact_points=[ContactPointDetails("phone", typed)])
    assert person.contact_points.get().value == "+992911972572"


def test_a_wrong_phone_is_refused_with_an_example(home_centre) -> None:
    with pytest.raises(ValidationError) as error:
        register(home_centre, contact_points=[ContactPointDetails("phone", "12")])
    assert "90 123 45 67" in error.value.message_dict["phone"][0]


def test_addresses_of_other_kinds_are_stored_plainly(home_centre) -> None:
    points = [
        ContactPointDetails("email", "Anna@Example.org"),
        ContactPointDetails("telegram", "https://t.me/anna"),
        ContactPointDetails("phone", "  "),
    ]
    person = register(home_centre, contact_points=points)
    assert sorted(person.contact_points.values_list("value", flat=True)) == ["@anna", "anna@example.org"]


def test_a_change_replaces_details_keys_and_phones(home_centre, actor) -> None:
    person = register(home_centre, contact_points=[ContactPointDetails("phone", "901234567")])
    before = set(IndexKey.objects.filter(person=person).values_list("key", flat=True))
    married = people.details(
        "Yusupova", "Dilnoza", contact_points=[ContactPointDetails("phone", "907654321", "ask_first", "18-20")]
    )
    persons.change(person_id=person.pk, details=married, by=actor("counsellor"))
    person.refresh_from_db()
    assert person.family_name == "Yusupova"
    assert set(IndexKey.objects.filter(person=person).values_list("key", flat=True)) != before
    assert list(ContactPoint.objects.values_list("value", "safety", "safe_times")) == [
        ("+998907654321", "ask_first", "18-20")
    ]
    assert set(AuditEntry.objects.get(action="people.person.change").fields) == {"family_name", "contact_points"}


def test_a_change_of_nothing_says_so(home_centre, actor) -> None:
    person = register(home_centre)
    persons.change(person_id=person.pk, details=people.details(), by=actor("counsellor"))
    assert AuditEntry.objects.get(action="people.person.change").fields == []


def test_the_database_itself_refuses_half_a_birth_date(home_centre) -> None:
    person = register(home_centre)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(birth_day=3)


def test_a_region_and_a_name_must_be_real(home_centre) -> None:
    for field, fields in (("region", {"region": "UZ-XX"}), ("family_name", {"family_name": "123"})):
        with pytest.raises(ValidationError) as error:
            register(home_centre, **fields)
        assert field in error.value.message_dict


def test_an_unchanged_contact_point_is_left_alone(home_centre, actor) -> None:
    phone = ContactPointDetails("phone", "901234567")
    person = register(home_centre, contact_points=[phone])
    first = person.contact_points.get().pk
    persons.change(person_id=person.pk, details=people.details(contact_points=[phone]), by=actor("counsellor"))
    assert person.contact_points.get().pk == first
    assert "contact_points" not in AuditEntry.objects.get(action="people.person.change").fields


def test_records_name_themselves_without_personal_data(home_centre) -> None:
    person = register(home_centre, contact_points=[ContactPointDetails("phone", "901234567")])
    named = [str(person), str(person.contact_points.get()), str(person.consents.get()), str(person.index_keys.all()[0])]
    assert "Karimova" not in " ".join(named)
    assert "901234567" not in " ".join(named)
    assert "2026" in str(ClientCounter.objects.get())


def test_a_person_is_changed_by_who_may(home_centre, actor) -> None:
    person = register(home_centre)
    with pytest.raises(PermissionDenied):
        persons.change(person_id=person.pk, details=people.details(), by=actor("ministry_viewer"))
