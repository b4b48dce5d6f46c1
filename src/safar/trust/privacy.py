"""How private the fields of trust are, and what the trail can tell a person about themselves."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from safar.kernel.actor import MACHINE
from safar.kernel.privacy import Effect, Part, Privacy, keys_of, register_part
from safar.trust.actions.sealed import destroy
from safar.trust.actions.sealed_reading import for_copy
from safar.trust.models import AuditEntry, RetentionHold, SubjectRequest
from safar.trust.queries.retention import hold_on, on_hold_until
from safar.trust.queries.sealed import released

FIELDS: dict[str, Privacy] = {
    "Centre.id": Privacy.PUBLIC,
    "Centre.recorded_at": Privacy.INTERNAL,
    "Centre.code": Privacy.PUBLIC,
    "Centre.kind": Privacy.PUBLIC,
    "Centre.name": Privacy.PUBLIC,
    "Centre.parent": Privacy.PUBLIC,
    "Centre.region": Privacy.PUBLIC,
    "Centre.district": Privacy.PUBLIC,
    "Centre.address": Privacy.PUBLIC,
    "Centre.hours": Privacy.PUBLIC,
    "Centre.phone": Privacy.PUBLIC,
    "Centre.latitude": Privacy.PUBLIC,
    "Centre.longitude": Privacy.PUBLIC,
    "Centre.opened_on": Privacy.PUBLIC,
    "Centre.closed_on": Privacy.PUBLIC,
    "Staff.id": Privacy.INTERNAL,
    "Staff.recorded_at": Privacy.INTERNAL,
    "Staff.email": Privacy.PERSONAL,
    "Staff.full_name": Privacy.PERSONAL,
    "Staff.password": Privacy.SEALED,
    "Staff.last_login": Privacy.PERSONAL,
    "Staff.centre": Privacy.INTERNAL,
    "Staff.language": Privacy.INTERNAL,
    "Staff.theme": Privacy.INTERNAL,
    "Staff.is_active": Privacy.INTERNAL,
    "RoleAssignment.id": Privacy.INTERNAL,
    "RoleAssignment.recorded_at": Privacy.INTERNAL,
    "RoleAssignment.staff": Privacy.INTERNAL,
    "RoleAssignment.role": Privacy.INTERNAL,
    "RoleAssignment.granted_by": Privacy.INTERNAL,
    "RoleAssignment.ended_at": Privacy.INTERNAL,
    "SealedNote.id": Privacy.INTERNAL,
    "SealedNote.recorded_at": Privacy.SEALED,
    "SealedNote.person_key": Privacy.SEALED,
    "SealedNote.kind": Privacy.SEALED,
    "SealedNote.about_key": Privacy.SEALED,
    "SealedNote.key_id": Privacy.INTERNAL,
    "SealedNote.wrapped_key": Privacy.SEALED,
    "SealedNote.nonce": Privacy.SEALED,
    "SealedNote.ciphertext": Privacy.SEALED,
    "SealedNote.written_by": Privacy.SEALED,
    "SealedReader.id": Privacy.INTERNAL,
    "SealedReader.recorded_at": Privacy.INTERNAL,
    "SealedReader.staff": Privacy.INTERNAL,
    # That somebody is a reader of a person's notes says that there may be some.
    "SealedReader.person_key": Privacy.SEALED,
    "SealedReader.kind": Privacy.INTERNAL,
    "SealedReader.reason": Privacy.SEALED,
    "SealedReader.until": Privacy.INTERNAL,
    "SealedReader.named_by": Privacy.INTERNAL,
    "SealedReader.ended_at": Privacy.INTERNAL,
    "SealedOpening.id": Privacy.INTERNAL,
    "SealedOpening.recorded_at": Privacy.INTERNAL,
    "SealedOpening.person_key": Privacy.SEALED,
    "SealedOpening.purpose": Privacy.INTERNAL,
    "SealedOpening.asked_by": Privacy.INTERNAL,
    "SealedOpening.reason": Privacy.SEALED,
    "SealedOpening.decided_by": Privacy.INTERNAL,
    "SealedOpening.decided_at": Privacy.INTERNAL,
    "SealedOpening.allowed": Privacy.INTERNAL,
    "SealedOpening.open_until": Privacy.INTERNAL,
    "RetentionHold.id": Privacy.INTERNAL,
    "RetentionHold.recorded_at": Privacy.INTERNAL,
    "RetentionHold.person_key": Privacy.PERSONAL,
    "RetentionHold.reason": Privacy.SENSITIVE,
    "RetentionHold.until": Privacy.INTERNAL,
    "RetentionHold.placed_by": Privacy.INTERNAL,
    "RetentionHold.lifted_at": Privacy.INTERNAL,
    "RetentionHold.lifted_by": Privacy.INTERNAL,
    "RetentionRun.id": Privacy.INTERNAL,
    "RetentionRun.recorded_at": Privacy.INTERNAL,
    "RetentionRun.day": Privacy.INTERNAL,
    "RetentionRun.ended": Privacy.INTERNAL,
    "RetentionRun.left": Privacy.INTERNAL,
    "RetentionRun.finished_at": Privacy.INTERNAL,
    "ProcessingAnswers.id": Privacy.INTERNAL,
    "ProcessingAnswers.recorded_at": Privacy.INTERNAL,
    "ProcessingAnswers.holder_name": Privacy.PUBLIC,
    "ProcessingAnswers.holder_tax_number": Privacy.PUBLIC,
    "ProcessingAnswers.holder_address": Privacy.PUBLIC,
    "ProcessingAnswers.responsible_name": Privacy.INTERNAL,
    "ProcessingAnswers.responsible_post": Privacy.INTERNAL,
    "ProcessingAnswers.responsible_contact": Privacy.INTERNAL,
    "ProcessingAnswers.registration_number": Privacy.PUBLIC,
    "ProcessingAnswers.registered_on": Privacy.PUBLIC,
    "ProcessingAnswers.storage_place": Privacy.INTERNAL,
    "ProcessingAnswers.security_note": Privacy.INTERNAL,
    "ProcessingAnswers.recipients_note": Privacy.INTERNAL,
    "ProcessingAnswers.crosses_border": Privacy.INTERNAL,
    "ProcessingAnswers.cross_border_note": Privacy.INTERNAL,
    "ProcessingAnswers.changed_by": Privacy.INTERNAL,
    "SubjectRequest.id": Privacy.INTERNAL,
    "SubjectRequest.recorded_at": Privacy.INTERNAL,
    "SubjectRequest.person_key": Privacy.PERSONAL,
    "SubjectRequest.kind": Privacy.INTERNAL,
    "SubjectRequest.way": Privacy.INTERNAL,
    "SubjectRequest.asked_by": Privacy.INTERNAL,
    "SubjectRequest.identity": Privacy.INTERNAL,
    "SubjectRequest.wish": Privacy.PERSONAL,
    "SubjectRequest.received_on": Privacy.INTERNAL,
    "SubjectRequest.received_by": Privacy.INTERNAL,
    "SubjectRequest.due_on": Privacy.INTERNAL,
    "SubjectRequest.extension_reason": Privacy.PERSONAL,
    "SubjectRequest.state": Privacy.INTERNAL,
    "SubjectRequest.decision": Privacy.PERSONAL,
    "SubjectRequest.answered_on": Privacy.INTERNAL,
    "SubjectRequest.answered_by": Privacy.INTERNAL,
    "AuditEntry.id": Privacy.INTERNAL,
    "AuditEntry.recorded_at": Privacy.INTERNAL,
    "AuditEntry.verb": Privacy.INTERNAL,
    "AuditEntry.action": Privacy.INTERNAL,
    "AuditEntry.actor_kind": Privacy.INTERNAL,
    "AuditEntry.staff": Privacy.PERSONAL,
    "AuditEntry.person_key": Privacy.PERSONAL,
    "AuditEntry.subject_key": Privacy.PERSONAL,
    "AuditEntry.fields": Privacy.INTERNAL,
    "AuditEntry.reason": Privacy.PERSONAL,
}


def _export(person_key: UUID) -> Mapping[str, Any]:
    """Tell who opened, changed or took out what is held about the person and when, and what the person asked before."""
    keys = keys_of(person_key)
    entries = AuditEntry.objects.filter(person_key__in=keys).select_related("staff").order_by("recorded_at", "id")
    # A copy may fall into the hands of the person it must be hidden from: what is sealed is told only when it was released.
    if not all(released(key) for key in keys):
        entries = entries.exclude(action__startswith="trust.sealed.")
    return {
        "accesses": [
            {
                "at": entry.recorded_at,
                "who": entry.staff.full_name if entry.staff else "",
                "verb": entry.verb,
                "action": entry.action,
                "fields": entry.fields,
            }
            for entry in entries
        ],
        "requests": list(
            SubjectRequest.objects.filter(person_key__in=keys).values(
                *("kind", "received_on", "way", "wish", "due_on", "state", "decision", "answered_on")
            )
        ),
    }


def _erase(person_key: UUID) -> None:
    """Leave the trail whole: it holds a key that leads nowhere once the person is erased, and never a value.

    Requests stay as proof that they were answered in time, without the words that might name somebody.
    """
    SubjectRequest.objects.filter(person_key__in=keys_of(person_key)).update(wish="", decision="", extension_reason="")


def _preview(person_key: UUID) -> list[Effect]:
    keys = keys_of(person_key)
    rows = AuditEntry.objects.filter(person_key__in=keys).count()
    asked = SubjectRequest.objects.filter(person_key__in=keys).count()
    effects = [
        Effect(_("Rows of the audit trail"), 0, rows, _("who did what and when, under a key that leads nowhere")),
        Effect(_("Requests about personal data"), 0, asked, _("kind, days and state, without words")),
    ]
    return [effect for effect in effects if effect.stays]


def _export_sealed(person_key: UUID) -> Mapping[str, Any]:
    """Give the sealed notes only when a data-protection officer asked for it and a second person agreed."""
    notes = [note for key in keys_of(person_key) for note in for_copy(key)]
    return {"notes": [{"kind": note.kind, "at": note.written_at, "text": note.text} for note in notes]} if notes else {}


def _erase_sealed(person_key: UUID) -> None:
    for key in keys_of(person_key):
        destroy(person_key=key, by=MACHINE)


def _export_hold(person_key: UUID) -> Mapping[str, Any]:
    holds = RetentionHold.objects.filter(person_key__in=keys_of(person_key)).order_by("recorded_at", "id")
    return {"holds": [{"reason": hold.reason, "until": hold.until, "lifted_at": hold.lifted_at} for hold in holds]}


def _erase_hold(person_key: UUID) -> None:
    """Refuse to erase whose records are on hold: a court or a claim needs them. Runs before any other part."""
    keys = keys_of(person_key)
    for key in keys:
        if hold := hold_on(key):
            raise ValidationError({"reason": on_hold_until(hold.until)})
    RetentionHold.objects.filter(person_key__in=keys).delete()


# Named after no app, these two run before every domain when a person is erased.
register_part(SEALED := Part(name="sealed", export=_export_sealed, erase=_erase_sealed))
register_part(HOLD := Part(name="hold", export=_export_hold, erase=_erase_hold))
TRAIL = Part(name="trust", export=_export, erase=_erase, preview=_preview)
register_part(TRAIL)
