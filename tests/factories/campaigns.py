from itertools import count

from safar.campaigns.enums import Measure
from safar.campaigns.models import Campaign, Channel, MetricSnapshot, Post
from safar.kernel.clock import now
from safar.trust.models import Centre
from tests.factories import trust

_NUMBERS = count(1)


def campaign(*, centre: Centre | None = None, **fields) -> Campaign:
    defaults = {
        "code": f"CTA-{next(_NUMBERS)}",
        "title": "Check before you pay",
        "objective": "Fewer people lose money to unlicensed agencies",
        "behaviour": "Check the licence before paying",
        "audience": "Men of 18 to 29 in Andijon",
        "languages": ["uz"],
        "starts_on": "2026-03-01",
    }
    return Campaign.objects.create(centre=centre or trust.centre(), **(defaults | fields))


def channel(platform: str = "instagram", *, centre: Centre | None = None, **fields) -> Channel:
    number = next(_NUMBERS)
    defaults = {"name": f"Channel {number}", "handle": f"channel{number}"}
    return Channel.objects.create(platform=platform, centre=centre or trust.centre(), **(defaults | fields))


def post(*, on: Channel | None = None, **fields) -> Post:
    on = on or channel()
    number = next(_NUMBERS)
    defaults = {
        "permalink": f"https://www.{on.platform}.com/p/{number}",
        "published_at": now(),
        "type": "image",
        "caption": f"Post {number}",
    }
    return Post.objects.create(channel=on, **(defaults | fields))


def snapshot(value: int, *, native_name: str = "Views", measure: Measure = Measure.VIEWS, **fields) -> MetricSnapshot:
    """Make a figure of a new post, or of `post=` or `channel=`."""
    if "post" not in fields and "channel" not in fields:
        fields["post"] = post()
    defaults = {"captured_at": now(), "definition_version": "test"}
    return MetricSnapshot.objects.create(native_name=native_name, measure=measure, value=value, **(defaults | fields))
