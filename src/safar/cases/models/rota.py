from django.db import models
from django.db.models import F, Q

from safar.cases.enums.day import RotaKind, RotaReason
from safar.kernel.models import Record
from safar.trust.models import Centre, Staff


class RotaShift(Record):
    """Hours at which somebody receives people at a place, every week on one day, from a date until another."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    slot_minutes = models.PositiveSmallIntegerField(default=30)
    seats = models.PositiveSmallIntegerField(default=1)
    for_public = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["weekday", "starts", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="shift_has_a_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["centre", "valid_until"])]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M}–{self.ends:%H:%M}"


class RotaChange(Record):
    """A day that differs from the week: somebody away, a place closed, or hours besides, perhaps at another place.

    Nobody named means everybody, no centre named means all of them: so a movable holiday is one row.
    """

    kind = models.CharField(max_length=8, choices=RotaKind.choices)
    day = models.DateField(db_index=True)
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=RotaReason.choices)
    # The name of the holiday, or where the mobile team stands that day.
    name = models.CharField(max_length=120, blank=True)
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    slot_minutes = models.PositiveSmallIntegerField(default=30)
    seats = models.PositiveSmallIntegerField(default=1)
    for_public = models.BooleanField(default=True)

    class Meta:
        ordering = ["day", "starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="off")
                | Q(
                    staff__isnull=False,
                    centre__isnull=False,
                    starts__isnull=False,
                    ends__isnull=False,
                    ends__gt=F("starts"),
                ),
                name="extra_hours_are_somebodys_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class CalendarFeed(Record):
    """A secret address at which a colleague's own calendar reads when they are taken; the secret itself is not kept."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.recorded_at:%Y-%m-%d}"
