"""What the evidence store reads of campaigns: every snapshot as it was captured, nothing added up."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from safar.campaigns.models import MetricSnapshot


def exposure_rows() -> Iterator[dict[str, Any]]:
    """Give one row a snapshot; `post_key` is empty for figures of an account, `campaign_code` for posts without a campaign."""
    snapshots = MetricSnapshot.objects.select_related("post__channel", "post__campaign", "channel").order_by(
        "captured_at", "id"
    )
    for snapshot in snapshots.iterator(chunk_size=2000):
        yield _row(snapshot)


def _row(snapshot: MetricSnapshot) -> dict[str, Any]:
    post = snapshot.post
    channel = post.channel if post else snapshot.channel
    campaign = post.campaign if post else None
    return {
        "platform": channel.platform if channel else "",
        "account": (channel.handle or channel.account_id or channel.name) if channel else "",
        "post_key": post.permalink if post else "",
        "campaign_code": campaign.code if campaign else "",
        "measure": snapshot.measure,
        "native_name": snapshot.native_name,
        "value": snapshot.value,
        "rounded": snapshot.rounded,
        "currency": snapshot.currency,
        "window_start": snapshot.window_start,
        "window_end": snapshot.window_end,
        "definition_version": snapshot.definition_version,
        "captured_at": snapshot.captured_at,
        "organic_paid": post.promotion if post else "",
        "published_on": timezone.localdate(post.published_at) if post else None,
    }
