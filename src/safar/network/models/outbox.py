from django.db import models

from safar.kernel.models import Record
from safar.network.enums import BundleState


class OutboxBundle(Record):
    """The protected tables of one month, signed and ready to leave; it holds counts and nothing that leads to a person."""

    month = models.CharField(max_length=7)
    content = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=BundleState.choices, default=BundleState.WAITING)

    class Meta:
        ordering = ["-month", "-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.month} {self.sha256[:12]}"
