from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.campaigns.enums import PostType, Promotion
from safar.campaigns.importers import permalinks
from safar.campaigns.models import Campaign, Channel, Post
from safar.campaigns.permissions import MANAGE_CAMPAIGN
from safar.campaigns.rules import PostDetails
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.trust.actions import audit


@transaction.atomic
def add(
    *, details: PostDetails, channel_id: UUID, campaign_id: UUID | None = None, form_key: str = "", by: Actor
) -> Post:
    """Enter a post by hand, for platforms that export none; the same form key a second time returns the first one."""
    check_may(by, MANAGE_CAMPAIGN)
    if earlier := once.result_of(form_key):
        return Post.objects.get(pk=earlier)
    channel = Channel.objects.get(pk=channel_id)
    permalink = permalinks.canonical(details.permalink, channel.platform)
    problems: dict[str, str] = {}
    if permalink is None:
        problems["permalink"] = _("This is not the address of a post on %(platform)s.") % {
            "platform": channel.get_platform_display()
        }
    elif Post.objects.filter(permalink=permalink).exists():
        problems["permalink"] = _("This post is kept already.")
    if details.type not in PostType.values:
        problems["type"] = _("We do not know this type of post.")
    if details.promotion not in Promotion.values:
        problems["promotion"] = _("Say organic, paid or not stated.")
    if problems or permalink is None:
        raise ValidationError(problems)
    post = Post.objects.create(
        channel=channel,
        campaign_id=campaign_id,
        permalink=permalink,
        published_at=details.published_at,
        type=details.type,
        caption=" ".join(details.caption.split())[:280],
        language=details.language,
        promotion=details.promotion,
    )
    once.use(form_key, post.pk)
    audit.record(
        by=by, action="campaigns.post.add", subject_key=post.pk, fields=["permalink", "published_at", "channel"]
    )
    return post


@transaction.atomic
def attach(*, post_ids: Sequence[UUID], campaign_id: UUID | None, by: Actor) -> int:
    """Count posts to a campaign, or to none; returns how many posts that changed."""
    check_may(by, MANAGE_CAMPAIGN)
    campaign = None if campaign_id is None else Campaign.objects.get(pk=campaign_id)
    chosen = Post.objects.filter(pk__in=post_ids)
    # "Not equal" would leave out posts without a campaign: NULL is not unequal to anything.
    already = chosen.filter(campaign=campaign).values_list("pk", flat=True)
    moved = chosen.exclude(pk__in=list(already)).update(campaign=campaign)
    if moved:
        audit.record(by=by, action="campaigns.post.attach", subject_key=campaign_id, fields=[f"{moved} posts"])
    return moved
