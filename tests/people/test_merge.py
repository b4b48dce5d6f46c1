import datetime as dt
from collections.abc import Callable
from itertools import permutations
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.models import model_to_dict

from safar.kernel import clock
from safar.kernel.actor import MACHINE
from safar.people.actions import duplicates, merges, sweep
from safar.people.enums import MERGE_TRANSITIONS, MergeState
from safar.people.models import (
    ContactPoint,
    DuplicateCandidate,
    IdentityLink,
    IndexKey,
    Merge,
    NotSamePair,
    Person,
    Registration,
)
from safar.people.queries import clusters, guards, persons
from safar.people.queries import duplicates as duplicate_queries
from safar.people.queries.guards import Guard
from safar.people.rules import Birth, ContactPointDetails
from safar.trust.models import AuditEntry
from tests.factories import people

pytestmark = pytest.mark.django_db

ABSENT = UUID("01890000-0000-7000-8000-00000000ffff")


@pytest.fixture
def pair(home_centre) -> tuple[Person, Person]:
    phone = ContactPointDetails("phone", "901234567")
    kept = people.person("Тўхтаев", "Ўткир", birth=Birth(1994, 5, 2), contact_points=[phone], at=home_centre)
    return kept, people.person("Tukhtaev", "Utkir", birth=Birth(1994), contact_points=[phone], at=home_centre)


def merge(kept: Person, merged: Person, by=MACHINE, **fields) -> Merge:
    return merges.merge(kept_id=kept.pk, merged_id=merged.pk, **({"reason": "same passport shown", "by": by} | fields))


def state(people_seen: list[Person], ask: Callable[[str], list[UUID]]) -> dict[str, object]:
    """Everything a merge may touch and an undo has to restore: rows, keys, ways to reach, and what queries answer."""
    return {
        "people": [model_to_dict(person) | {"at": person.keyed_at} for person in Person.objects.order_by("id")],
        "registrations": list(Registration.objects.order_by("id").values()),
        "keys": list(IndexKey.objects.order_by("id").values()),
        "points": list(ContactPoint.objects.order_by("id").values()),
        "heads": clusters.heads(),
        "members": {person.pk: clusters.members_of(person.pk) for person in people_seen},
        "belonging": {person.pk: clusters.registrations_now(person.pk) for person in people_seen},
        "found": [ask(text) for text in ("Tukhtaev Utkir", "Тўхтаев Ўткир 1994", "901234567")],
        "undecided": list(duplicate_queries.undecided().values("first", "second", "bits", "state")),
    }


@pytest.fixture
def ask(actor) -> Callable[[str], list[UUID]]:
    by = actor("counsellor")
    return lambda text: [hit.person.pk for hit in persons.search(text, by=by).hits]


def test_one_file_answers_for_both_and_nothing_is_rewritten(pair, ask) -> None:
    kept, merged = pair
    before = list(Registration.objects.order_by("id").values())
    merge(kept, merged)
    assert clusters.head_of(merged.pk) == kept.pk
    assert clusters.members_of(merged.pk) == clusters.members_of(kept.pk) == [kept.pk, merged.pk]
    assert clusters.heads() == {merged.pk: kept.pk}
    assert list(Registration.objects.order_by("id").values()) == before
    assert clusters.registrations_now(kept.pk) == set(Registration.objects.values_list("pk", flat=True))
    assert ask("Tukhtaev Utkir") == ask(merged.client_number) == ask("901234567") == [kept.pk]


def test_a_list_names_a_merged_file_by_the_one_it_went_into(pair, actor) -> None:
    kept, merged = pair
    merge(kept, merged)
    named = persons.labels([merged.pk], by=actor("counsellor"))
    assert named == {merged.pk: f"{kept.client_number} {kept.full_name}"}


@pytest.mark.parametrize("order", list(permutations([0, 1, 2]))[:3])
@pytest.mark.parametrize("undo_first", [0, 1])
def test_merging_and_undoing_leaves_everything_as_it_was(home_centre, pair, ask, order, undo_first) -> None:
    """merge ∘ undo = identity, whichever of a chain of merges is undone first."""
    third = people.person("Тухтаев", "Уткир", birth=Birth(1994), at=home_centre)
    sweep.sweep(by=MACHINE)
    everybody = [*pair, third]
    before = state(everybody, ask)
    first, second, last = (everybody[place] for place in order)
    steps = [merge(second, last), merge(first, second)]
    assert clusters.members_of(last.pk)[0] == first.pk
    assert clusters.from_ledger() == dict(
        Person.objects.exclude(merged_into=None).values_list("pk", "merged_into")
    )  # fmt: skip
    assert state(everybody, ask) != before
    for step in (steps[undo_first], steps[1 - undo_first]):
        merges.undo(merge_id=step.pk, reason="two passports", by=MACHINE)
        assert clusters.from_ledger() == dict(
            Person.objects.exclude(merged_into=None).values_list("pk", "merged_into")
        )  # fmt: skip
    assert state(everybody, ask) == before


def test_the_same_pair_can_be_merged_again_after_an_undo(pair) -> None:
    kept, merged = pair
    merges.undo(merge_id=merge(kept, merged).pk, reason="a mistake", by=MACHINE)
    merge(merged, kept)
    assert clusters.from_ledger() == {kept.pk: merged.pk} == clusters.heads()


def test_the_ledger_says_who_why_and_on_what_evidence(pair, actor) -> None:
    by = actor("coordinator")
    done = merge(*pair, by=by)
    lines = IdentityLink.objects.filter(merge_key=done.pk).order_by("recorded_at", "-verb")
    assert [line.verb for line in lines] == ["unlink", "link"]
    assert {(line.by_id, line.reason) for line in lines} == {(by.id, "same passport shown")}
    assert all(line.bits == done.bits and line.bits > 0 and line.keys_version for line in lines)


def test_both_trails_tell_of_the_merge(pair, actor) -> None:
    merge(*pair, by=actor("coordinator"))
    told = AuditEntry.objects.filter(action="people.merge.merge", reason="same passport shown")
    assert set(told.values_list("person_key", flat=True)) == {pair[0].pk, pair[1].pk}


def test_a_second_press_merges_once(pair) -> None:
    key = "01890000-0000-7000-8000-000000000009"
    assert merge(*pair, form_key=key) == merge(*pair, form_key=key)
    assert Merge.objects.count() == 1


def test_a_merge_needs_a_reason_and_two_files_that_answer_for_themselves(home_centre, pair) -> None:
    kept, merged = pair
    for wrong in ({"reason": " "}, {"merged_id": kept.pk}, {"merged_id": ABSENT}):
        with pytest.raises(ValidationError):
            merge(kept, merged, **wrong) if "merged_id" not in wrong else merges.merge(
                **({"kept_id": kept.pk, "reason": "x", "by": MACHINE} | wrong)
            )
    merge(kept, merged)
    with pytest.raises(ValidationError):
        merge(merged, people.person(at=home_centre))


@pytest.mark.parametrize("role", ["ministry_viewer", "outreach_officer", "administrator"])
def test_who_may_not_merge_is_refused(pair, actor, role) -> None:
    by = actor(role)
    done = merge(*pair)
    for attempt in (
        lambda: merge(*pair, by=by),
        lambda: merges.confirm(merge_id=done.pk, by=by),
        lambda: merges.refuse(merge_id=done.pk, by=by),
        lambda: merges.undo(merge_id=done.pk, reason="x", by=by),
        lambda: duplicate_queries.queue(by=by),
        lambda: duplicate_queries.pair(pair[0].pk, pair[1].pk, by=by),
        lambda: duplicate_queries.waiting_merges(by=by),
        lambda: sweep.sweep(by=by),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.fixture
def guarded(monkeypatch) -> Callable[..., None]:
    """Let a guard hold for these people: `guarded(person, closed=True)`."""

    def hold(*held: Person, closed: bool = False) -> None:
        ids = {person.pk for person in held}
        hidden = (lambda asked, _by: ids & set(asked)) if closed else (lambda _asked, _by: set())
        monkeypatch.setitem(guards._GUARDS, "test", Guard("test", lambda asked: ids & set(asked), hidden))

    return hold


def test_a_guarded_file_is_merged_by_two(pair, actor, guarded) -> None:
    kept, merged = pair
    guarded(merged)
    one, other = actor("coordinator"), actor("coordinator")
    waiting = merge(kept, merged, by=one)
    assert (waiting.state, waiting.needs_second) == (MergeState.WAITING, True)
    assert clusters.head_of(merged.pk) == merged.pk
    assert [each.pk for each in duplicate_queries.waiting_merges(by=other)] == [waiting.pk]
    with pytest.raises(ValidationError):
        merges.confirm(merge_id=waiting.pk, by=one)
    assert merges.confirm(merge_id=waiting.pk, by=other).state == MergeState.DONE
    assert clusters.head_of(merged.pk) == kept.pk
    with pytest.raises(ValidationError):
        merges.confirm(merge_id=waiting.pk, by=other)


def test_what_guards_a_merged_file_guards_the_whole_person(home_centre, pair, guarded) -> None:
    kept, merged = pair
    merge(kept, merged)
    guarded(merged)
    assert merge(people.person("Tukhtaev", "Utkir", at=home_centre), kept).needs_second


def test_a_second_person_may_refuse(pair, actor, guarded) -> None:
    guarded(pair[0])
    waiting = merge(*pair, by=actor("coordinator"))
    assert merges.refuse(merge_id=waiting.pk, by=actor("coordinator")).state == MergeState.REFUSED
    assert clusters.heads() == {}
    assert merge(*pair).state == MergeState.WAITING


def test_a_file_closed_to_somebody_is_neither_shown_nor_merged_by_them(pair, actor, guarded) -> None:
    sweep.sweep(by=MACHINE)
    by = actor("coordinator")
    assert len(duplicate_queries.queue(by=by)) == 1
    guarded(pair[1], closed=True)
    assert duplicate_queries.queue(by=by) == []
    assert duplicate_queries.pair(pair[0].pk, pair[1].pk, by=by) is None
    with pytest.raises(PermissionDenied):
        merge(*pair, by=by)


def test_a_guard_name_is_taken_once() -> None:
    first = Guard("once", lambda _asked: set())
    guards.register_guard(first)
    try:
        guards.register_guard(first)
        with pytest.raises(ValueError, match="twice"):
            guards.register_guard(Guard("once", lambda _asked: set()))
    finally:
        del guards._GUARDS["once"]


def test_an_undo_needs_a_reason_and_comes_within_thirty_days(pair, monkeypatch) -> None:
    done = merge(*pair)
    with pytest.raises(ValidationError):
        merges.undo(merge_id=done.pk, reason="", by=MACHINE)
    later = clock.now() + dt.timedelta(days=31)
    monkeypatch.setattr(merges, "now", lambda: later)
    with pytest.raises(ValidationError):
        merges.undo(merge_id=done.pk, reason="two passports", by=MACHINE)
    assert clusters.head_of(pair[1].pk) == pair[0].pk


def test_a_pair_side_by_side_says_what_is_known_of_it(pair, actor) -> None:
    by = actor("coordinator")
    duplicates.not_same(first_id=pair[0].pk, second_id=pair[1].pk, reason="two passports", by=by)
    shown = duplicate_queries.pair(pair[0].pk, pair[1].pk, by=by)
    assert shown.said_not_same.reason == "two passports"
    assert (shown.waiting, shown.needs_second) == (None, False)
    assert {part.name for part in shown.evidence.parts} >= {"family", "given", "birth", "phone"}
    assert AuditEntry.objects.filter(action="people.duplicate.open").count() == 2


def test_the_merges_of_a_person_are_listed(pair) -> None:
    done = merge(*pair)
    assert duplicate_queries.merges_of(pair[1].pk) == [done] == duplicate_queries.merges_of(pair[0].pk)


def test_states_without_a_way_out_are_final() -> None:
    assert set(MERGE_TRANSITIONS) == set(MergeState.values)
    assert not MERGE_TRANSITIONS[MergeState.UNDONE]
    assert not MERGE_TRANSITIONS[MergeState.REFUSED]


def test_merge_records_name_themselves_without_personal_data(pair) -> None:
    merge(*pair)
    sweep.sweep(everybody=True, by=MACHINE)
    said = duplicates.not_same(first_id=pair[0].pk, second_id=pair[1].pk, by=MACHINE)
    named = f"{Merge.objects.get()} {said} {DuplicateCandidate.objects.first()} {NotSamePair.objects.get()}"
    assert "Tukhtaev" not in named
