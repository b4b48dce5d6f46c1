"""Two files are one person: people say so, never the machine; nothing is rewritten, and for thirty days nothing is final."""

import datetime as dt
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.people.actions import registrations
from safar.people.enums import MERGE_TRANSITIONS, CandidateState, MergeState
from safar.people.models import DuplicateCandidate, Merge, Person, Registration
from safar.people.permissions import MERGE_PEOPLE
from safar.people.queries import clusters, duplicates, guards
from safar.people.rules import pair_of
from safar.trust.actions import audit

UNDO_WITHIN = dt.timedelta(days=30)


@transaction.atomic
def merge(*, kept_id: UUID, merged_id: UUID, reason: str, form_key: str = "", by: Actor) -> Merge:
    """Let one file answer for both from now on; where a file is closed or sealed, only once a second person confirms."""
    check_may(by, MERGE_PEOPLE)
    if earlier := once.result_of(form_key):
        return Merge.objects.get(pk=earlier)
    if not reason.strip():
        raise ValidationError({"reason": _("Write what shows that this is one person.")})
    _check_pair(kept_id, merged_id, by)
    evidence = duplicates.evidence_between(kept_id, merged_id)
    wanted = Merge.objects.create(
        kept=kept_id,
        merged=merged_id,
        state=MergeState.WAITING,
        reason=reason.strip()[:200],
        asked_by_id=by.staff_id,
        needs_second=bool(guards.needing_second(_everybody(kept_id, merged_id))),
        bits=evidence.bits,
        probability=evidence.probability,
    )
    _record(wanted, "ask", by, reason=wanted.reason)
    if not wanted.needs_second:
        _apply(wanted, by)
    once.use(form_key, wanted.pk)
    return wanted


@transaction.atomic
def confirm(*, merge_id: UUID, by: Actor) -> Merge:
    """Carry out a merge that waited; whoever asked for it cannot be the one who confirms it."""
    check_may(by, MERGE_PEOPLE)
    waiting = _get(merge_id, MergeState.DONE)
    if waiting.asked_by_id == by.staff_id:
        raise ValidationError(_("A second person has to confirm this: whoever asked cannot."))
    _check_pair(waiting.kept, waiting.merged, by)
    _apply(waiting, by)
    return waiting


@transaction.atomic
def refuse(*, merge_id: UUID, by: Actor) -> Merge:
    """Close a merge that waited without doing it; who asked may take it back in the same way."""
    check_may(by, MERGE_PEOPLE)
    waiting = _get(merge_id, MergeState.REFUSED)
    waiting.state, waiting.decided_by_id = MergeState.REFUSED, by.staff_id
    waiting.save(update_fields=["state", "decided_by"])
    _record(waiting, "refuse", by)
    return waiting


@transaction.atomic
def undo(*, merge_id: UUID, reason: str, by: Actor) -> Merge:
    """Part two files again exactly as they were, up to thirty days after the merge."""
    check_may(by, MERGE_PEOPLE)
    done = _get(merge_id, MergeState.UNDONE)
    if done.merged_at is None or now() - done.merged_at > UNDO_WITHIN:
        raise ValidationError(_("A merge can be undone within 30 days."))
    if not reason.strip():
        raise ValidationError({"reason": _("Write what shows that these are two people.")})
    people = _locked([done.kept, done.merged])
    answering = clusters.head_of(done.merged)
    people[done.merged].merged_into = None
    people[done.merged].save(update_fields=["merged_into"])
    _move_registrations(done, origin=answering, target=done.merged, reason=reason.strip()[:200], by=by)
    done.state, done.undone_at, done.undone_by_id = MergeState.UNDONE, now(), by.staff_id
    done.save(update_fields=["state", "undone_at", "undone_by"])
    first, second = pair_of(done.kept, done.merged)
    DuplicateCandidate.objects.filter(first=first, second=second, state=CandidateState.MERGED).update(
        state=CandidateState.OPEN, decided_by=None, decided_at=None
    )
    _record(done, "undo", by, reason=reason.strip()[:200])
    return done


def _apply(wanted: Merge, by: Actor) -> None:
    people = _locked([wanted.kept, wanted.merged])
    people[wanted.merged].merged_into = people[wanted.kept]
    people[wanted.merged].save(update_fields=["merged_into"])
    _move_registrations(wanted, origin=wanted.merged, target=wanted.kept, reason=wanted.reason, by=by)
    wanted.state, wanted.merged_at, wanted.decided_by_id = MergeState.DONE, now(), by.staff_id
    wanted.save(update_fields=["state", "merged_at", "decided_by"])
    first, second = pair_of(wanted.kept, wanted.merged)
    DuplicateCandidate.objects.filter(first=first, second=second).update(
        state=CandidateState.MERGED, decided_by=by.staff_id, decided_at=now()
    )
    _record(wanted, "merge", by, reason=wanted.reason)


def _move_registrations(merge_row: Merge, *, origin: UUID, target: UUID, reason: str, by: Actor) -> None:
    """Move what the merged file and all below it were opened with; their services need no moving, they hang on the files."""
    opened = Registration.objects.filter(person_key__in=clusters.below(merge_row.merged)).order_by("id")
    registrations.move(
        registrations=list(opened.values_list("pk", flat=True)),
        origin=origin,
        target=target,
        merge=merge_row,
        reason=reason,
        by=by,
    )


def _check_pair(kept_id: UUID, merged_id: UUID, by: Actor) -> None:
    if kept_id == merged_id:
        raise ValidationError(_("This is one file already."))
    people = _locked([kept_id, merged_id])
    if any(person.merged_into_id for person in people.values()):
        raise ValidationError(_("One of the files was merged meanwhile. Open it again."))
    if guards.closed_to(_everybody(kept_id, merged_id), by):
        raise PermissionDenied("people.person.merge")


def _everybody(*person_ids: UUID) -> list[UUID]:
    return [member for person_id in person_ids for member in clusters.members_of(person_id)]


def _locked(person_ids: list[UUID]) -> dict[UUID, Person]:
    """Return both files locked in one order, so that two desks that merge the same pair wait instead of blocking each other."""
    people = Person.objects.select_for_update(of=("self",)).filter(pk__in=person_ids).order_by("id")
    found = {person.pk: person for person in people}
    if len(found) < len(set(person_ids)):
        raise ValidationError(_("One of the files is not there any more."))
    return found


def _get(merge_id: UUID, target: MergeState) -> Merge:
    found = Merge.objects.select_for_update(of=("self",)).get(pk=merge_id)
    if target not in MERGE_TRANSITIONS[found.state]:
        raise ValidationError(_("Somebody decided this meanwhile."))
    return found


def _record(merge_row: Merge, verb: str, by: Actor, reason: str = "") -> None:
    """Write the act into the trail of both people."""
    for person_key in (merge_row.kept, merge_row.merged):
        audit.record(
            by=by, action=f"people.merge.{verb}", person_key=person_key, subject_key=merge_row.pk, reason=reason
        )
