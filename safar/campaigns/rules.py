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
        mine = (type(self), self.platform, self.window_kind, self.currency)
        if mine != (type(other), other.platform, other.window_kind, other.currency):
            raise DifferentExposuresError(
                f"{self.measure} on {self.platform} ({self.window_kind}) and "
                f"{other.measure} on {other.platform} ({other.window_kind}) count different things."
            )
        if overlaps(self.counted, other.counted):
            raise CountedTwiceError("The same post and time stand in both numbers.")
        return replace(self, value=self.value + other.value, counted=self.counted | other.counted)


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


def overlaps(left: frozenset[tuple[str, Window]], right: frozenset[tuple[str, Window]]) -> bool:
    """Return whether some post's days stand in both."""
    if left & right:
        return True
    days: dict[str, list[Window]] = defaultdict(list)
    for key, window in left:
        days[key].append(window)
    return any(_share_a_day(window, other) for key, window in right for other in days.get(key, ()))


def _share_a_day(one: Window, other: Window) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return True  # a lifetime holds every day
    return one.start <= other.end and other.start <= one.end


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


def total(exposures: Iterable[E]) -> E | None:
    """Add event exposures of one kind; None when there are none, since nothing measured is not zero."""
    result: E | None = None
    for exposure in exposures:
        result = exposure if result is None else result + exposure
    return result
