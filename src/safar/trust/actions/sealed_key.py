import os
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, ActorKind
from safar.trust.actions import audit
from safar.trust.models import SealedNote
from safar.trust.queries import sealed_key
from safar.trust.queries.sealed import bound_to, envelope_of
from safar.trust.sealing import Keyring, new_key, rewrap, written

BATCH = 200


def make() -> Path:
    """Make the compartment's first key; refuses to touch a key that exists, because with it would go the notes."""
    file = sealed_key.path()
    if os.environ.get(sealed_key.VARIABLE) or file.exists():
        raise ValidationError(_("There is a key already. Change it with “rotate”, which keeps what it opens."))
    _write(file, written([new_key()]))
    return file


def rotate(*, by: Actor) -> int:
    """Wrap every note's key with a new key, then drop the old ones from the file; returns how many notes.

    Works through batches: when it breaks off, the file still holds both keys and the next run finishes.
    """
    if by.kind is not ActorKind.MACHINE:
        raise ValidationError(_("The key is changed on the machine, by whoever keeps it."))
    if os.environ.get(sealed_key.VARIABLE):
        raise ValidationError(_("The key stands in the environment; a key file can be rotated."))
    file = sealed_key.path()
    ring = sealed_key.keyring()
    if len(ring.keys) == 1:
        ring = Keyring((new_key(), *ring.keys))
        _write(file, written(ring.keys))
    count = 0
    while batch := list(SealedNote.objects.exclude(key_id=ring.current.id).order_by("pk")[:BATCH]):
        count += _rewrap(batch, ring)
    _write(file, written([ring.current]))
    audit.record(by=by, action="trust.sealed.rotate", fields=[f"{count} notes"])
    return count


@transaction.atomic
def _rewrap(notes: list[SealedNote], ring: Keyring) -> int:
    for note in notes:
        envelope = rewrap(envelope_of(note), bound_to=bound_to(note), ring=ring)
        note.key_id, note.wrapped_key = envelope.key_id, envelope.wrapped_key
    return SealedNote.objects.bulk_update(notes, ["key_id", "wrapped_key"])


def _write(file: Path, text: str) -> None:
    """Replace the file in one step: half a key file would be no key."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(text, encoding="ascii")
    with fresh.open("rb") as handle:
        os.fsync(handle.fileno())
    fresh.replace(file)
