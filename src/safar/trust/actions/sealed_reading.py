"""Opening sealed notes: an action although nothing changes, because each note opened leaves its row in the trail."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safar.kernel.actor import MACHINE, Actor, check_may
from safar.kernel.clock import now
from safar.kernel.privacy import keys_of
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb, OpeningPurpose
from safar.trust.models import SealedNote, SealedOpening
from safar.trust.permissions import READ_SEALED
from safar.trust.queries.sealed import bound_to, envelope_of, kinds_readable, released
from safar.trust.queries.sealed_key import keyring
from safar.trust.sealing import CannotOpenError, unseal


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A note while it is open."""

    kind: str
    written_at: dt.datetime
    written_by: str
    text: str


def read(opening_id: UUID, *, by: Actor) -> list[OpenNote]:
    """Return the notes an allowed opening still shows to who asked for it, leaving a row in the trail for each note."""
    check_may(by, READ_SEALED)
    opening = get_object_or_404(SealedOpening, pk=opening_id, purpose=OpeningPurpose.READ, asked_by_id=by.id)
    kinds = kinds_readable(opening.person_key, by=by)
    if not opening.allowed or opening.open_until is None or opening.open_until <= now() or not kinds:
        raise PermissionDenied("trust.sealed.read")
    notes = SealedNote.objects.filter(person_key__in=keys_of(opening.person_key), kind__in=kinds)
    return _opened(notes, action="trust.sealed.read", by=by)


def for_copy(person_key: UUID) -> list[OpenNote]:
    """Return the notes for the person's own copy: none until a data-protection officer asked and a second person agreed."""
    if not released(person_key):
        return []
    return _opened(
        SealedNote.objects.filter(person_key__in=keys_of(person_key)), action="trust.sealed.copy", by=MACHINE
    )


def _opened(notes: QuerySet[SealedNote], *, action: str, by: Actor) -> list[OpenNote]:
    found = []
    for note in notes.select_related("written_by").order_by("recorded_at", "id"):
        try:
            text = unseal(envelope_of(note), bound_to=bound_to(note), ring=keyring())
        except (CannotOpenError, ValueError) as error:
            raise ValidationError(
                _("The notes cannot be opened: their key is missing or they were changed. Ask whoever keeps the key.")
            ) from error
        verb = AuditVerb.READ if action == "trust.sealed.read" else AuditVerb.EXPORT
        audit.record(by=by, action=action, verb=verb, person_key=note.person_key, subject_key=note.pk)
        found.append(OpenNote(note.kind, note.recorded_at, str(note.written_by or ""), text))
    return found
