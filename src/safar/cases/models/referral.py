from django.db import models
from django.db.models import Q

from safar.cases.enums.referrals import ReferralState
from safar.cases.models.case_file import CaseFile
from safar.cases.models.contact import Contact
from safar.kernel.models import Record
from safar.partners.models import Partner
from safar.people.enums import SharedField
from safar.people.models import Person
from safar.trust.models import Centre, Staff


class Referral(Record):
    """A request to another institution to serve somebody, followed until it has been served or has failed.

    `fields` is what is told of the person. One that has left names the consent it left under.
    """

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    former_person_key = models.UUIDField(null=True, blank=True)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    case_file = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=32)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=120)
    urgency = models.CharField(max_length=16, default="routine")
    state = models.CharField(max_length=16, choices=ReferralState.choices, default=ReferralState.DRAFT)
    due_on = models.DateField()
    text = models.TextField(blank=True)
    fields = models.JSONField(default=list, blank=True)
    abroad = models.BooleanField(default=False)
    # A key, no foreign key: decisions end by their own term, and that there was one is what counts here.
    consent_key = models.UUIDField(null=True, blank=True)
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-made_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(contact__isnull=False) | Q(former_person_key__isnull=False),
                name="referral_is_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(sent_at=None) | Q(consent_key__isnull=False),
                name="sent_referral_names_its_consent",
            ),
        ]
        indexes = [models.Index(fields=["centre", "state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.service} {self.made_on}"

    @property
    def told(self) -> frozenset[str]:
        """What this referral tells of the person: the fields chosen, and the need as soon as there are words about it."""
        return frozenset(self.fields) | ({SharedField.NEED} if self.text else frozenset())


class ReferralMove(Record):
    """One change of a referral's state: from, to, when and why."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=16, choices=ReferralState.choices, blank=True)
    to_state = models.CharField(max_length=16, choices=ReferralState.choices)
    moved_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
