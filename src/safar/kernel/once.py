"""A form that creates something carries a key made when it was shown, so that a second press creates nothing."""

from uuid import UUID

from django.db import models
from django.db.utils import IntegrityError

from safar.kernel.ids import new_id
from safar.kernel.models import Record


class UsedKey(Record):
    """A form key that has been used, and what the first use created."""

    key = models.UUIDField(unique=True)
    result = models.UUIDField()

    class Meta:
        app_label = "kernel"
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return str(self.key)


def fresh_key() -> str:
    """Return a key to put in a hidden field named `form_key`."""
    return str(new_id())


def result_of(key: str | UUID | None) -> UUID | None:
    """Return what an earlier submit of the same form created, or None when this is the first."""
    if not (used := _read(key)):
        return None
    return UsedKey.objects.filter(key=used).values_list("result", flat=True).first()


def use(key: str | UUID | None, result: UUID) -> None:
    """Remember the result; call it inside the transaction that created it, so that two presses at once cannot both commit."""
    if used := _read(key):
        try:
            UsedKey.objects.create(key=used, result=result)
        except IntegrityError as error:
            raise SubmittedTwiceError(str(used)) from error


def _read(key: str | UUID | None) -> UUID | None:
    """Read a key as it came back from a form; one that was tampered with protects nothing, and breaks nothing."""
    try:
        return UUID(str(key)) if key else None
    except ValueError:
        return None


class SubmittedTwiceError(RuntimeError):
    """The same form arrived twice at the same moment; the first one counts."""
