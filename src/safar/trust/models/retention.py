from django.db import models
from django.db.models import Q

from safar.kernel.models import Record
from safar.trust.models.staff import Staff


class RetentionHold(Record):
    """A person's records stay although their term is over, for a reason and until a day: a court, a claim, an inquiry."""

    person_key = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=200)
    until = models.DateField()
    placed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["until", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person_key"], condition=Q(lifted_at=None), name="one_standing_hold_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"hold until {self.until}"


class RetentionRun(Record):
    """One night's ending of what was due: how many of which kind, and how many were left for the next night."""

    day = models.DateField()
    ended = models.JSONField(default=dict)
    left = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"run of {self.day}"
