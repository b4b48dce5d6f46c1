from uuid import UUID

from django.db.models import Count, QuerySet

from safar.campaigns.models import Channel, Post


def channel_list() -> QuerySet[Channel]:
    """Return every channel with its centre and `post_count`."""
    return (
        Channel.objects.select_related("centre").annotate(post_count=Count("posts")).order_by("platform", "name", "id")
    )


def get(channel_id: UUID) -> Channel:
    return Channel.objects.get(pk=channel_id)


def post(post_id: UUID) -> Post:
    return Post.objects.select_related("channel", "campaign").get(pk=post_id)


def recent_posts(most: int = 100) -> list[Post]:
    """Return the posts published last, for a list to choose from."""
    return list(Post.objects.select_related("channel").order_by("-published_at", "id")[:most])
