from django.db import models

from safar.kernel.models import Record
from safar.people.enums import ContactKind, Safety
from safar.people.models.person import Person


class ContactPoint(Record):
    """One way to reach a person, and whether using it can harm them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = models.CharField(max_length=120)
    tail = models.CharField(max_length=9, blank=True, db_index=True)
    safety = models.CharField(max_length=10, choices=Safety.choices, default=Safety.SAFE)
    safe_times = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "value"], name="one_row_a_contact_point")]

    def __str__(self) -> str:
        return self.kind
