import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.actions import merges, persons
from safar.people.models import Guardianship, Person
from safar.people.queries import guardians
from safar.people.rules import GUARDIAN_NOT_KNOWN, Birth, GuardianDetails
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db

MOTHER = GuardianDetails(basis="guardian", relation="mother")
DECISION = GuardianDetails(
    basis="protection", decided_by="Commission on minors", reason="Parents abroad", decided_on=dt.date(2026, 3, 2)
)


def child(**fields) -> Person:
    return people.person("Karimova", "Malika", birth=Birth(today().year - 9), **fields)


@pytest.mark.parametrize(
    "birth", [Birth(today().year - 9), Birth(age_band="u18"), Birth(today().year - 17, today().month, today().day)]
)
def test_no_file_on_a_child_without_anybody_who_answers(home_centre, birth) -> None:
    with pytest.raises(ValidationError) as refused:
        people.person(birth=birth, at=home_centre)
    assert "guardian_basis" in refused.value.message_dict
    with pytest.raises(ValidationError):
        people.person(birth=birth, guardian=GuardianDetails(), at=home_centre)
    assert not Person.objects.exists()


@pytest.mark.parametrize("birth", [Birth(today().year - 18), Birth(), Birth(age_band="18_29")])
def test_a_grown_up_is_asked_nothing_and_what_is_given_is_left_aside(home_centre, birth) -> None:
    person = people.person(birth=birth, guardian=MOTHER, at=home_centre)
    assert not Guardianship.objects.exists()
    assert not guardians.is_missing(person)


def test_a_guardian_without_a_file_stands_there_by_the_relation(home_centre, actor) -> None:
    person = persons.register(
        details=people.details(birth=Birth(today().year - 9), guardian=MOTHER),
        consents_given=[people.consent()],
        centre=home_centre,
        by=(counsellor := actor("counsellor")),
    )
    held = guardians.standing(person.pk)
    assert (held.basis, held.relation, held.guardian, held.entered_by_id) == ("guardian", "mother", None, counsellor.id)
    assert not guardians.is_missing(person)
    assert "guardian" in AuditEntry.objects.get(action="people.person.register").fields
    assert str(held) == "guardian"


def test_a_guardian_with_a_file_is_named_by_number(home_centre) -> None:
    mother = people.person(at=home_centre)
    number = mother.client_number.lower()
    person = child(guardian=GuardianDetails(basis="guardian", relation="mother", number=f" {number} "), at=home_centre)
    assert guardians.standing(person.pk).guardian == mother
    mother.delete()
    held = guardians.standing(person.pk)
    assert (held.guardian, held.relation) == (None, "mother")


def test_a_decision_for_protection_says_who_why_and_when(home_centre) -> None:
    person = child(guardian=DECISION, at=home_centre)
    held = guardians.standing(person.pk)
    assert (held.decided_by, held.reason, held.decided_on) == (
        "Commission on minors",
        "Parents abroad",
        dt.date(2026, 3, 2),
    )


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (GuardianDetails(basis="guardian"), "guardian_relation"),
        (GuardianDetails(basis="guardian", relation="neighbour"), "guardian_relation"),
        (GuardianDetails(basis="guardian", relation="mother", number="TAS-26-99999"), "guardian_number"),
        (GuardianDetails(basis="protection", reason="x", decided_on=dt.date(2026, 3, 2)), "decided_by"),
        (GuardianDetails(basis="protection", decided_by="x", decided_on=dt.date(2026, 3, 2)), "decision_reason"),
        (GuardianDetails(basis="protection", decided_by="x", reason="x"), "decided_on"),
        (GuardianDetails(basis="protection", decided_by="x", reason="x", decided_on=dt.date(2999, 1, 1)), "decided_on"),
        (GuardianDetails(basis="because"), "guardian_basis"),
    ],
)
def test_half_an_answer_is_none(home_centre, details, field) -> None:
    with pytest.raises(ValidationError) as refused:
        child(guardian=details, at=home_centre)
    assert set(refused.value.message_dict) == {field}
    assert not Person.objects.exists()


def test_no_child_answers_for_a_child_nor_for_itself(home_centre) -> None:
    brother = child(guardian=MOTHER, at=home_centre)
    sister = child(guardian=MOTHER, at=home_centre)
    for number in (brother.client_number, sister.client_number):
        details = people.details(
            birth=Birth(today().year - 9), guardian=GuardianDetails(basis="guardian", relation="sibling", number=number)
        )
        with pytest.raises(ValidationError) as refused:
            persons.change(person_id=sister.pk, details=details, by=MACHINE)
        assert "guardian_number" in refused.value.message_dict


def test_a_file_that_turns_out_to_be_a_childs_needs_somebody_too(home_centre) -> None:
    person = people.person(at=home_centre)
    details = people.details(birth=Birth(age_band="u18"))
    with pytest.raises(ValidationError):
        persons.change(person_id=person.pk, details=details, by=MACHINE)
    person.refresh_from_db()
    assert person.age_band == "unknown"


def test_the_latest_word_stands_and_the_same_word_twice_is_one(home_centre) -> None:
    person = child(guardian=MOTHER, at=home_centre)
    for said in (MOTHER, None, DECISION, DECISION):
        details = people.details("Karimova", "Malika", birth=Birth(today().year - 9), guardian=said)
        persons.change(person_id=person.pk, details=details, by=MACHINE)
    assert [row.basis for row in Guardianship.objects.all()] == ["protection", "guardian"]
    assert guardians.standing(person.pk).basis == "protection"
    changed = AuditEntry.objects.filter(action="people.person.change").order_by("id")
    assert ["guardian" in entry.fields for entry in changed] == [False, False, True, False]


def test_a_register_brings_children_and_their_files_say_what_is_missing(home_centre) -> None:
    person = child(guardian=GUARDIAN_NOT_KNOWN, at=home_centre)
    assert guardians.is_missing(person)
    assert not Guardianship.objects.exists()


def test_whoever_answers_on_one_of_two_merged_files_answers_for_both(home_centre) -> None:
    kept, merged = child(guardian=GUARDIAN_NOT_KNOWN, at=home_centre), child(guardian=MOTHER, at=home_centre)
    merges.merge(kept_id=kept.pk, merged_id=merged.pk, reason="the same", by=MACHINE)
    assert not guardians.is_missing(kept)
