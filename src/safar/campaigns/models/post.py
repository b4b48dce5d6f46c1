from django.db import models

from safar.campaigns.enums import PostType, Promotion
from safar.campaigns.models.campaign import Campaign
from safar.campaigns.models.channel import Channel
from safar.kernel.models import Record


class Post(Record):
    """One thing published on a channel; its address is its key, because exported ids are often ruined."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="posts")
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    platform_post_id = models.CharField(max_length=64, blank=True)
    permalink = models.URLField(max_length=500, unique=True)
    published_at = models.DateTimeField(db_index=True)
    type = models.CharField(max_length=12, choices=PostType.choices)
    caption = models.CharField(max_length=280, blank=True)
    language = models.CharField(max_length=8, blank=True)
    promotion = models.CharField(max_length=8, choices=Promotion.choices, default=Promotion.UNKNOWN)

    class Meta:
        ordering = ["-published_at", "id"]

    def __str__(self) -> str:
        return self.caption or self.permalink
