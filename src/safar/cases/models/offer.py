from django.db import models
from django.db.models import Q

from safar.cases.enums.offers import LicenceStanding, OfferOutcome, TextKind
from safar.cases.models.agency import Agency
from safar.cases.models.contact import Contact
from safar.cases.models.referral import Referral
from safar.kernel.models import Record
from safar.people.models import Person
from safar.trust.models import Centre, Staff


class ShownText(Record):
    """The words of a protocol card or of a reason in a version somebody was shown; they never change under a fingerprint."""

    kind = models.CharField(max_length=12, choices=TextKind.choices)
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=16)
    fingerprint = models.CharField(max_length=64, unique=True)
    content = models.JSONField()

    class Meta:
        ordering = ["kind", "code", "recorded_at"]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class OfferCheck(Record):
    """An offer that was looked at together with a client: the answers, what the register said, the reasons they were given.

    `reasons` holds [code, level, fingerprint of the words]. A check is not changed: a second look is a second check.
    """

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="offer_checks")
    former_person_key = models.UUIDField(null=True, blank=True)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="offer_checks")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField()
    destination = models.CharField(max_length=16, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=12, choices=LicenceStanding.choices, blank=True)
    register_as_of = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=OfferOutcome.choices)
    rules_version = models.CharField(max_length=16)
    reasons = models.JSONField(default=list)
    answers = models.JSONField(default=dict)

    class Meta:
        ordering = ["-checked_on", "-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) | Q(former_person_key=None), name="offer_check_has_a_person_or_had_one"
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "-checked_on"]),
            models.Index(fields=["checked_on", "outcome"]),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.checked_on}"


class Triage(Record):
    """The three questions asked of somebody, with the protocol cards that were opened; it says nothing of who the person is.

    `cards` holds [code, fingerprint of the words]. Screening is not identification.
    """

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="triages")
    former_person_key = models.UUIDField(null=True, blank=True)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="triages")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    cards = models.JSONField(default=list, blank=True)
    # The draft a hand-over began with; whether anything was sealed stands nowhere outside the sealed part.
    referral = models.ForeignKey(Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(contact__isnull=False) | Q(former_person_key__isnull=False),
                name="triage_is_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recorded_at:%Y-%m-%d}"
