"""Closed sets of the campaigns domain; states carry their transitions as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CampaignState(TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    CLOSED = "closed", _("Closed")


# A closed campaign may be opened again: figures and lessons often arrive after the last post.
TRANSITIONS: dict[CampaignState, frozenset[CampaignState]] = {
    CampaignState.PLANNED: frozenset({CampaignState.RUNNING, CampaignState.CLOSED}),
    CampaignState.RUNNING: frozenset({CampaignState.CLOSED}),
    CampaignState.CLOSED: frozenset({CampaignState.RUNNING}),
}


class Platform(TextChoices):
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    TELEGRAM = "telegram", "Telegram"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    ODNOKLASSNIKI = "odnoklassniki", "Odnoklassniki"
    VK = "vk", "VK"
    X = "x", "X"
    WEBSITE = "website", _("Website")


class PostType(TextChoices):
    IMAGE = "image", _("Image")
    CAROUSEL = "carousel", _("Several images")
    VIDEO = "video", _("Video")
    REEL = "reel", _("Short video")
    STORY = "story", _("Story")
    LINK = "link", _("Link")
    TEXT = "text", _("Text")
    OTHER = "other", _("Other")


class Promotion(TextChoices):
    """Whether money was paid to show a post; a platform's posts export often does not say."""

    ORGANIC = "organic", _("Organic")
    PAID = "paid", _("Paid")
    UNKNOWN = "unknown", _("Not stated")


class Measure(TextChoices):
    """What a number counts, whatever its platform calls it; each is a type of its own in `rules.py`."""

    VIEWS = "views", _("Views")
    IMPRESSIONS = "impressions", _("Impressions")
    REACH = "reach", _("Reach")
    UNIQUE_VIEWERS = "unique_viewers", _("Unique viewers")
    ENGAGEMENTS = "engagements", _("Engagements")
    REACTIONS = "reactions", _("Reactions")
    LIKES = "likes", _("Likes")
    COMMENTS = "comments", _("Comments")
    SHARES = "shares", _("Shares")
    SAVES = "saves", _("Saves")
    FOLLOWS = "follows", _("New followers")
    FOLLOWERS = "followers", _("Followers")
    CLICKS = "clicks", _("Clicks")
    LINK_CLICKS = "link_clicks", _("Link clicks")
    VIDEO_COMPLETIONS = "video_completions", _("Videos watched to the end")
    WATCH_SECONDS = "watch_seconds", _("Seconds watched")
    SPEND = "spend", _("Amount spent")


class FileKind(TextChoices):
    """Exports that can be read; each is a folder in `importers/`."""

    META_INSTAGRAM_POSTS = "meta_instagram_posts", _("Instagram posts (Meta Business Suite)")
    META_FACEBOOK_POSTS = "meta_facebook_posts", _("Facebook posts (Meta Business Suite)")
