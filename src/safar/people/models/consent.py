from django.db import models
from django.db.models import F, Q

from safar.kernel.models import Record
from safar.people.enums import ConsentMethod, ConsentPurpose, SharedField, SpokenBy
from safar.people.models.person import Person
from safar.trust.models import Staff


class ConsentGrant(Record):
    """One decision of a person on one purpose and recipient: which text, in which language, how, asked by whom, until when.

    A yes to share names what may be shared; whatever is not named stays here.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=16, choices=ConsentPurpose.choices)
    granted = models.BooleanField()
    recipient = models.CharField(max_length=120, blank=True)
    fields = models.JSONField(default=list, blank=True)
    abroad = models.BooleanField(default=False)
    text_version = models.CharField(max_length=32)
    language = models.CharField(max_length=12)
    method = models.CharField(max_length=20, choices=ConsentMethod.choices)
    spoken_by = models.CharField(max_length=16, choices=SpokenBy.choices, default=SpokenBy.SELF)
    asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose=ConsentPurpose.SHARE) | ~Q(recipient=""), name="sharing_names_its_recipient"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("decided_at")), name="withdrawn_after_decided"
            ),
        ]
        indexes = [models.Index(fields=["person", "purpose"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.granted}"

    @property
    def shared(self) -> list[str]:
        """What may be shared, in words and in one order."""
        return [str(field.label) for field in SharedField if field in self.fields]
