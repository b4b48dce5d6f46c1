from django.db import models
from django.db.models import F, Q

from safar.campaigns.enums import Measure
from safar.campaigns.models.channel import Channel
from safar.campaigns.models.imported_file import ImportedFile
from safar.campaigns.models.post import Post
from safar.kernel.models import Record
from safar.trust.models import Staff

_LIFETIME = Q(window_start=None)
_OF_POST = Q(channel=None)


class MetricSnapshot(Record):
    """What a platform said at one moment about one post or one account, under the platform's own name and definition.

    It is never changed: a later value is a later snapshot, so that a trend can be told from a new definition.
    """

    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="snapshots")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.PROTECT, related_name="snapshots")
    native_name = models.CharField(max_length=80)
    measure = models.CharField(max_length=20, choices=Measure.choices)
    value = models.DecimalField(max_digits=18, decimal_places=2)
    rounded = models.BooleanField(default=False)
    currency = models.CharField(max_length=3, blank=True)
    window_start = models.DateField(null=True)
    window_end = models.DateField(null=True)
    definition_version = models.CharField(max_length=40)
    captured_at = models.DateTimeField()
    imported_from = models.ForeignKey(ImportedFile, null=True, on_delete=models.PROTECT, related_name="snapshots")
    recorded_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-captured_at", "-recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, channel__isnull=False) | Q(post__isnull=False, channel=None),
                name="snapshot_of_post_or_channel",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="snapshot_value_not_negative"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="snapshot_measure_known"),
            models.CheckConstraint(
                condition=Q(window_start=None, window_end=None)
                | Q(window_start__isnull=False, window_end__isnull=False, window_end__gte=F("window_start")),
                name="snapshot_window_in_order",
            ),
            models.CheckConstraint(
                condition=(Q(measure=Measure.SPEND) & ~Q(currency="")) | (~Q(measure=Measure.SPEND) & Q(currency="")),
                name="snapshot_money_has_currency",
            ),
            # NULL differs from NULL in a unique index, so a lifetime value needs a constraint of its own.
            models.UniqueConstraint(
                fields=["post", "native_name", "captured_at"],
                condition=_OF_POST & _LIFETIME,
                name="one_lifetime_value_a_post",
            ),
            models.UniqueConstraint(
                fields=["post", "native_name", "window_start", "window_end", "captured_at"],
                condition=_OF_POST & ~_LIFETIME,
                name="one_value_a_post_and_window",
            ),
            models.UniqueConstraint(
                fields=["channel", "native_name", "captured_at"],
                condition=~_OF_POST & _LIFETIME,
                name="one_lifetime_value_a_channel",
            ),
            models.UniqueConstraint(
                fields=["channel", "native_name", "window_start", "window_end", "captured_at"],
                condition=~_OF_POST & ~_LIFETIME,
                name="one_value_a_channel_and_window",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.native_name} {self.value}"
