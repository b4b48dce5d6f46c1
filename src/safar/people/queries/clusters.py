"""Which files are one person: a merged file keeps its number and its services, and answers as part of the file it went into."""

from collections.abc import Collection
from uuid import UUID

from safar.people.enums import LinkVerb, MergeState
from safar.people.models import IdentityLink, Merge, Person


def head_of(person_id: UUID) -> UUID:
    """Return the file that answers for this one: itself unless it was merged; one query a step of the chain."""
    into = Person.objects.filter(pk=person_id).values_list("merged_into", flat=True).first()
    return head_of(into) if into else person_id


def members_of(person_id: UUID) -> list[UUID]:
    """Return all files of the person, the one that answers first; a file never merged is alone."""
    found = [head_of(person_id)]
    frontier = found
    while frontier:
        frontier = list(Person.objects.filter(merged_into__in=frontier).order_by("id").values_list("pk", flat=True))
        found = [*found, *frontier]
    return found


def below(person_id: UUID) -> list[UUID]:
    """Return this file and those merged into it, directly or through another."""
    found = frontier = [person_id]
    while frontier:
        frontier = list(Person.objects.filter(merged_into__in=frontier).order_by("id").values_list("pk", flat=True))
        found = [*found, *frontier]
    return found


def heads() -> dict[UUID, UUID]:
    """Return for every merged file the one that answers for it, in one query.

    From the merges and not from the files: after erasure a merge is all that is left to count one person once.
    """
    into = dict(Merge.objects.filter(state=MergeState.DONE).order_by("id").values_list("merged", "kept"))
    return {merged: _end(merged, into) for merged in into}


def heads_of(person_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return for each of these files the one that answers for it; as many queries as the longest chain has steps."""
    answer = {each: each for each in person_ids}
    asked = set(answer)
    while asked:
        merged = Person.objects.filter(pk__in=asked, merged_into__isnull=False).order_by("id")
        into = {key: head for key, head in merged.values_list("pk", "merged_into") if head}
        answer = {each: into.get(head, head) for each, head in answer.items()}
        asked = set(into.values())
    return answer


def from_ledger() -> dict[UUID, UUID]:
    """Return which file was merged into which, read from the ledger alone: what `Person.merged_into` must equal."""
    into: dict[UUID, UUID] = {}
    origin: dict[UUID, UUID] = {}
    seen: set[tuple[UUID, UUID, UUID]] = set()
    # "unlink" stands before "link" of the same moment, because the order of the alphabet is turned round.
    lines = IdentityLink.objects.exclude(merge_key=None).order_by("recorded_at", "-verb", "id")
    for merge, registration, person, verb in lines.values_list("merge_key", "registration_id", "person_key", "verb"):
        if verb == LinkVerb.UNLINK:
            origin[registration] = person
            continue
        assert merge is not None  # noqa: S101  (narrows the type; lines without a merge were left out)
        act = (merge, origin[registration], person)
        if act in seen:
            continue
        seen.add(act)
        # Files are merged into files that answer for themselves: a link to one that does not is an undoing.
        if person in into:
            del into[person]
        else:
            into[origin[registration]] = person
    return into


def registrations_now(person_id: UUID) -> set[UUID]:
    """Return the registrations that belong to a file today, as the ledger has it."""
    about = IdentityLink.objects.filter(person_key=person_id).values("registration")
    lines = IdentityLink.objects.filter(registration__in=about, verb=LinkVerb.LINK).order_by("recorded_at", "id")
    current = dict(lines.values_list("registration_id", "person_key"))
    return {registration for registration, person in current.items() if person == person_id}


def _end(person: UUID, into: dict[UUID, UUID]) -> UUID:
    while person in into:
        person = into[person]
    return person
