from django.db import models
from django.db.models import Q

from safar.cases.enums.supervision import Wish
from safar.kernel.models import Record
from safar.trust.models import Staff


class HeavyWeek(Record):
    """A worker's own word that a week is heavy; seen by them and their supervisor, counted nowhere, gone after a month."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    said_on = models.DateField()
    until = models.DateField()
    wish = models.CharField(max_length=12, choices=Wish.choices, default=Wish.NOTHING)

    class Meta:
        ordering = ["-said_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["staff"], name="one_heavy_week_a_member_of_staff"),
            models.CheckConstraint(condition=Q(until__gte=models.F("said_on")), name="heavy_week_ends"),
        ]

    def __str__(self) -> str:
        return f"heavy week {self.pk}"
