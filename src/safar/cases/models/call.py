from django.db import models
from django.db.models import Q

from safar.cases.enums.day import AttemptResult, CallReason, CallState
from safar.cases.models.contact import Contact
from safar.kernel.models import Record
from safar.people.models import Person
from safar.trust.models import Centre, Staff


class CallBack(Record):
    """Somebody the centre owes a call: after a missed call or a message, or because it was promised."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    former_person_key = models.UUIDField(null=True, blank=True)
    name = models.CharField(max_length=80, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=12, choices=CallReason.choices)
    due_on = models.DateField()
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=CallState.choices, default=CallState.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="open")
                | Q(person__isnull=False)
                | ~Q(contact="")
                | Q(former_person_key__isnull=False),
                name="open_call_back_leads_to_somebody",
            ),
        ]
        indexes = [models.Index(fields=["centre", "due_on"], condition=Q(state="open"), name="call_back_open")]

    def __str__(self) -> str:
        return f"{self.due_on} {self.state}"


class CallAttempt(Record):
    """One try to reach somebody, for a call-back or for the follow-up of a contact."""

    call = models.ForeignKey(CallBack, null=True, blank=True, on_delete=models.CASCADE, related_name="attempts")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    result = models.CharField(max_length=12, choices=AttemptResult.choices)
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(call=None, contact__isnull=False) | Q(call__isnull=False, contact=None),
                name="attempt_belongs_to_one_call",
            ),
        ]

    def __str__(self) -> str:
        return self.result
