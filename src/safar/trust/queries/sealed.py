"""What is sealed about a person, and for whom it opens: two people, a reason, half an hour, a row in the trail for each note."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.kernel.privacy import keys_of
from safar.trust.enums import OpeningPurpose, SealedKind
from safar.trust.models import SealedNote, SealedOpening, SealedReader
from safar.trust.permissions import NAME_READERS, READ_SEALED
from safar.trust.sealing import Envelope

# A request nobody decided on by the next day was not urgent, or was forgotten: it is asked again with today's reason.
WAITS = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SealedPart:
    """What a named reader is told before anything is opened: that there is something, and what they may do about it."""

    notes: int
    last_at: dt.datetime
    waiting: SealedOpening | None
    open_now: SealedOpening | None


def has_notes(person_key: UUID) -> bool:
    """Return whether anything is sealed about a person: a merge then takes a second person. Not to be shown to anybody."""
    return SealedNote.objects.filter(person_key__in=keys_of(person_key)).exists()


def kinds_readable(person_key: UUID, *, by: Actor) -> frozenset[str]:
    """Return the kinds of this person's notes the actor is a named reader of today; empty for everybody else."""
    if by.id is None or not by.may(READ_SEALED):
        return frozenset()
    held = standing_readers().filter(staff_id=by.id).filter(Q(person_key__in=keys_of(person_key)) | Q(person_key=None))
    kinds = set(held.values_list("kind", flat=True))
    return frozenset(SealedKind.values) if "" in kinds else frozenset(kinds)


def part_for(person_key: UUID, *, by: Actor) -> SealedPart | None:
    """Return what a named reader may know of a person's sealed part, None for everybody else and where there is nothing."""
    kinds = kinds_readable(person_key, by=by)
    keys = keys_of(person_key) if kinds else []
    written = SealedNote.objects.filter(person_key__in=keys, kind__in=kinds).order_by("recorded_at")
    moments = list(written.values_list("recorded_at", flat=True)) if kinds else []
    if not moments:
        return None
    mine = SealedOpening.objects.filter(person_key__in=keys, asked_by_id=by.id, purpose=OpeningPurpose.READ)
    return SealedPart(
        notes=len(moments),
        last_at=moments[-1],
        waiting=_waiting(mine).first(),
        open_now=mine.filter(allowed=True, open_until__gt=now()).first(),
    )


def standing_readers() -> QuerySet[SealedReader]:
    return SealedReader.objects.filter(ended_at=None, until__gte=today(), staff__is_active=True)


def readers(*, by: Actor) -> QuerySet[SealedReader]:
    """Return who is named to read what, for whoever names them."""
    check_may(by, NAME_READERS)
    return standing_readers().select_related("staff", "named_by").order_by("staff__full_name", "until", "id")


def to_decide(*, by: Actor) -> list[SealedOpening]:
    """Return the requests of others that wait for a decision the actor may take; the query count is constant."""
    if by.id is None or not by.may(READ_SEALED):
        return []
    waiting = list(_waiting(SealedOpening.objects.exclude(asked_by_id=by.id)).select_related("asked_by"))
    if by.may(NAME_READERS):
        return waiting
    named = set(standing_readers().filter(staff_id=by.id).values_list("person_key", flat=True))
    keys = {key for person in named if person for key in keys_of(person)}
    return [opening for opening in waiting if None in named or opening.person_key in keys]


def may_decide(opening: SealedOpening, *, by: Actor) -> bool:
    """Return whether this actor is the second person: not who asked, and either a named reader or who names the readers."""
    if by.id is None or by.id == opening.asked_by_id or not by.may(READ_SEALED):
        return False
    return by.may(NAME_READERS) or bool(kinds_readable(opening.person_key, by=by))


def released(person_key: UUID) -> bool:
    """Return whether the notes may stand in the person's own copy today: two people decided so."""
    return SealedOpening.objects.filter(
        person_key__in=keys_of(person_key), purpose=OpeningPurpose.COPY, allowed=True, open_until__gt=now()
    ).exists()


def _waiting(openings: QuerySet[SealedOpening]) -> QuerySet[SealedOpening]:
    return openings.filter(decided_at=None, recorded_at__gt=now() - WAITS)


def bound_to(note: SealedNote) -> bytes:
    """Return what a note is bound to: moved to another row, person or kind it no longer opens."""
    return f"{note.pk}|{note.person_key}|{note.kind}".encode("ascii")


def envelope_of(note: SealedNote) -> Envelope:
    # PostgreSQL hands binary columns out as memoryview.
    return Envelope(note.key_id, bytes(note.wrapped_key), bytes(note.nonce), bytes(note.ciphertext))
