"""Keeps the keys under which people are found; called inside the transaction that changes a name or a birth date."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q

from safar.kernel.actor import Actor, ActorKind
from safar.kernel.clock import now
from safar.methods.names import keys
from safar.methods.names.births import Birth
from safar.people.models import IndexKey, NearName, Person
from safar.people.queries import index_keys
from safar.people.queries.index_keys import UNKNOWN_YEAR, Name
from safar.trust.actions import audit

BATCH = 2000


def stamp(person: Person) -> None:
    """Mark a person whose keys are about to be made, before they are saved."""
    person.keyed_at = now()
    person.keys_version = keys.VERSION


def store(person: Person, *, is_new: bool = False) -> None:
    """Make the person's keys those of their names and year of birth."""
    wanted = _rows_of(person)
    if is_new:
        added = wanted
    else:
        held = set(IndexKey.objects.filter(person=person).values_list("key", "year"))
        if gone := {key for key, _year in held - wanted}:
            IndexKey.objects.filter(person=person, key__in=gone).delete()
            held = {pair for pair in held if pair[0] not in gone}
        added = wanted - held
    IndexKey.objects.bulk_create(IndexKey(person=person, key=key, year=year) for key, year in sorted(added))
    learn_vocabulary(index_keys.skeletons_of(names_of(person)))


def learn_vocabulary(bones: Iterable[str]) -> None:
    """Add skeletons nobody had before, each with what is left of it without one sign."""
    wanted = set(bones)
    known = NearName.objects.filter(variant__in=wanted, bones=F("variant")).values_list("bones", flat=True)
    fresh = sorted(wanted - set(known))
    if fresh:
        NearName.objects.bulk_create(
            [NearName(variant=variant, bones=each) for each in fresh for variant in keys.vocabulary(each)],
            ignore_conflicts=True,
        )


def names_of(person: Person) -> list[Name]:
    """Return the present name and every former one."""
    present = (person.family_name, person.given_name, person.patronymic)
    return [present, *((former[0], former[1], former[2]) for former in person.former_names)]


@transaction.atomic
def rekey(*, limit: int = BATCH, by: Actor) -> int:
    """Make the keys of up to `limit` people anew whose keys another version of the rules made; return how many.

    Only the installation itself does this, by `rekey_people`.
    """
    if by.kind is not ActorKind.MACHINE:
        raise PermissionDenied("people.index.rekey")
    stale = Person.objects.filter(~Q(keys_version=keys.VERSION)).order_by("id")
    people = list(stale.select_for_update(of=("self",))[:limit])
    if not people:
        return 0
    IndexKey.objects.filter(person__in=people).delete()
    rows = [IndexKey(person=person, key=key, year=year) for person in people for key, year in sorted(_rows_of(person))]
    IndexKey.objects.bulk_create(rows, batch_size=BATCH)
    learn_vocabulary({bones for person in people for bones in index_keys.skeletons_of(names_of(person))})
    for person in people:
        stamp(person)
    Person.objects.bulk_update(people, ["keyed_at", "keys_version"], batch_size=BATCH // 10)
    audit.record(by=by, action="people.index.rekey", fields=[f"{len(people)} people", keys.VERSION])
    return len(people)


def _rows_of(person: Person) -> set[tuple[int, int]]:
    year = person.birth_year or UNKNOWN_YEAR
    birth = Birth(person.birth_year, person.birth_month, person.birth_day)
    return {(key, year) for key in index_keys.keys_of(names_of(person), birth)}
