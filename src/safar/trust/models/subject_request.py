from django.db import models
from django.db.models import Q

from safar.kernel.models import Record
from safar.trust.enums import IdentityCheck, RequestedBy, RequestKind, RequestState, RequestWay
from safar.trust.models.staff import Staff


class SubjectRequest(Record):
    """A person asks for a copy, a correction or the erasure of their data, or objects to a use; the clock runs from the day it came.

    It holds the person's key and never a name: after an erasure it still proves that the request was answered, and when.
    """

    person_key = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=12, choices=RequestKind.choices)
    way = models.CharField(max_length=12, choices=RequestWay.choices)
    asked_by = models.CharField(max_length=16, choices=RequestedBy.choices, default=RequestedBy.SELF)
    identity = models.CharField(max_length=12, choices=IdentityCheck.choices, default=IdentityCheck.NOT_YET)
    wish = models.CharField(max_length=400, blank=True)
    received_on = models.DateField()
    received_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    extension_reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=RequestState.choices, default=RequestState.OPEN)
    decision = models.CharField(max_length=400, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answered_on=None)
                | (~Q(state=RequestState.OPEN) & Q(answered_on__isnull=False)),
                name="answered_request_has_its_day",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("received_on")), name="request_due_after_received"),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.received_on}"

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    @property
    def is_identified(self) -> bool:
        return self.identity != IdentityCheck.NOT_YET
