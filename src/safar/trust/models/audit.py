from django.db import models

from safar.kernel.models import Record
from safar.trust.enums import AuditVerb
from safar.trust.models.staff import Staff


class AuditEntry(Record):
    """One thing somebody did or saw; the database refuses to change or delete it.

    It names the person's key and the fields touched, never their values: the trail must not become a second register.
    """

    verb = models.CharField(max_length=12, choices=AuditVerb.choices)
    action = models.CharField(max_length=64)
    actor_kind = models.CharField(max_length=8)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    person_key = models.UUIDField(null=True, db_index=True)
    subject_key = models.UUIDField(null=True)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        indexes = [models.Index(fields=["recorded_at", "id"]), models.Index(fields=["staff", "recorded_at"])]

    def __str__(self) -> str:
        return f"{self.action} {self.recorded_at:%Y-%m-%d %H:%M}"
