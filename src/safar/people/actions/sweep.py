"""The nightly search for files that look like one person: it proposes pairs to people and merges nothing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.methods.names import keys
from safar.methods.names.evidence import Evidence
from safar.people.enums import CandidateState
from safar.people.models import ContactPoint, DuplicateCandidate, IndexKey, Person, SweepRun
from safar.people.permissions import MERGE_PEOPLE
from safar.people.queries import lookup, not_same
from safar.people.queries.duplicates import record_of
from safar.people.queries.index_keys import UNKNOWN_YEAR
from safar.people.rules import pair_of
from safar.trust.actions import audit

PROPOSE_FROM = 0.5
"""From this probability on a pair is put before people; the guards of `methods.names.evidence` keep siblings at or under it."""

_BATCH = 400
_BLOCK = 5000
_HUB = 12
# A pair of parts that so many people of one year share needs a second pair, or the phone, to speak for anybody.
_COMMON = 60

_IdPair = tuple[UUID, UUID]


def sweep(*, everybody: bool = False, by: Actor) -> SweepRun:
    """Look for files that look like one whose names, birth date or phone changed since the last sweep; put them in the queue.

    With `everybody` all files are looked at again, as after a change of the rules.
    """
    check_may(by, MERGE_PEOPLE)
    last = SweepRun.objects.order_by("-until", "-id").values_list("until", flat=True).first()
    run = SweepRun(until=now())
    changed = Person.objects.filter(merged_into=None, keyed_at__lte=run.until)
    if last is not None and not everybody:
        changed = changed.filter(keyed_at__gt=last)
    size = lookup.registry_size()
    for year, batch in _batches(changed.order_by("birth_year", "id").values_list("birth_year", "id").iterator()):
        pairs = _pairs_of(batch, year)
        run.people += len(batch)
        run.pairs += len(pairs)
        run.found += _propose(pairs, batch, size)
    run.save(force_insert=True)
    audit.record(by=by, action="people.duplicate.sweep", fields=[f"{run.people} people", f"{run.found} pairs"])
    return run


def _batches(people: Iterable[tuple[int | None, UUID]]) -> Iterator[tuple[int, list[UUID]]]:
    """Yield people of one year of birth at a time, so that one query can ask for that year alone."""
    for year, group in groupby(people, key=lambda pair: pair[0]):
        ids = [person_id for _year, person_id in group]
        for start in range(0, len(ids), _BATCH):
            yield year or UNKNOWN_YEAR, ids[start : start + _BATCH]


def _pairs_of(batch: Sequence[UUID], year: int) -> set[_IdPair]:
    return _by_keys(batch, year) | _by_phones(batch)


def _by_keys(batch: Sequence[UUID], year: int) -> set[_IdPair]:
    """Return pairs that share a pair of name parts in a year that may be the same, common ones only if they share two."""
    mine: dict[int, list[UUID]] = {}
    for person_id, key in _pair_keys().filter(person__in=batch).values_list("person_id", "key"):
        mine.setdefault(key, []).append(person_id)
    held = _pair_keys().filter(key__in=list(mine))
    if year != UNKNOWN_YEAR:
        held = held.filter(year__in=[year, UNKNOWN_YEAR])
    theirs: dict[int, list[UUID]] = {}
    for key, person_id in held.values_list("key", "person_id").iterator():
        theirs.setdefault(key, []).append(person_id)
    agreeing: dict[_IdPair, int] = {}
    for key, people in theirs.items():
        weight = 2 if len(people) <= _COMMON else 1
        for one in mine[key]:
            for other in people:
                if one != other:
                    agreeing[pair_of(one, other)] = agreeing.get(pair_of(one, other), 0) + weight
    return {pair for pair, weight in agreeing.items() if weight > 1}


def _pair_keys() -> QuerySet[IndexKey]:
    return IndexKey.objects.filter(key__lt=0, person__merged_into=None).order_by("key", "id")


def _by_phones(batch: Sequence[UUID]) -> set[_IdPair]:
    """Return pairs that share a phone; a number many people gave is a shop's or an office's and pairs nobody."""
    tails = ContactPoint.objects.filter(person__in=batch).exclude(tail="").order_by("id").values("tail")
    points = ContactPoint.objects.filter(tail__in=tails, person__merged_into=None).order_by("tail", "id")
    own, found = set(batch), set()
    for _tail, rows in groupby(points.values_list("tail", "person_id"), key=lambda row: row[0]):
        holders = sorted({person_id for _tail, person_id in rows})
        if len(holders) <= _HUB:
            found |= {pair_of(one, other) for one in holders if one in own for other in holders if one != other}
    return found


@transaction.atomic
def _propose(pairs: set[_IdPair], batch: Sequence[UUID], size: int) -> int:
    """Weigh the pairs and those proposed before; store what is likely, drop what no longer is, and touch no decision."""
    known = {
        (row.first_id, row.second_id): row
        for row in DuplicateCandidate.objects.filter(Q(first__in=batch) | Q(second__in=batch)).order_by("id")
    }
    undecided = {pair for pair, row in known.items() if row.state == CandidateState.OPEN}
    pairs = (pairs | undecided) - (known.keys() - undecided) - _said_not_same(pairs)
    fresh, gone = [], []
    for pair, evidence in _weigh(pairs, size):
        row = known.get(pair)
        if evidence.contradictions or evidence.probability < PROPOSE_FROM:
            gone += [row.pk] if row else []
        elif row is None:
            fresh.append(_fill(DuplicateCandidate(first_id=pair[0], second_id=pair[1]), evidence))
        else:
            _fill(row, evidence).save()
    DuplicateCandidate.objects.filter(pk__in=gone).delete()
    DuplicateCandidate.objects.bulk_create(fresh)
    return len(fresh)


def _said_not_same(pairs: set[_IdPair]) -> set[_IdPair]:
    said: set[frozenset[UUID]] = set()
    for ids in _in_blocks(pairs):
        said |= not_same.pairs_among(ids)
    return {pair for pair in pairs if frozenset(pair) in said}


def _weigh(pairs: set[_IdPair], size: int) -> Iterator[tuple[_IdPair, Evidence]]:
    rows: dict[UUID, lookup.Row] = {}
    phones: dict[UUID, frozenset[str]] = {}
    for ids in _in_blocks(pairs):
        rows |= {row.person_id: row for row in lookup.rows_of(ids)}
        phones |= lookup.phones_of(ids)
    nothing: frozenset[str] = frozenset()
    for one, other in sorted(pairs):
        wanted = record_of(rows[other], phones.get(other, nothing))
        yield (one, other), lookup.best_evidence(rows[one], wanted, phones.get(one, nothing), size)


def _in_blocks(pairs: set[_IdPair]) -> Iterator[list[UUID]]:
    """Yield the people of the pairs, few enough at a time for one query on every database."""
    ids = sorted({person for pair in pairs for person in pair})
    for start in range(0, len(ids), _BLOCK):
        yield ids[start : start + _BLOCK]


def _fill(row: DuplicateCandidate, evidence: Evidence) -> DuplicateCandidate:
    row.bits, row.probability = evidence.bits, evidence.probability
    row.parts = [{"part": part.name, "level": part.level, "bits": part.bits} for part in evidence.parts]
    row.model_version = row.keys_version = keys.VERSION
    return row
