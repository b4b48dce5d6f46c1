from django.db import models
from django.db.models import F, Q

from safar.kernel.clock import now
from safar.kernel.models import Record
from safar.people.enums import CandidateState, MergeState
from safar.people.models.person import Person
from safar.trust.models import Staff


class DuplicateCandidate(Record):
    """Two files that look like one person: the machine proposes with its evidence, a person decides."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    bits = models.FloatField()
    probability = models.FloatField()
    # The evidence as codes without names: [{"part": "family", "level": "same_name", "bits": 9.1}, ...]
    parts = models.JSONField(default=list)
    model_version = models.CharField(max_length=32, blank=True)
    keys_version = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=8, choices=CandidateState.choices, default=CandidateState.OPEN)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-bits", "id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_candidate_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="candidate_in_order"),
        ]
        indexes = [models.Index(fields=["state", "-bits"])]

    def __str__(self) -> str:
        return f"candidate {self.pk}"

    @property
    def weight(self) -> float:
        """The evidence in bits as people read it."""
        return round(self.bits, 1)


class NotSamePair(Record):
    """Somebody looked at two files and said that they are two people; nobody is asked again."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_no_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="no_in_order"),
        ]

    def __str__(self) -> str:
        return f"not same {self.pk}"

    @property
    def who(self) -> str:
        return _name_of(self.by)


class Merge(Record):
    """Two files are one person: who asked, who confirmed, what it rests on, and whether it was undone.

    Keys instead of foreign keys: once both files are erased, the row is the unlinked trace that keeps one person counted once.
    """

    kept = models.UUIDField(db_index=True)
    merged = models.UUIDField(db_index=True)
    state = models.CharField(max_length=8, choices=MergeState.choices)
    asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    needs_second = models.BooleanField(default=False)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    bits = models.FloatField(null=True, blank=True)
    probability = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(state__in=[MergeState.WAITING, MergeState.DONE]),
                name="one_standing_merge_a_file",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"

    @property
    def who_asked(self) -> str:
        return _name_of(self.asked_by)

    @property
    def who_decided(self) -> str:
        return _name_of(self.decided_by)

    @property
    def who_undid(self) -> str:
        return _name_of(self.undone_by)


class SweepRun(Record):
    """One nightly search for files that look alike: how far it came and what it found."""

    until = models.DateTimeField()
    people = models.PositiveIntegerField(default=0)
    pairs = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return f"sweep {self.pk}"


def _name_of(staff: Staff | None) -> str:
    """Return who it was; a dash stands for the installation itself."""
    return staff.full_name if staff else "—"
