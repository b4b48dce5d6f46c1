import datetime as dt

from django.db import models

from safar.guide.enums import FactKind, Freshness, Origin, Section
from safar.guide.rules import freshness
from safar.kernel.models import Record
from safar.kernel.multilingual import MultilingualField
from safar.trust.models import Staff


class Fact(Record):
    """One thing the centre tells people, under a key that stays the same whatever is said under it."""

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=8, choices=FactKind.choices, default=FactKind.FACT)
    destination = models.CharField(max_length=2, blank=True, db_index=True)
    section = models.CharField(max_length=20, choices=Section.choices, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    owner = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    retired_on = models.DateField(null=True, blank=True)
    retired_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["destination", "position", "key"]

    def __str__(self) -> str:
        return self.key


class FactTopic(models.Model):
    """A counselling topic a fact helps to answer."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=40, db_index=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["fact", "topic"], name="one_row_a_fact_and_topic")]

    def __str__(self) -> str:
        return self.topic


class FactVersion(Record):
    """What a fact said from one day on; its words never change, only how long they were found to hold."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    title = MultilingualField()
    statement = MultilingualField()
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=24, blank=True)
    source_title = models.CharField(max_length=200)
    source_url = models.URLField(max_length=400)
    source_date = models.DateField()
    law_version = models.CharField(max_length=120, blank=True)
    verified_on = models.DateField()
    verified_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField(db_index=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.CENTRE)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["fact", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["fact", "number"], name="one_row_a_fact_and_version"),
            models.UniqueConstraint(
                fields=["fact"], condition=models.Q(is_current=True), name="one_current_version_a_fact"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} v{self.number}"

    def freshness_on(self, day: dt.date) -> Freshness:
        return freshness(self.expires_on, day)
