from typing import Any

from django.db import models
from django.db.models import Q

from safar.kernel.models import Record
from safar.messaging.enums import LEAVING, REFUSALS, MessageKind, MessageState
from safar.people.queries.clusters import members_of
from safar.people.queries.consent import Decision
from safar.trust.models import Staff


class UngatedMessageError(RuntimeError):
    """Something tried to put a message on its way without asking the consent gate."""


class Outbox(models.QuerySet["Message"]):
    """Messages can be read and forgotten here; whatever writes them goes through `Message.save`, past the gate."""

    def _refused(self, *_args: Any, **_kwargs: Any) -> Any:
        raise UngatedMessageError("Messages are written one by one, each with what the consent gate decided.")

    bulk_create = bulk_update = update = create = get_or_create = update_or_create = _refused


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
    consent_key = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.QUEUED, db_index=True)
    refusal = models.CharField(max_length=20, choices=list(REFUSALS.items()), blank=True)
    error = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = Outbox.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MessageState.REFUSED) | Q(consent_key__isnull=False), name="message_names_its_consent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    def save(self, *args: Any, passed: Decision | None = None, **options: Any) -> None:
        """Store the message; one that leaves needs the yes the gate gave at this very moment."""
        if self.state in LEAVING:
            if passed is None or not passed.allowed or passed.grant is None:
                raise UngatedMessageError(f"A message may not be {self.state} without a yes of the consent gate.")
            if passed.grant.person_id not in members_of(self.person_key):
                raise UngatedMessageError("The gate was asked about somebody else.")
            self.consent_key = passed.grant.pk
        super().save(*args, **options)
