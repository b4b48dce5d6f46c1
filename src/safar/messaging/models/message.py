from django.db import models

from safar.kernel.models import Record
from safar.messaging.enums import MessageKind, MessageState, Refusal
from safar.trust.models import Staff


class Message(Record):
    """A message the centre wanted to send to a person, and what became of it.

    It holds the person's key, never their address: the address is asked for at the moment of sending, when it may have changed.
    """

    person_key = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=12, choices=MessageKind.choices)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    about_key = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.QUEUED, db_index=True)
    refusal = models.CharField(max_length=20, choices=Refusal.choices, blank=True)
    error = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
