"""What the campaign page draws: views a post, followers over time. Reach is drawn by no bar that could be stacked or added."""

import datetime as dt
from collections import Counter
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from safar.campaigns.enums import Measure
from safar.campaigns.models import Post
from safar.campaigns.queries.campaigns import FollowersLine, PlatformTable
from safar.kernel.chart import Chart, Series
from safar.ui.numbers import Length, written_date, written_day_and_month, written_number

# More bars than this cannot be told apart on a phone.
MOST_BARS = 15
MOST_POINTS = 24
_LONGEST_LABEL = 30
_DRAWN = ("views", "impressions")
_HEADLINES = (*_DRAWN, "engagements")


def headline(table: PlatformTable) -> list[tuple[str, Decimal]]:
    """Return what may stand on top as one number a platform: its first event measure, never accounts."""
    totals = ((measure, table.total_of(measure)) for measure in _HEADLINES)
    return [(str(Measure(measure).label).lower(), value) for measure, value in totals if value is not None][:1]


def change_note(line: FollowersLine) -> str:
    """Say how followers moved since the first capture."""
    first = line.values[0][0]
    if len(line.values) == 1:
        return _("on %(day)s") % {"day": _day(first, "medium")}
    sign = "+" if line.change >= 0 else "−"
    told = {"change": f"{sign}{written_number(abs(line.change))}", "day": _day(first, "medium")}
    return _("%(change)s since %(day)s") % told


def views_chart(table: PlatformTable) -> Chart | None:
    """Return one bar a post, newest posts last, in the first measure the platform reports; None without any."""
    measure = next((name for name in _DRAWN if table.total_of(name) is not None), None)
    if measure is None:
        return None
    lines = list(reversed(table.lines[:MOST_BARS]))
    column = next(column for column in table.columns if column.measure == measure)
    values = tuple(None if (value := line.value_of(measure)) is None else float(value) for line in lines)
    note = _("Lifetime values as captured last, under the platform's own name: %(name)s.") % {
        "name": column.native_name
    }
    if len(table.lines) > MOST_BARS:
        note += " " + _("The newest %(shown)s of %(all)s posts.") % {"shown": MOST_BARS, "all": len(table.lines)}
    return Chart(
        kind="bar",
        title=_("%(measure)s a post on %(platform)s") % {"measure": column.label, "platform": table.label},
        categories=_distinct([_post_label(line.post) for line in lines]),
        series=(Series(column.label, values),),
        unit=column.label.lower(),
        note=note,
    )


def followers_chart(line: FollowersLine) -> Chart | None:
    """Return the trend once there are two captures; a single point is a number, not a trend."""
    if len(line.values) < 2:  # noqa: PLR2004
        return None
    shown = line.values[-MOST_POINTS:]
    return Chart(
        kind="line",
        title=_("Followers of %(channel)s") % {"channel": line.channel},
        categories=_distinct([_day(at, "short") for at, _value in shown]),
        series=(Series(_("Followers"), tuple(float(value) for _at, value in shown)),),
        unit=_("followers"),
        note=_("Accounts on the day of capture. Followers of several channels overlap and are not added."),
    )


def _day(moment: dt.datetime, length: Length) -> str:
    return written_date(timezone.localdate(moment), length)


def _post_label(post: Post) -> str:
    """Return the day, whole, and as much of the first words as there is room for."""
    day, words = written_day_and_month(timezone.localdate(post.published_at)), str(post)
    room = _LONGEST_LABEL - len(day) - len(" · ")
    return f"{day} · {words if len(words) <= room else words[: room - 1].rstrip() + '…'}"


def _distinct(labels: list[str]) -> tuple[str, ...]:
    """Number labels that are equal: a chart would draw equal categories on top of each other."""
    seen: Counter[str] = Counter()
    distinct: list[str] = []
    for label in labels:
        seen[label] += 1
        distinct.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return tuple(distinct)
