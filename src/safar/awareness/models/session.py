from django.db import models
from django.db.models import F, Q

from safar.awareness.enums import SessionState
from safar.kernel.models import Record
from safar.partners.models import Partner
from safar.trust.models import Centre, Staff


class Session(Record):
    """An awareness session: planned, held, approved by somebody who did not hold it, then locked."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    session_type = models.CharField(max_length=32)
    title = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    region = models.CharField(max_length=16, blank=True)
    district = models.CharField(max_length=24, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    host = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # For a host that is not among the partners, for example a family that lends its courtyard.
    host_name = models.CharField(max_length=160, blank=True)
    target_group = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12)
    expected = models.PositiveIntegerField(null=True, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    public = models.BooleanField(default=False)
    notes = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=SessionState.choices, default=SessionState.PLANNED)

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_is_known"),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gt=0), name="capacity_is_somebody"),
        ]
        indexes = [models.Index(fields=["starts_at"]), models.Index(fields=["state", "starts_at"])]

    def __str__(self) -> str:
        return self.title


class SessionModule(Record):
    """A topic the session speaks about, as a code of the list `topic_module`."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="modules")
    code = models.CharField(max_length=40)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["session", "code"], name="one_row_a_module")]

    def __str__(self) -> str:
        return self.code


class Facilitator(Record):
    """A member of staff who holds the session and may therefore not approve it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="facilitators")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "staff"], name="one_row_a_facilitator")]

    def __str__(self) -> str:
        return str(self.staff_id)


class SessionMaterial(Record):
    """So many copies of one item (a code of `material_item`) in one language, handed out at the session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="materials")
    item = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["item", "language"]
        constraints = [
            models.UniqueConstraint(fields=["session", "item", "language"], name="one_row_a_material_and_language"),
            models.CheckConstraint(condition=Q(count__gt=0), name="material_count_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.language})"


class SessionStep(Record):
    """One move of a session from a state to another: who, when and, where something is taken back, why."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12)
    from_state = models.CharField(max_length=12, choices=SessionState.choices)
    to_state = models.CharField(max_length=12, choices=SessionState.choices)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
