from django.db import models
from django.db.models import Q

from safar.kernel.models import Record
from safar.trust.enums import OpeningPurpose, SealedKind
from safar.trust.models.staff import Staff


class SealedNote(Record):
    """One note on trafficking, violence or health, readable only by named people, with a second person's agreement.

    The database holds ciphertext. The data key of each note stands beside it, wrapped by a key that lies outside.
    """

    person_key = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=12, choices=SealedKind.choices)
    # The contact or case file it was written at; a key, because this layer knows neither.
    about_key = models.UUIDField(null=True, blank=True)
    key_id = models.CharField(max_length=16)
    wrapped_key = models.BinaryField()
    nonce = models.BinaryField()
    ciphertext = models.BinaryField()
    written_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"sealed {self.pk}"


class SealedReader(Record):
    """A member of staff named to read sealed notes of one person or of one kind, until a day, for a reason."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    person_key = models.UUIDField(null=True, blank=True, db_index=True)
    kind = models.CharField(max_length=12, choices=SealedKind.choices, blank=True)
    reason = models.CharField(max_length=200)
    until = models.DateField()
    named_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            # Nobody is a reader of everything about everybody.
            models.CheckConstraint(
                condition=Q(person_key__isnull=False) | ~Q(kind=""), name="reader_of_somebody_or_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"reader {self.pk}"


class SealedOpening(Record):
    """One request to open a person's sealed notes: asked by one, allowed or refused by another, open for half an hour."""

    person_key = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=8, choices=OpeningPurpose.choices)
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    decided_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    allowed = models.BooleanField(default=False)
    open_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")), name="opening_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(allowed=False) | (Q(decided_by__isnull=False) & Q(open_until__isnull=False)),
                name="opening_allowed_by_somebody_for_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"
