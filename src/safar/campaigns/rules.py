"""What a platform's number may and may not be added to.

Views are events: the views of two posts are together the views of both. Reach counts accounts: somebody who saw both
posts stands in both numbers, and nobody outside the platform knows how often that happened. So an event measure and
an account measure are different types, and `+` exists only for the first. A type checker refuses to add reach, and
so does the running program.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Literal, Never, Self, TypeVar

WindowKind = Literal["lifetime", "period"]


class ExposureError(ValueError):
    """Two numbers of platforms may not be added."""


class ReachNotAddableError(ExposureError):
    """Accounts reached by two posts, days or platforms overlap by an unknown amount, so they have no sum."""


class DifferentExposuresError(ExposureError):
    """The numbers count different things: another measure, platform, kind of window or currency."""


class CountedTwiceError(ExposureError):
    """The same post and window stands in both numbers."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days a number covers, both included; without days it covers the post's life up to the capture."""

    start: dt.date | None = None
    end: dt.date | None = None

    def __post_init__(self) -> None:
        if (self.start is None) != (self.end is None) or (self.start and self.end and self.start > self.end):
            raise ValueError("A window has a start and a later end, or neither.")

    @property
    def kind(self) -> WindowKind:
        return "lifetime" if self.start is None else "period"

    def shares_a_day_with(self, other: "Window") -> bool:
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return True  # a lifetime holds every day
        return self.start <= other.end and other.start <= self.end


LIFETIME = Window()


@dataclass(frozen=True, slots=True)
class Exposure:
    """A number one platform reports; `counted` names the posts and windows inside it."""

    measure: ClassVar[str]

    value: Decimal
    platform: str
    window_kind: WindowKind
    counted: frozenset[tuple[str, Window]]
    currency: str = ""

    @property
    def kind(self) -> tuple[str, WindowKind, str]:
        """What must be equal, besides the measure, for two numbers to add up."""
        return self.platform, self.window_kind, self.currency

    @classmethod
    def of(
        cls, value: Decimal | int, *, platform: str, key: str, window: Window = LIFETIME, currency: str = ""
    ) -> Self:
        """Return the number of one post or account in one window."""
        return cls(Decimal(value), platform, window.kind, frozenset({(key, window)}), currency)


@dataclass(frozen=True, slots=True)
class EventExposure(Exposure):
    """Counts happenings, each of which belongs to one post and one day; adds within one platform and kind of window."""

    def __add__(self, other: Self) -> Self:
        if not isinstance(other, EventExposure):
            return NotImplemented
        return _added([self, other])


@dataclass(frozen=True, slots=True)
class AccountExposure(Exposure):
    """Counts accounts; has no sum over posts, days or platforms."""

    def __add__(self, other: Never) -> Never:
        raise ReachNotAddableError(
            f"{self.measure} counts accounts; the same account may stand in both numbers, so they have no sum."
        )

    # `sum()` starts at 0 and therefore asks for 0 + reach.
    __radd__ = __add__


E = TypeVar("E", bound=EventExposure)


def total(exposures: Iterable[E]) -> E | None:
    """Add event exposures of one kind; None when there are none, since nothing measured is not zero."""
    listed = list(exposures)
    return _added(listed) if listed else None


def _added(exposures: list[E]) -> E:
    first = exposures[0]
    for other in exposures:
        if (type(first), *first.kind) != (type(other), *other.kind):
            raise DifferentExposuresError(
                f"{first.measure} {first.kind} and {other.measure} {other.kind} do not add up."
            )
    windows: dict[str, list[Window]] = defaultdict(list)
    for key, window in (one for exposure in exposures for one in exposure.counted):
        if any(window.shares_a_day_with(other) for other in windows[key]):
            raise CountedTwiceError(f"{key} stands twice in one sum of {first.measure}.")
        windows[key].append(window)
    counted = frozenset(one for exposure in exposures for one in exposure.counted)
    return replace(first, value=sum((exposure.value for exposure in exposures), Decimal(0)), counted=counted)


class Views(EventExposure):
    measure = "views"


class Impressions(EventExposure):
    measure = "impressions"


class Engagements(EventExposure):
    measure = "engagements"


class Reactions(EventExposure):
    measure = "reactions"


class Likes(EventExposure):
    measure = "likes"


class Comments(EventExposure):
    measure = "comments"


class Shares(EventExposure):
    measure = "shares"


class Saves(EventExposure):
    measure = "saves"


class Follows(EventExposure):
    measure = "follows"


class Clicks(EventExposure):
    measure = "clicks"


class LinkClicks(EventExposure):
    measure = "link_clicks"


class VideoCompletions(EventExposure):
    measure = "video_completions"


class WatchSeconds(EventExposure):
    measure = "watch_seconds"


class Spend(EventExposure):
    measure = "spend"


class Reach(AccountExposure):
    measure = "reach"


class UniqueViewers(AccountExposure):
    measure = "unique_viewers"


class Followers(AccountExposure):
    measure = "followers"


EVENT_TYPES: dict[str, type[EventExposure]] = {
    kind.measure: kind
    for kind in (
        Views,
        Impressions,
        Engagements,
        Reactions,
        Likes,
        Comments,
        Shares,
        Saves,
        Follows,
        Clicks,
        LinkClicks,
        VideoCompletions,
        WatchSeconds,
        Spend,
    )
}
ACCOUNT_TYPES: dict[str, type[AccountExposure]] = {kind.measure: kind for kind in (Reach, UniqueViewers, Followers)}
FRACTIONAL_MEASURES = frozenset({"spend", "watch_seconds"})


def is_addable(measure: str) -> bool:
    return measure in EVENT_TYPES


@dataclass(frozen=True, slots=True)
class CampaignDetails:
    """What a campaign is about, as the coordinator writes it."""

    code: str
    title: str
    objective: str
    behaviour: str
    audience: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    languages: tuple[str, ...] = ()
    budget: Decimal | None = None
    currency: str = ""
    funder: str = ""


@dataclass(frozen=True, slots=True)
class ChannelDetails:
    """An account on a platform."""

    platform: str
    name: str
    handle: str = ""
    account_id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PostDetails:
    """A post entered by hand, for platforms that export none."""

    permalink: str
    published_at: dt.datetime
    type: str
    caption: str = ""
    language: str = ""
    promotion: str = "unknown"


@dataclass(frozen=True, slots=True)
class SnapshotDetails:
    """One figure read off a platform's page by a person."""

    native_name: str
    measure: str
    value: Decimal
    captured_at: dt.datetime
    window: Window = LIFETIME
    currency: str = ""
    definition_version: str = "as shown"
    rounded: bool = False
