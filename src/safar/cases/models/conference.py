from django.db import models
from django.db.models import Q

from safar.cases.models.case_file import CaseFile
from safar.kernel.models import Record
from safar.trust.models import Staff


class CaseConference(Record):
    """What colleagues talked over about a case file: who sat together, the question, what was decided, what comes next."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="conferences")
    held_on = models.DateField()
    participants = models.ManyToManyField(Staff, related_name="+")
    question = models.TextField(blank=True)
    decided = models.TextField(blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    next_step_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    next_step_done_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_on", "-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_step_on=None) | Q(next_step_by__isnull=False), name="next_step_is_somebodys"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_step_by", "next_step_on"],
                condition=Q(next_step_done_at=None),
                name="conference_step_open",
            ),
        ]

    def __str__(self) -> str:
        return f"conference {self.held_on}"
