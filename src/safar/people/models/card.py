from django.db import models
from django.db.models import Q

from safar.kernel.models import Record
from safar.people.models.person import Person
from safar.trust.models import Staff


class ClientCard(Record):
    """A card with a random code and nothing about its bearer, by which they are found again on the next visit."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cards")
    # The code itself is on the paper only: whoever reads the database cannot print a card.
    code_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(revoked_at=None), name="one_card_a_person"),
        ]

    def __str__(self) -> str:
        return f"card {self.pk}"
