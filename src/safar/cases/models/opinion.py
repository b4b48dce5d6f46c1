from django.db import models
from django.db.models import F, Q

from safar.cases.enums.supervision import OpinionState
from safar.cases.models.case_file import CaseFile
from safar.cases.models.contact import Contact
from safar.kernel.models import Record
from safar.trust.models import Staff


class SecondOpinion(Record):
    """A question of one colleague to another about a case file or a contact, and the answer."""

    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="opinions")
    case_file = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.CASCADE, related_name="opinions")
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=OpinionState.choices, default=OpinionState.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, case_file=None) | Q(contact=None, case_file__isnull=False),
                name="opinion_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(asked_of=F("asked_by")), name="opinion_takes_two_people"),
        ]
        indexes = [
            models.Index(fields=["asked_of", "state"]),
            models.Index(fields=["asked_by", "state"]),
        ]

    def __str__(self) -> str:
        return f"opinion {self.pk}"
