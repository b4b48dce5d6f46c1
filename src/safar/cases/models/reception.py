from django.db import models

from safar.cases.enums.reintegration import NeedState
from safar.cases.models.case_file import CaseFile
from safar.kernel.models import Record
from safar.trust.models import Staff


class Reception(Record):
    """How somebody who came back was received: through which door, and in which month they had returned.

    The month stands here because the day itself leaves with the person's file, and groups by month of return must not change.
    """

    case_file = models.OneToOneField(CaseFile, on_delete=models.CASCADE, related_name="reception")
    door = models.CharField(max_length=16)
    received_on = models.DateField()
    return_month = models.DateField(null=True, blank=True, db_index=True)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-received_on", "-id"]

    def __str__(self) -> str:
        return f"{self.door} {self.received_on}"


class ImmediateNeed(Record):
    """What somebody needed on arrival, and whether the centre met it, passed it on, or could not."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="needs")
    need = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=NeedState.choices)
    settled_on = models.DateField()
    reason = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [models.UniqueConstraint(fields=["reception", "need"], name="one_row_a_reception_and_need")]

    def __str__(self) -> str:
        return f"{self.need} {self.state}"
