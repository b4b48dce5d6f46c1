"""Sealing a note, naming its readers, and the two people it takes to open one."""

import datetime as dt
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.kernel.privacy import keys_of
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb, OpeningPurpose, SealedKind
from safar.trust.models import SealedNote, SealedOpening, SealedReader, Staff
from safar.trust.permissions import NAME_READERS, READ_SEALED, WRITE_SEALED
from safar.trust.queries.actors import actor_for
from safar.trust.queries.sealed import bound_to, has_notes, may_decide, part_for
from safar.trust.queries.sealed_key import keyring
from safar.trust.sealing import CannotOpenError, Keyring, seal

OPEN_FOR = {OpeningPurpose.READ: dt.timedelta(minutes=30), OpeningPurpose.COPY: dt.timedelta(hours=72)}
LONGEST_NOTE = 20_000
_ENVELOPE = ("key_id", "wrapped_key", "nonce", "ciphertext")
LONGEST_DUTY = dt.timedelta(days=366)


@transaction.atomic
def write(
    *, person_key: UUID, kind: str, text: str, about_key: UUID | None = None, form_key: str = "", by: Actor
) -> UUID:
    """Seal a note and return its key; who wrote it cannot read it back, unless they are a named reader."""
    check_may(by, WRITE_SEALED)
    if earlier := once.result_of(form_key):
        return earlier
    _check_note(kind, text)
    note = SealedNote(
        person_key=person_key,
        kind=kind,
        about_key=about_key,
        written_by_id=by.staff_id,
    )
    try:
        _put(note, text.strip(), keyring())
    except (CannotOpenError, ValueError) as error:
        raise ValidationError(_no_key()) from error
    note.save(force_insert=True)
    once.use(form_key, note.pk)
    audit.record(by=by, action="trust.sealed.write", person_key=person_key, subject_key=note.pk)
    return note.pk


@transaction.atomic
def name_reader(
    *,
    staff_id: UUID | None,
    reason: str,
    until: dt.date | None,
    person_key: UUID | None = None,
    kind: str = "",
    by: Actor,
) -> SealedReader:
    """Name a member of staff to read the notes of one person, or of one kind, until a day."""
    check_may(by, NAME_READERS)
    errors: dict[str, str] = {}
    member = Staff.objects.filter(pk=staff_id, is_active=True).first() if staff_id else None
    if member is None or not actor_for(member).may(READ_SEALED):
        errors["staff"] = _("Choose somebody whose role works with people’s files.")
    elif member.pk == by.id:
        errors["staff"] = _("Nobody names themselves. Another data-protection officer can.")
    if not reason.strip():
        errors["reason"] = _("Write why this person needs to read them.")
    if until is None or not today() <= until <= today() + LONGEST_DUTY:
        errors["until"] = _("Choose a day within the next year; it can be renewed.")
    if kind and kind not in SealedKind.values:
        errors["kind"] = _("Choose one of the values offered.")
    elif not kind and person_key is None:
        errors["kind"] = _("Choose a kind: nobody reads everything about everybody.")
    if errors or member is None or until is None:
        raise ValidationError(errors)
    reader = SealedReader.objects.create(
        staff=member, person_key=person_key, kind=kind, reason=reason.strip(), until=until, named_by_id=by.id
    )
    audit.record(
        by=by, action="trust.sealed.name_reader", person_key=person_key, subject_key=member.pk, fields=["until"]
    )
    return reader


@transaction.atomic
def end_reader(*, reader_id: UUID, by: Actor) -> None:
    """End somebody's duty as a reader; what they have open closes with it."""
    check_may(by, NAME_READERS)
    reader = get_object_or_404(SealedReader.objects.select_for_update(of=("self",)), pk=reader_id)
    if reader.ended_at is None:
        reader.ended_at = now()
        reader.save(update_fields=["ended_at"])
        audit.record(by=by, action="trust.sealed.end_reader", person_key=reader.person_key, subject_key=reader.staff_id)


@transaction.atomic
def ask(
    *, person_key: UUID, reason: str, purpose: str = OpeningPurpose.READ, form_key: str = "", by: Actor
) -> SealedOpening:
    """Ask for a person's notes to be opened: a named reader to read them, a data-protection officer for the person's copy."""
    check_may(by, READ_SEALED if purpose == OpeningPurpose.READ else NAME_READERS)
    if by.id is None:
        raise PermissionDenied("trust.sealed.read")
    if earlier := once.result_of(form_key):
        return SealedOpening.objects.get(pk=earlier)
    if purpose == OpeningPurpose.READ:
        part = part_for(person_key, by=by)
        if part is None:
            raise PermissionDenied("trust.sealed.read")
        if standing := part.open_now or part.waiting:
            return standing
    elif not has_notes(person_key):
        raise ValidationError(_("Nothing is sealed about this person."))
    if not reason.strip():
        raise ValidationError({"reason": _("Write what you need them for: the second person decides on this reason.")})
    opening = SealedOpening.objects.create(
        person_key=person_key, purpose=purpose, asked_by_id=by.id, reason=reason.strip()
    )
    once.use(form_key, opening.pk)
    audit.record(by=by, action="trust.sealed.ask", person_key=person_key, subject_key=opening.pk, reason=opening.reason)
    return opening


@transaction.atomic
def decide(*, opening_id: UUID, allow: bool, by: Actor) -> SealedOpening:
    """Allow or refuse somebody else's request; the clock of an allowed one starts now."""
    check_may(by, READ_SEALED)
    opening = get_object_or_404(SealedOpening.objects.select_for_update(of=("self",)), pk=opening_id)
    if not may_decide(opening, by=by):
        raise PermissionDenied("trust.sealed.read")
    if opening.decided_at is not None:
        raise ValidationError(_("This request is decided already."))
    opening.decided_by_id, opening.decided_at, opening.allowed = by.id, now(), allow
    opening.open_until = now() + OPEN_FOR[OpeningPurpose(opening.purpose)] if allow else None
    opening.save(update_fields=["decided_by", "decided_at", "allowed", "open_until"])
    audit.record(
        by=by,
        action="trust.sealed.allow" if allow else "trust.sealed.refuse",
        person_key=opening.person_key,
        subject_key=opening.pk,
    )
    return opening


@transaction.atomic
def destroy(*, person_key: UUID, by: Actor) -> int:
    """Destroy a person's notes, first their keys: what is left in a page of the database file then opens for nobody."""
    keys = keys_of(person_key)
    notes = SealedNote.objects.filter(person_key__in=keys)
    for note in notes.select_for_update().only("pk", "wrapped_key").order_by("pk"):
        SealedNote.objects.filter(pk=note.pk).update(wrapped_key=bytes(len(note.wrapped_key)))
    count, _by_model = notes.delete()
    SealedReader.objects.filter(person_key__in=keys).delete()
    SealedOpening.objects.filter(person_key__in=keys).delete()
    if count:
        audit.record(by=by, action="trust.sealed.destroy", verb=AuditVerb.ERASE, person_key=person_key)
    return count


def _put(note: SealedNote, text: str, ring: Keyring) -> None:
    envelope = seal(text, bound_to=bound_to(note), ring=ring)
    for name in _ENVELOPE:
        setattr(note, name, getattr(envelope, name))


def _no_key() -> str:
    return _("The key for sealed notes is missing. Ask whoever runs this installation.")


def _check_note(kind: str, text: str) -> None:
    errors: dict[str, str] = {}
    if kind not in SealedKind.values:
        errors["kind"] = _("Choose what the note is about.")
    if not text.strip():
        errors["text"] = _("Write the note first.")
    elif len(text) > LONGEST_NOTE:
        errors["text"] = _("Please write less than %(count)s characters.") % {"count": LONGEST_NOTE}
    if errors:
        raise ValidationError(errors)
