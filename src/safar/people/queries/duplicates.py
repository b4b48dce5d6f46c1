"""Pairs of files that may be one person: what speaks for it, and the queue of those nobody has decided on."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from safar.kernel.actor import Actor, check_may
from safar.methods.names.births import Birth
from safar.methods.names.evidence import Evidence, Record
from safar.people.enums import CandidateState, MergeState
from safar.people.models import DuplicateCandidate, Merge, NotSamePair, Person
from safar.people.permissions import MERGE_PEOPLE
from safar.people.queries import clusters, guards, lookup, not_same
from safar.people.queries.lookup import Row
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb

PAGE = 20
# How many candidates are read to fill a page when some of them are closed to the reader.
_READ = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files side by side with the evidence of today, the earlier no if there was one, and the merge that waits."""

    first: Person
    second: Person
    evidence: Evidence
    said_not_same: NotSamePair | None
    waiting: Merge | None
    needs_second: bool


def undecided() -> QuerySet[DuplicateCandidate]:
    """Return the candidates still to be looked at, those never looked at first and in them the heaviest first."""
    later = Case(When(state=CandidateState.NOT_SURE, then=Value(1)), default=Value(0), output_field=IntegerField())
    return (
        DuplicateCandidate.objects.filter(
            state__in=[CandidateState.OPEN, CandidateState.NOT_SURE],
            first__merged_into=None,
            second__merged_into=None,
        )
        .annotate(later=later)
        .order_by("later", "-bits", "id")
    )


def queue(*, by: Actor) -> list[DuplicateCandidate]:
    """Return the first page of the queue without pairs closed to this reader; one row in the trail for the list."""
    check_may(by, MERGE_PEOPLE)
    read = list(undecided().select_related("first", "second")[:_READ])
    closed = guards.closed_to({key for each in read for key in (each.first_id, each.second_id)}, by) if read else set()
    shown = [each for each in read if not {each.first_id, each.second_id} & closed][:PAGE]
    if shown:
        audit.record(by=by, action="people.duplicate.list", verb=AuditVerb.READ, fields=[f"{len(shown)} pairs"])
    return shown


def count_undecided() -> int:
    return undecided().order_by().count()


def waiting_merges(*, by: Actor) -> list[Merge]:
    """Return the merges that wait for a second person."""
    check_may(by, MERGE_PEOPLE)
    return list(Merge.objects.filter(state=MergeState.WAITING).select_related("asked_by").order_by("recorded_at", "id"))


def pair(one: UUID, other: UUID, *, by: Actor) -> Pair | None:
    """Open two files beside each other, leaving a read row on each; None where one is gone or closed to this reader."""
    check_may(by, MERGE_PEOPLE)
    heads = [clusters.head_of(one), clusters.head_of(other)]
    people = Person.objects.select_related("centre").prefetch_related("contact_points").in_bulk(heads)
    everybody = [member for head in heads for member in clusters.members_of(head)]
    if len(people) < len(set(heads)) or guards.closed_to(everybody, by):
        return None
    for head in heads:
        audit.record(by=by, action="people.duplicate.open", verb=AuditVerb.READ, person_key=head)
    return Pair(
        first=people[heads[0]],
        second=people[heads[1]],
        evidence=evidence_between(*heads),
        said_not_same=not_same.between(*heads),
        waiting=waiting_between(*heads),
        needs_second=bool(guards.needing_second(everybody)),
    )


def waiting_between(one: UUID, other: UUID) -> Merge | None:
    waiting = Merge.objects.filter(state=MergeState.WAITING, kept__in=[one, other], merged__in=[one, other])
    return waiting.select_related("asked_by").first()


def merges_of(person_id: UUID) -> list[Merge]:
    """Return the merges that made a person's file what it is today, the latest first."""
    members = clusters.members_of(person_id)
    done = Merge.objects.filter(state=MergeState.DONE, merged__in=members).select_related("asked_by", "decided_by")
    return list(done.order_by("-merged_at", "-id"))


def evidence_between(one: UUID, other: UUID) -> Evidence:
    """Weigh two files against each other as they are today."""
    rows = {row.person_id: row for row in lookup.rows_of([one, other])}
    phones = lookup.phones_of([one, other])
    wanted = record_of(rows[other], phones.get(other, frozenset()))
    return lookup.best_evidence(rows[one], wanted, phones.get(one, frozenset()), lookup.registry_size())


def record_of(row: Row, phones: frozenset[str]) -> Record:
    """Return a file as it is weighed."""
    birth = Birth(row.year, row.month, row.day)
    return Record(row.family, row.given, row.patronymic, birth, row.sex, phones, row.district)
