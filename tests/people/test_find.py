import pytest
from django.core.exceptions import PermissionDenied

from safar.people.queries import persons
from safar.people.rules import Birth, ContactPointDetails
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db

SPELLINGS = ["To'xtayev O'tkir", "Тўхтаев Ўткир", "Тухтаев Уткир Анварович", "TUKHTAEV UTKIR", "oʻtkir toʻxtayev"]


@pytest.mark.parametrize("written", SPELLINGS[:4])
@pytest.mark.parametrize("typed", SPELLINGS)
def test_one_spelling_finds_every_other(actor, home_centre, written, typed) -> None:
    family, given, *_patronymic = written.split()
    wanted = people.person(family, given, patronymic="Anvarovich", at=home_centre)
    people.person("Karimov", "Anvar", at=home_centre)
    hits = persons.search(typed, by=actor("counsellor")).hits
    assert [hit.person for hit in hits] == [wanted]
    assert hits[0].reasons


def test_twins_are_not_confused(actor, home_centre) -> None:
    people.person("Karimov", "Hasan", at=home_centre)
    husan = people.person("Karimov", "Husan", at=home_centre)
    assert [hit.person for hit in persons.search("Каримов Хусан", by=actor("counsellor")).hits] == [husan]


def test_a_phone_is_found_by_a_part_of_it(actor, home_centre) -> None:
    wanted = people.person(contact_points=[ContactPointDetails("phone", "90 123 45 67")], at=home_centre)
    for typed in ("4567", "+998 90 12", "+998 90 123-45-67", "901234567"):
        assert [hit.person for hit in persons.search(typed, by=actor("counsellor")).hits] == [wanted]


def test_a_client_number_is_found_in_any_case(actor, home_centre) -> None:
    wanted = people.person(at=home_centre)
    assert [hit.person for hit in persons.search("tas-26-00001", by=actor("counsellor")).hits] == [wanted]


def test_a_search_leaves_a_trace_without_the_text(actor, home_centre) -> None:
    persons.search("Karimova", by=actor("counsellor"))
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.fields) == ("people.person.search", ["name"])


def test_signs_alone_find_nobody(actor, home_centre) -> None:
    people.person(at=home_centre)
    assert persons.search("'!?", by=actor("counsellor")).hits == []


def test_a_wide_search_counts_and_lists_nobody(actor, home_centre) -> None:
    for _ in range(persons.MOST_SHOWN + 1):
        people.person(at=home_centre)
    result = persons.search("Karimova", by=actor("counsellor"))
    assert (result.hits, result.count, result.is_wide, result.may_widen) == ([], persons.MOST_SHOWN + 1, True, True)


def test_opening_a_file_is_recorded(actor, home_centre) -> None:
    person, by = people.person(at=home_centre), actor("counsellor")
    assert persons.open_file(person.pk, by=by) == person
    assert (
        AuditEntry.objects.filter(
            action="people.person.open", verb="read", person_key=person.pk, staff_id=by.id
        ).count()
        == 1
    )


def test_a_list_of_names_is_one_trace(actor, home_centre) -> None:
    person, by = people.person(at=home_centre), actor("counsellor")
    assert persons.labels([], by=by) == {}
    assert persons.labels([person.pk], by=by) == {person.pk: f"{person.client_number} Karimova Dilnoza"}
    assert AuditEntry.objects.filter(action="people.person.list").count() == 1


def test_a_ministry_viewer_finds_and_opens_nobody(actor, home_centre) -> None:
    person, by = people.person(at=home_centre), actor("ministry_viewer")
    for attempt in (
        lambda: persons.search("Karimova", by=by),
        lambda: persons.open_file(person.pk, by=by),
        lambda: persons.labels([person.pk], by=by),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_somebody_alike_is_pointed_out_with_reasons(home_centre) -> None:
    known = people.person(
        "Тўхтаев",
        "Ўткир",
        birth=Birth(1994),
        contact_points=[ContactPointDetails("phone", "901234567")],
        at=home_centre,
    )
    people.person("Тўхтаев", "Ўткир", birth=Birth(1971), sex="female", at=home_centre)
    typed = people.details(
        "Tukhtaev",
        "Utkir",
        birth=Birth(1994),
        sex="male",
        contact_points=[ContactPointDetails("phone", "+998 90 123 45 67")],
    )
    hits = persons.similar(typed)
    assert hits[0].person == known
    assert {"same year of birth", "same phone number"} < set(hits[0].reasons)


def test_a_shared_phone_alone_does_not_make_two_people_alike(home_centre) -> None:
    people.person("Yusupov", "Rustam", contact_points=[ContactPointDetails("phone", "901234567")], at=home_centre)
    typed = people.details("Karimova", "Dilnoza", contact_points=[ContactPointDetails("phone", "901234567")])
    assert persons.similar(typed) == []
