import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from safar.kernel.actor import MACHINE
from safar.people.actions import duplicates, merges, persons, sweep
from safar.people.enums import CandidateState
from safar.people.models import DuplicateCandidate, IndexKey, NotSamePair, Person, SweepRun
from safar.people.queries import duplicates as duplicate_queries
from safar.people.queries import not_same
from safar.people.queries import persons as person_queries
from safar.people.rules import Birth, ContactPointDetails
from safar.people.tasks import look_for_duplicates
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db

PHONE = ContactPointDetails("phone", "901234567")


@pytest.fixture
def pair(home_centre) -> tuple[Person, Person]:
    kept = people.person("Тўхтаев", "Ўткир", birth=Birth(1994, 5, 2), contact_points=[PHONE], at=home_centre)
    return kept, people.person("Tukhtaev", "Utkir", birth=Birth(1994), contact_points=[PHONE], at=home_centre)


def ids(*of: Person) -> list[set]:
    return [{person.pk for person in of}]


def proposed() -> list[set]:
    return [{row.first_id, row.second_id} for row in DuplicateCandidate.objects.filter(state=CandidateState.OPEN)]


def test_a_sweep_proposes_a_pair_with_its_evidence_and_merges_nothing(pair) -> None:
    run = sweep.sweep(by=MACHINE)
    assert (run.people, run.found) == (2, 1)
    candidate = DuplicateCandidate.objects.get()
    assert {candidate.first_id, candidate.second_id} == {person.pk for person in pair}
    assert candidate.bits > 0
    assert {part["part"] for part in candidate.parts} >= {"family", "given", "birth", "phone"}
    assert "Tukhtaev" not in str(candidate.parts)
    assert not Person.objects.exclude(merged_into=None).exists()


def test_twins_and_father_and_son_are_not_proposed(home_centre) -> None:
    shared = {"contact_points": [PHONE], "patronymic": "Anvarovich", "region": "UZ-AN", "at": home_centre}
    people.person("Karimov", "Hasan", birth=Birth(1994, 5, 2), **shared)
    people.person("Karimov", "Husan", birth=Birth(1994, 5, 2), **shared)
    people.person("Karimov", "Hasan", birth=Birth(1968, 11, 20), **shared)
    sweep.sweep(by=MACHINE)
    assert proposed() == []


def test_a_second_sweep_looks_only_at_what_changed(home_centre, pair, actor) -> None:
    sweep.sweep(by=MACHINE)
    assert sweep.sweep(by=MACHINE).people == 0
    third = people.person("Тухтаев", "Уткир", birth=Birth(1994, 5, 2), contact_points=[PHONE], at=home_centre)
    run = sweep.sweep(by=MACHINE)
    assert (run.people, run.found) == (1, 2)
    other = people.details("Yusupov", "Rustam", birth=Birth(1971, 3, 4))
    persons.change(person_id=third.pk, details=other, by=actor("counsellor"))
    assert sweep.sweep(by=MACHINE).people == 1
    assert sweep.sweep(everybody=True, by=MACHINE).people == 3


def test_a_pair_that_no_longer_looks_alike_leaves_the_queue(pair, actor) -> None:
    sweep.sweep(by=MACHINE)
    other = people.details("Yusupov", "Rustam", birth=Birth(1971, 3, 4))
    persons.change(person_id=pair[1].pk, details=other, by=actor("counsellor"))
    Person.objects.filter(pk=pair[1].pk).update(former_names=[])
    sweep.sweep(by=MACHINE)
    assert proposed() == []


def test_a_pair_is_found_by_its_phone_where_the_year_differs(home_centre) -> None:
    shared = {"contact_points": [PHONE], "patronymic": "Anvarovich", "sex": "male", "at": home_centre}
    one = people.person("Zokirjonov", "Dostonbek", birth=Birth(1994, 5, 12), **shared)
    other = people.person("Зокиржонов", "Достонбек", birth=Birth(1984, 5, 12), **shared)
    sweep.sweep(by=MACHINE)
    assert proposed() == ids(one, other)


def test_a_phone_of_a_whole_market_pairs_nobody(home_centre) -> None:
    for number in range(sweep._HUB + 2):
        people.person(f"Karimov{'abcdefghijklmnop'[number]}a", "Anvar", contact_points=[PHONE], at=home_centre)
    assert sweep._by_phones(list(Person.objects.order_by("id").values_list("pk", flat=True))) == set()


def test_a_pair_unknown_in_year_is_found_by_its_name(home_centre) -> None:
    shared = {"patronymic": "Zokirovich", "at": home_centre, "contact_points": [PHONE]}
    pair = people.person("Zokirjonov", "Dostonbek", **shared), people.person("Зокиржонов", "Достонбек", **shared)
    sweep.sweep(by=MACHINE)
    assert proposed() == ids(*pair)


def test_the_nightly_work_is_the_sweep(pair) -> None:
    assert look_for_duplicates() == "2 people looked at, 1 pairs to look at"
    assert str(SweepRun.objects.get()).startswith("sweep")


def test_no_means_no_for_good(home_centre, pair, actor) -> None:
    sweep.sweep(by=MACHINE)
    by = actor("counsellor")
    duplicates.not_same(first_id=pair[1].pk, second_id=pair[0].pk, reason="two passports", by=by)
    said = NotSamePair.objects.get()
    assert (said.by_id, said.reason) == (by.id, "two passports")
    assert DuplicateCandidate.objects.get().state == CandidateState.NOT_SAME
    sweep.sweep(everybody=True, by=MACHINE)
    assert proposed() == []
    DuplicateCandidate.objects.all().delete()
    sweep.sweep(everybody=True, by=MACHINE)
    assert proposed() == []


def test_a_no_holds_for_what_was_merged_before_and_after(home_centre, pair) -> None:
    third = people.person("Тухтаев", "Уткир", birth=Birth(1994, 5, 2), contact_points=[PHONE], at=home_centre)
    duplicates.not_same(first_id=pair[0].pk, second_id=third.pk, by=MACHINE)
    merges.merge(kept_id=pair[1].pk, merged_id=pair[0].pk, reason="same passport", by=MACHINE)
    sweep.sweep(everybody=True, by=MACHINE)
    assert proposed() == []
    assert third.pk in not_same.others_of(pair[1].pk)
    assert not_same.between(third.pk, pair[1].pk)


def test_saying_no_twice_is_said_once(pair, actor) -> None:
    for _ in range(2):
        duplicates.not_same(first_id=pair[0].pk, second_id=pair[1].pk, by=actor("counsellor"))
    assert AuditEntry.objects.filter(action="people.duplicate.not_same").count() == 2


def test_not_sure_goes_behind_what_nobody_has_seen(home_centre, pair, actor) -> None:
    born, phone = Birth(1990, 7, 13), ContactPointDetails("phone", "907654321")
    other = [
        people.person(name, "Dostonbek", birth=born, contact_points=[phone], at=home_centre)
        for name in ("Zokirov", "Зокиров")
    ]
    sweep.sweep(by=MACHINE)
    by = actor("coordinator")
    assert [{row.first_id, row.second_id} for row in duplicate_queries.queue(by=by)] == ids(*other) + ids(*pair)
    duplicates.not_sure(first_id=other[0].pk, second_id=other[1].pk, by=by)
    duplicates.not_sure(first_id=pair[0].pk, second_id=other[0].pk, by=by)
    assert [{row.first_id, row.second_id} for row in duplicate_queries.queue(by=by)] == ids(*pair) + ids(*other)
    assert duplicate_queries.count_undecided() == 2


def test_a_queue_that_shows_names_leaves_a_trace_and_an_empty_one_none(pair, actor) -> None:
    by = actor("coordinator")
    assert duplicate_queries.queue(by=by) == []
    assert not AuditEntry.objects.filter(action="people.duplicate.list").exists()
    sweep.sweep(by=MACHINE)
    duplicate_queries.queue(by=by)
    assert AuditEntry.objects.get(action="people.duplicate.list").fields == ["1 pairs"]


def test_a_choice_needs_two_files_that_are_there(pair, actor) -> None:
    by = actor("counsellor")
    for other in (pair[0].pk, "01890000-0000-7000-8000-00000000ffff"):
        with pytest.raises(ValidationError):
            duplicates.not_same(first_id=pair[0].pk, second_id=other, by=by)
    for verb in (duplicates.not_same, duplicates.not_sure):
        with pytest.raises(PermissionDenied):
            verb(first_id=pair[0].pk, second_id=pair[1].pk, by=actor("ministry_viewer"))


def test_a_registration_is_not_offered_who_was_said_to_be_another(pair) -> None:
    typed = people.details("Tukhtaev", "Utkir", birth=Birth(1994), contact_points=[PHONE])
    assert {hit.person.pk for hit in person_queries.similar(typed)} == {person.pk for person in pair}
    assert {hit.person.pk for hit in person_queries.similar(typed, than=pair[1].pk)} == {pair[0].pk}
    duplicates.not_same(first_id=pair[0].pk, second_id=pair[1].pk, by=MACHINE)
    assert person_queries.similar(typed, than=pair[1].pk) == []


def test_keys_of_an_older_version_are_made_anew(pair, capsys) -> None:
    wanted = set(IndexKey.objects.values_list("person_id", "key", "year"))
    IndexKey.objects.all().delete()
    Person.objects.update(keys_version="2020.1")
    call_command("rekey_people")
    assert "2 people had older ones" in capsys.readouterr().out
    assert set(IndexKey.objects.values_list("person_id", "key", "year")) == wanted
    call_command("rekey_people")
    assert "0 people had older ones" in capsys.readouterr().out


def test_only_the_installation_makes_keys_anew(actor) -> None:
    from safar.people.actions import index

    with pytest.raises(PermissionDenied):
        index.rekey(by=actor("administrator"))
