from django.db import models
from django.db.models import F, Q

from safar.kernel.models import Record
from safar.people.enums import HouseholdRole
from safar.people.models.person import Person
from safar.people.rules import Dependants


class Household(Record):
    """People who keep house together; those without a file of their own are only counted."""

    label = models.CharField(max_length=120)
    place = models.CharField(max_length=24, blank=True)
    men = models.PositiveSmallIntegerField(default=0)
    women = models.PositiveSmallIntegerField(default=0)
    boys = models.PositiveSmallIntegerField(default=0)
    girls = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["label", "id"]

    def __str__(self) -> str:
        return f"household {self.pk}"

    @property
    def dependants(self) -> Dependants:
        return Dependants(self.men, self.women, self.boys, self.girls)


class HouseholdMember(Record):
    """Somebody with a file of their own who lives, or lived, in a household."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="households")
    role = models.CharField(max_length=8, choices=HouseholdRole.choices)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(until=None), name="one_place_a_household_and_person"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="household_left_after_joined"
            ),
        ]

    def __str__(self) -> str:
        return self.role
