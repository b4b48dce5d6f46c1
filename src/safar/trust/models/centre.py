from django.db import models

from safar.kernel.models import Record
from safar.kernel.multilingual import MultilingualField
from safar.trust.enums import CentreKind


class Centre(Record):
    """A place people come to, or a team that comes to them; the node is the country, a centre is one door in it."""

    code = models.CharField(max_length=8, unique=True)
    kind = models.CharField(max_length=20, choices=CentreKind.choices, default=CentreKind.CENTRE)
    name = MultilingualField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="points")
    region = models.CharField(max_length=16)
    district = models.CharField(max_length=24, blank=True)
    address = MultilingualField(default=dict, blank=True)
    hours = MultilingualField(default=dict, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.name)
