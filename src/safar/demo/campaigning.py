"""The demo's campaign: its posts come in through the importer, as an export of the platform would."""

import csv
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from random import Random

from django.utils import timezone

from safar.campaigns.actions import campaigns, channels, imports, posts, snapshots
from safar.campaigns.models import Channel, Post
from safar.campaigns.rules import CampaignDetails, ChannelDetails, SnapshotDetails
from safar.demo.office import Office
from safar.kernel.actor import Actor
from safar.kernel.clock import today

CODE = "CHECK"
ACCOUNT = "17840000000000001"
HEADER = [
    "Post ID",
    "Account ID",
    "Account username",
    "Account name",
    "Description",
    "Duration (sec)",
    "Publish time",
    "Permalink",
    "Post type",
    "Data comment",
    "Date",
    "Views",
    "Reach",
    "Likes",
    "Shares",
    "Follows",
    "Comments",
    "Saves",
]
CAPTIONS = [
    "DEMO Check the licence before you pay anything",
    "DEMO Xorijda ish: shartnomani oʻqib chiqing",
    "DEMO Патент и регистрация: сроки",
    "DEMO Pasportingizni hech kimga bermang",
    "DEMO Туристическая виза не даёт права работать",
    "DEMO Koreyaga qonuniy yoʻl: EPS",
]


def run(office: Office, rng: Random) -> str:
    """Run one campaign with its posts and two captures of their figures; return its code."""
    by, centre = office.actors("officer")[0], office.main
    started = today() - dt.timedelta(days=100)
    details = CampaignDetails(
        code=CODE,
        title="Check before you go (demo)",
        objective="Fewer people pay before they have seen a licence and a contract.",
        behaviour="Checks the licence of the agency on the register before paying.",
        audience="Men and women of 18 to 35 in the regions who look for work abroad",
        starts_on=started,
        languages=("uz", "ru"),
        budget=Decimal(2400),
        currency="EUR",
        funder="Demo donor",
    )
    campaign = campaigns.create(details=details, centre=centre, by=by)
    campaigns.start(campaign_id=campaign.pk, by=by)
    instagram = ChannelDetails("instagram", "DEMO centre", "demo_mrc", ACCOUNT)
    telegram = ChannelDetails("telegram", "DEMO centre", "demo_mrc_channel")
    accounts = [channels.add(details=details, centre=centre, by=by) for details in (instagram, telegram)]
    rows = [_post(number, started, rng) for number in range(14)]
    for days_ago, grown in ((31, 1.0), (1, 1.18)):
        captured = today() - dt.timedelta(days=days_ago)
        export = _export([row for row in rows if row.published.date() < captured], grown)
        preview = imports.preview(content=export, original_name="demo-instagram.csv", captured_on=captured, by=by)
        imports.commit(file_id=preview.file.pk, centre=centre, by=by)
    posts.attach(
        post_ids=list(Post.objects.order_by("pk").values_list("pk", flat=True)), campaign_id=campaign.pk, by=by
    )
    for channel in accounts:
        _followers(channel, rng, by=by)
    return CODE


@dataclass(frozen=True, slots=True)
class _Post:
    number: int
    published: dt.datetime
    views: int
    reach: int
    likes: int


def _post(number: int, started: dt.date, rng: Random) -> _Post:
    views = rng.randrange(1500, 9800)
    day = started + dt.timedelta(days=number * 7 + rng.randrange(3))
    return _Post(
        number=number,
        published=dt.datetime.combine(day, dt.time(rng.randrange(9, 20), 15)),
        views=views,
        reach=int(views * rng.uniform(0.55, 0.82)),
        likes=int(views * rng.uniform(0.01, 0.06)),
    )


def _export(rows: list[_Post], grown: float) -> bytes:
    """Write the rows with the columns, number format and byte order mark of Meta's export."""
    out = StringIO()
    writer = csv.DictWriter(out, HEADER, restval="")
    writer.writeheader()
    for row in rows:
        likes = int(row.likes * grown)
        writer.writerow(
            {
                "Post ID": f"1800000000000{row.number:04d}",
                "Account ID": ACCOUNT,
                "Account username": "demo_mrc",
                "Account name": "DEMO centre",
                "Description": CAPTIONS[row.number % len(CAPTIONS)],
                "Duration (sec)": 0,
                "Publish time": f"{row.published:%m/%d/%Y %H:%M}",
                "Permalink": f"https://www.instagram.com/p/DEMO{row.number:02d}/",
                "Post type": "IG image",
                "Date": "Lifetime",
                "Views": f"{int(row.views * grown):,}",
                "Reach": f"{int(row.reach * grown):,}",
                "Likes": likes,
                "Shares": likes // 4,
                "Follows": likes // 9,
                "Comments": likes // 7,
                "Saves": likes // 5,
            }
        )
    return ("\ufeff" + out.getvalue()).encode()


def _followers(channel: Channel, rng: Random, by: Actor) -> None:
    followers = rng.randrange(1800, 4200)
    for days_ago in (150, 120, 90, 60, 30, 1):
        followers += rng.randrange(40, 160)
        captured = timezone.now() - dt.timedelta(days=days_ago)
        details = SnapshotDetails("Followers", "followers", Decimal(followers), captured)
        snapshots.record_manual(details=details, channel_id=channel.pk, by=by)
