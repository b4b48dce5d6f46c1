"""Campaigns as lists and pages show them. Totals are made of typed exposures, so that reach cannot slip into a sum."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Max, Prefetch, QuerySet

from safar.campaigns.enums import TRANSITIONS, CampaignState, Measure, Platform
from safar.campaigns.models import Campaign, Channel, MetricSnapshot, Post
from safar.campaigns.queries.snapshots import latest
from safar.campaigns.rules import EVENT_TYPES, ExposureError, is_addable, total

# The order in which people ask for figures; a metric not named here comes after.
_MEASURE_ORDER = {measure: place for place, measure in enumerate(Measure.values)}


@dataclass(frozen=True, slots=True)
class MetricColumn:
    """One metric under the platform's own name, and what it counts."""

    native_name: str
    measure: str

    @property
    def addable(self) -> bool:
        return is_addable(self.measure)

    @property
    def label(self) -> str:
        return str(Measure(self.measure).label)

    @property
    def explanation(self) -> str:
        """Say what it counts where the platform's own name does not say so already."""
        return "" if self.native_name.casefold() == self.label.casefold() else self.label


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post with its latest lifetime values, in the order of the columns; None where the platform gave none."""

    post: Post
    cells: tuple[MetricSnapshot | None, ...]

    def value_of(self, measure: str) -> Decimal | None:
        return next((cell.value for cell in self.cells if cell and cell.measure == measure), None)


@dataclass(frozen=True, slots=True)
class PlatformTable:
    """The posts of one platform; the total of a column is None where the values may not be added or there are none."""

    platform: str
    columns: tuple[MetricColumn, ...]
    lines: tuple[PostLine, ...]
    totals: tuple[Decimal | None, ...]

    @property
    def label(self) -> str:
        return str(Platform(self.platform).label)

    def total_of(self, measure: str) -> Decimal | None:
        pairs = zip(self.columns, self.totals, strict=True)
        return next((value for column, value in pairs if column.measure == measure), None)


@dataclass(frozen=True, slots=True)
class FollowersLine:
    """An account's followers over time, oldest first: a stock, so the last value counts and none are added."""

    channel: Channel
    values: tuple[tuple[dt.datetime, Decimal], ...]

    @property
    def now(self) -> Decimal:
        return self.values[-1][1]

    @property
    def change(self) -> Decimal:
        return self.values[-1][1] - self.values[0][1]


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """Everything the page of a campaign shows."""

    campaign: Campaign
    tables: tuple[PlatformTable, ...]
    followers: tuple[FollowersLine, ...]
    next_states: frozenset[CampaignState]
    captured_last: dt.datetime | None

    @property
    def post_count(self) -> int:
        return sum(len(table.lines) for table in self.tables)

    @property
    def has_accounts(self) -> bool:
        """Whether some figure counts accounts, so that the page must say why it is not added."""
        return any(not column.addable for table in self.tables for column in table.columns)


def campaign_list(state: str = "") -> QuerySet[Campaign]:
    """Return campaigns, newest first, each with `post_count`, `channel_count` and `captured_last`."""
    chosen = Campaign.objects.select_related("centre")
    if state:
        chosen = chosen.filter(state=state)
    return chosen.annotate(
        post_count=Count("posts", distinct=True),
        channel_count=Count("posts__channel", distinct=True),
        captured_last=Max("posts__snapshots__captured_at"),
    ).order_by("-starts_on", "code")


def get(campaign_id: UUID) -> Campaign:
    return Campaign.objects.select_related("centre").get(pk=campaign_id)


def page(campaign_id: UUID) -> CampaignPage:
    """Return a campaign with its posts' latest figures and its channels' followers, in five queries."""
    campaign = get(campaign_id)
    posts = list(campaign.posts.select_related("channel").order_by("-published_at", "id"))
    snapshots = list(latest(MetricSnapshot.objects.filter(post__campaign=campaign_id, window_start=None)))
    platforms = [platform for platform in Platform.values if any(p.channel.platform == platform for p in posts)]
    return CampaignPage(
        campaign=campaign,
        tables=tuple(_table(platform, posts, snapshots) for platform in platforms),
        followers=followers_of({post.channel_id for post in posts}),
        next_states=TRANSITIONS[CampaignState(campaign.state)],
        captured_last=max((snapshot.captured_at for snapshot in snapshots), default=None),
    )


def followers_of(channels: Iterable[UUID]) -> tuple[FollowersLine, ...]:
    """Return each channel's followers as captured, channels without any left out."""
    counted = MetricSnapshot.objects.filter(measure=Measure.FOLLOWERS, window_start=None)
    oldest_first = Prefetch("snapshots", queryset=counted.order_by("captured_at", "recorded_at", "id"))
    found = (
        Channel.objects.filter(pk__in=list(channels)).prefetch_related(oldest_first).order_by("platform", "name", "id")
    )
    lines = (FollowersLine(c, tuple((s.captured_at, s.value) for s in c.snapshots.all())) for c in found)
    return tuple(line for line in lines if line.values)


def unattached_posts() -> QuerySet[Post]:
    """Return posts that belong to no campaign yet, newest first."""
    return Post.objects.filter(campaign=None).select_related("channel").order_by("-published_at", "id")


def _table(platform: str, posts: Sequence[Post], snapshots: Sequence[MetricSnapshot]) -> PlatformTable:
    own = {post.pk: post for post in posts if post.channel.platform == platform}
    cells = {(s.post_id, s.native_name): s for s in snapshots if s.post_id in own}
    found = {MetricColumn(snapshot.native_name, snapshot.measure) for snapshot in cells.values()}
    columns = tuple(sorted(found, key=lambda column: (_MEASURE_ORDER[column.measure], column.native_name)))
    lines = tuple(PostLine(post, tuple(cells.get((key, c.native_name)) for c in columns)) for key, post in own.items())
    totals = tuple(
        _total(platform, column, [line.cells[place] for line in lines]) for place, column in enumerate(columns)
    )
    return PlatformTable(platform, columns, lines, totals)


def _total(platform: str, column: MetricColumn, cells: Sequence[MetricSnapshot | None]) -> Decimal | None:
    kind = EVENT_TYPES.get(column.measure)
    if kind is None:
        return None
    exposures = [kind.of(c.value, platform=platform, key=str(c.post_id), currency=c.currency) for c in cells if c]
    try:
        added = total(exposures)
    except ExposureError:  # money in two currencies
        return None
    return added.value if added else None
