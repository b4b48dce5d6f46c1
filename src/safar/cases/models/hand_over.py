from django.db import models
from django.db.models import Q

from safar.cases.models.case_file import CaseFile
from safar.cases.models.contact import Contact
from safar.kernel.models import Record
from safar.trust.models import Staff


class HandOver(Record):
    """The follow-up of a contact, or a whole case file, given by a supervisor from one worker to another, with the reason.

    Whoever held the conversation stays its counsellor; the latest hand-over says who follows up.
    """

    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="hand_overs")
    case_file = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.CASCADE, related_name="hand_overs")
    from_staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    handed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, case_file=None) | Q(contact=None, case_file__isnull=False),
                name="hand_over_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["to_staff"], condition=Q(seen_at=None), name="hand_over_not_seen")]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"
