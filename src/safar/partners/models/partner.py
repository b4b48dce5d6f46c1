import datetime as dt

from django.db import models

from safar.kernel.models import Record
from safar.kernel.multilingual import MultilingualField
from safar.partners.enums import AgreementKind, PartnerKind, PartnerState
from safar.partners.rules import agreement_standing
from safar.trust.models import Staff


class Partner(Record):
    """An institution or a person the centre works with: a college, a mahalla, an association, a journalist, a community leader."""

    kind = models.CharField(max_length=12, choices=PartnerKind.choices, default=PartnerKind.INSTITUTION)
    type = models.CharField(max_length=32, db_index=True)
    name = MultilingualField()
    # The names in every language, folded: what a search looks in, whichever language the colleague types.
    search_text = models.TextField(blank=True, editable=False)
    region = models.CharField(max_length=16, blank=True, db_index=True)
    district = models.CharField(max_length=24, blank=True)
    focal_name = models.CharField(max_length=120, blank=True)
    focal_role = models.CharField(max_length=120, blank=True)
    focal_phone = models.CharField(max_length=32, blank=True)
    focal_email = models.EmailField(blank=True)
    website = models.URLField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=PartnerState.choices, default=PartnerState.IDENTIFIED)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["search_text", "id"]

    def __str__(self) -> str:
        return str(self.name)


class PartnerTopic(models.Model):
    """A counselling topic the partner can help with."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=40, db_index=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["partner", "topic"], name="one_row_a_partner_and_topic")]

    def __str__(self) -> str:
        return self.topic


class Agreement(Record):
    """What the centre and the partner signed, and until when it holds."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=8, choices=AgreementKind.choices, default=AgreementKind.MOU)
    signed_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True, db_index=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on=None) | models.Q(expires_on__gte=models.F("signed_on")),
                name="agreement_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.signed_on}"

    def standing_on(self, day: dt.date) -> str:
        return agreement_standing(self.expires_on, day)


class Touchpoint(Record):
    """One time the centre and the partner talked or met, and what came of it."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="touchpoints")
    on = models.DateField()
    what = models.TextField()
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on}"
