from django.db import models
from django.db.models import Q

from safar.kernel.models import Record
from safar.partners.enums import Capacity, Cost, ServiceStatus
from safar.partners.models.partner import Partner
from safar.trust.models import Staff


class Service(Record):
    """One service a partner offers at one place: to whom, when, in which languages, at what cost, and whether it takes people now.

    Fields are named as in HSDS where it has one. An entry without a region serves the whole country.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="services")
    service_type = models.CharField(max_length=32, db_index=True)
    description = models.TextField(blank=True)
    region = models.CharField(max_length=16, blank=True)
    district = models.CharField(max_length=24, blank=True)
    address = models.CharField(max_length=200, blank=True)
    schedule = models.CharField(max_length=120, blank=True)
    languages = models.JSONField(default=list, blank=True)
    cost = models.CharField(max_length=8, choices=Cost.choices, default=Cost.UNKNOWN)
    fees_description = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=8, choices=Capacity.choices, default=Capacity.UNKNOWN)
    capacity_available = models.PositiveSmallIntegerField(null=True, blank=True)
    wait_days = models.PositiveSmallIntegerField(null=True, blank=True)
    eligibility_description = models.TextField(blank=True)
    application_process = models.TextField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    email = models.EmailField(blank=True)
    url = models.URLField(max_length=200, blank=True)
    status = models.CharField(max_length=20, choices=ServiceStatus.choices, default=ServiceStatus.ACTIVE)
    # HSDS `assured_date`: the day somebody last made sure that all of this is true, and who.
    assured_on = models.DateField()
    assured_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["service_type", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(district="") | ~Q(region=""), name="service_district_has_its_region"),
        ]
        indexes = [models.Index(fields=["status", "assured_on"])]

    def __str__(self) -> str:
        return f"{self.service_type}: {self.partner}"
