"""What lists, pages and the evidence store read."""

import datetime as dt
from decimal import Decimal

import pytest
from django.apps import apps

from safar.campaigns import privacy
from safar.campaigns.enums import CampaignState, Measure
from safar.campaigns.models import MetricSnapshot
from safar.campaigns.queries import campaigns as reads
from safar.campaigns.queries import channels
from safar.campaigns.queries.exposures import exposure_rows
from safar.campaigns.queries.snapshots import latest
from safar.kernel.clock import now
from tests.factories import campaigns

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 31, 7, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=30)


@pytest.fixture
def campaign():
    """A campaign with two Instagram posts and a Telegram post, captured twice."""
    campaign = campaigns.campaign(code="SAFE-26")
    instagram, telegram = campaigns.channel(handle="mrc"), campaigns.channel("telegram")
    first = campaigns.post(on=instagram, campaign=campaign, published_at=AT, promotion="organic")
    second = campaigns.post(on=instagram, campaign=campaign, published_at=AT - dt.timedelta(days=1))
    third = campaigns.post(on=telegram, campaign=campaign, published_at=AT)
    for post, views, reach in ((first, 100, 80), (second, 50, 45)):
        campaigns.snapshot(views, post=post, captured_at=AT)
        campaigns.snapshot(reach, post=post, captured_at=AT, native_name="Reach", measure=Measure.REACH)
    campaigns.snapshot(120, post=first, captured_at=LATER)
    campaigns.snapshot(
        7, post=first, captured_at=LATER, window_start=dt.date(2026, 3, 1), window_end=dt.date(2026, 3, 1)
    )
    campaigns.snapshot(900, post=third, captured_at=AT)
    for at, followers in ((AT, 1000), (LATER, 1100)):
        campaigns.snapshot(
            followers, channel=telegram, captured_at=at, native_name="Subscribers", measure=Measure.FOLLOWERS
        )
    return campaign


def test_the_list_counts_posts_and_channels_and_says_when_figures_were_captured(campaign):
    empty = campaigns.campaign(starts_on="2026-05-01")
    assert [(c, c.post_count, c.channel_count, c.captured_last) for c in reads.campaign_list()] == [
        (empty, 0, 0, None), (campaign, 3, 2, LATER),
    ]  # fmt: skip
    assert list(reads.campaign_list("closed")) == []


def test_the_page_shows_the_latest_value_of_each_post_and_adds_views_only(campaign):
    page = reads.page(campaign.pk)
    instagram, telegram = page.tables
    assert [(c.native_name, c.measure, c.addable, c.label) for c in instagram.columns] == [
        ("Views", "views", True, "Views"), ("Reach", "reach", False, "Reach"),
    ]  # fmt: skip
    assert [[cell and int(cell.value) for cell in line.cells] for line in instagram.lines] == [[120, 80], [50, 45]]
    assert instagram.totals == (Decimal(170), None)
    assert (instagram.total_of("views"), instagram.total_of("reach"), instagram.total_of("likes")) == (170, None, None)
    assert (instagram.lines[0].value_of("reach"), instagram.lines[0].value_of("likes")) == (80, None)
    assert (instagram.label, telegram.label, page.has_accounts) == ("Instagram", "Telegram", True)
    assert (page.post_count, page.captured_last, page.next_states) == (
        3,
        LATER,
        {CampaignState.RUNNING, CampaignState.CLOSED},
    )


def test_a_metric_is_explained_where_its_own_name_does_not_say_what_it_counts():
    assert reads.MetricColumn("Link Clicks", "link_clicks").explanation == ""
    assert reads.MetricColumn("Reactions, Comments and Shares", "engagements").explanation == "Engagements"


def test_followers_are_a_stock_with_its_change(campaign):
    (line,) = reads.page(campaign.pk).followers
    assert (line.now, line.change, len(line.values)) == (1100, 100, 2)


def test_an_empty_campaign_has_an_empty_page():
    page = reads.page(campaigns.campaign().pk)
    assert (page.tables, page.followers, page.captured_last, page.post_count, page.has_accounts) == (
        (),
        (),
        None,
        0,
        False,
    )


def test_money_in_two_currencies_has_no_total(campaign):
    for post, currency in zip(campaign.posts.filter(channel__platform="instagram"), ("EUR", "UZS"), strict=True):
        campaigns.snapshot(5, post=post, native_name="Amount spent", measure=Measure.SPEND, currency=currency)
    assert reads.page(campaign.pk).tables[0].total_of("spend") is None


def test_a_metric_one_post_lacks_is_absent_there(campaign):
    campaigns.snapshot(3, post=campaign.posts.first(), native_name="Likes", measure=Measure.LIKES)
    assert {line.value_of("likes") for table in reads.page(campaign.pk).tables for line in table.lines} == {None, 3}


def test_the_page_asks_the_database_no_more_often_for_more_posts(campaign, django_assert_num_queries):
    for number in range(20):
        post = campaigns.post(campaign=campaign)
        campaigns.snapshot(number, post=post)
        campaigns.snapshot(number, channel=post.channel, native_name="Followers", measure=Measure.FOLLOWERS)
    with django_assert_num_queries(5):
        page = reads.page(campaign.pk)
        assert [str(line.post.channel) for table in page.tables for line in table.lines]
        assert len(page.followers) == 21


def test_the_latest_value_is_the_one_captured_last_up_to_a_moment(campaign):
    post = campaign.posts.order_by("-published_at", "id").filter(channel__platform="instagram").first()
    views = MetricSnapshot.objects.filter(post=post, native_name="Views", window_start=None)
    assert [int(s.value) for s in latest(views)] == [120]
    assert [int(s.value) for s in latest(views, captured_until=AT)] == [100]


def test_every_snapshot_is_a_row_of_evidence_with_nothing_added_up(campaign):
    rows = list(exposure_rows())
    assert len(rows) == MetricSnapshot.objects.count()
    first = next(row for row in rows if row["value"] == 80)
    assert first["post_key"].startswith("https://www.instagram.com/")
    assert {**first, "post_key": ""} == {
        "platform": "instagram", "account": "mrc", "post_key": "", "campaign_code": "SAFE-26", "measure": "reach",
        "native_name": "Reach", "value": 80, "rounded": False, "currency": "", "window_start": None, "window_end": None,
        "definition_version": "test", "captured_at": AT, "organic_paid": "organic", "published_on": dt.date(2026, 3, 31),
    }  # fmt: skip
    of_channel = next(row for row in rows if row["measure"] == "followers")
    assert (of_channel["post_key"], of_channel["campaign_code"], of_channel["published_on"]) == ("", "", None)


def test_evidence_is_read_in_one_query(campaign, django_assert_num_queries):
    campaigns.snapshot(1, post=campaigns.post(), captured_at=now())
    with django_assert_num_queries(1):
        assert {row["campaign_code"] for row in exposure_rows()} == {"SAFE-26", ""}


def test_channels_and_posts_are_found(campaign):
    counted = {channel.platform: channel.post_count for channel in channels.channel_list()}
    assert counted == {"instagram": 2, "telegram": 1}
    post = campaigns.post()
    assert list(reads.unattached_posts()) == [post]
    assert channels.post(post.pk) == post
    assert channels.get(post.channel_id) == post.channel
    assert reads.get(campaign.pk) == campaign


def test_every_field_is_classified():
    fields = {
        f"{model.__name__}.{f.name}"
        for model in apps.get_app_config("campaigns").get_models()
        for f in model._meta.concrete_fields
    }
    assert set(privacy.FIELDS) == fields
