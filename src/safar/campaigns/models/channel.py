from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from safar.campaigns.enums import Platform
from safar.kernel.models import Record
from safar.trust.models import Centre


class Channel(Record):
    """An account a centre speaks through on one platform."""

    platform = models.CharField(max_length=16, choices=Platform.choices)
    name = models.CharField(max_length=120)
    handle = models.CharField(max_length=120, blank=True)
    account_id = models.CharField(max_length=64, blank=True)
    url = models.URLField(max_length=500, blank=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["platform", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "account_id"], condition=~Q(account_id=""), name="one_channel_an_account"
            ),
            models.UniqueConstraint("platform", Lower("handle"), condition=~Q(handle=""), name="one_channel_a_handle"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_platform_display()})"
