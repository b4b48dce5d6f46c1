"""Planning, running and closing campaigns; channels, posts and figures by hand."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.campaigns.actions import campaigns as acts
from safar.campaigns.actions import channels, posts, snapshots
from safar.campaigns.enums import CampaignState
from safar.campaigns.models import Campaign, Channel, MetricSnapshot, Post
from safar.campaigns.permissions import MANAGE_CAMPAIGN, PERMISSIONS, READ_CAMPAIGN
from safar.campaigns.rules import CampaignDetails, ChannelDetails, PostDetails, SnapshotDetails, Window
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now
from safar.kernel.once import fresh_key
from safar.trust.models import AuditEntry
from safar.trust.permissions import ROLES
from tests.factories import campaigns

pytestmark = pytest.mark.django_db

DETAILS = CampaignDetails(
    code="safe-26",
    title=" Check before you pay ",
    objective="Fewer people lose money",
    behaviour="Check the licence",
    audience="Men of 18 to 29",
    starts_on=dt.date(2026, 3, 1),
    ends_on=dt.date(2026, 4, 30),
    languages=("uz", "ru"),
    budget=Decimal(1200),
    currency="eur",
    funder="European Union",
)
CHANNEL = ChannelDetails(platform="telegram", name="MRC Tashkent", handle="@mrc_tashkent", account_id="")
POST = PostDetails(
    permalink="https://t.me/mrc_tashkent/12",
    published_at=now(),
    type="text",
    caption="Check\nthe licence",
    language="uz",
)
FIGURE = SnapshotDetails(native_name="Views", measure="views", value=Decimal(950), captured_at=now())


def fields_refused(call, **arguments):
    with pytest.raises(ValidationError) as caught:
        call(**arguments, by=MACHINE)
    return set(caught.value.message_dict)


def test_a_campaign_is_planned_with_its_code_in_capitals(home_centre, actor):
    campaign = acts.create(details=DETAILS, centre=home_centre, by=actor("outreach_officer"))
    campaign.refresh_from_db()
    assert (campaign.code, campaign.title, campaign.state, campaign.currency) == (
        "SAFE-26",
        "Check before you pay",
        "planned",
        "EUR",
    )
    assert campaign.languages == ["uz", "ru"]
    entry = AuditEntry.objects.get(action="campaigns.campaign.create", subject_key=campaign.pk)
    assert {"code", "title", "budget", "centre"} <= set(entry.fields)


def test_the_same_form_twice_plans_one_campaign(home_centre):
    key = fresh_key()
    first, second = (acts.create(details=DETAILS, centre=home_centre, form_key=key, by=MACHINE) for _ in range(2))
    assert first == second
    assert Campaign.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "x"}, "code"),
        ({"code": "with space"}, "code"),
        ({"code": "-dash-"}, "code"),
        ({"title": " "}, "title"),
        ({"objective": ""}, "objective"),
        ({"behaviour": ""}, "behaviour"),
        ({"audience": ""}, "audience"),
        ({"ends_on": dt.date(2026, 2, 1)}, "ends_on"),
        ({"budget": Decimal(-1)}, "budget"),
        ({"currency": ""}, "currency"),
        ({"currency": "EURO"}, "currency"),
    ],
)
def test_a_campaign_that_could_not_be_judged_later_is_refused(home_centre, change, field):
    assert fields_refused(acts.create, details=replace(DETAILS, **change), centre=home_centre) == {field}


def test_a_code_is_given_once(home_centre):
    acts.create(details=DETAILS, centre=home_centre, by=MACHINE)
    assert fields_refused(acts.create, details=replace(DETAILS, code="SAFE-26"), centre=home_centre) == {"code"}


def test_a_change_names_only_what_differs_and_nothing_when_nothing_does(home_centre):
    campaign = acts.create(details=DETAILS, centre=home_centre, by=MACHINE)
    acts.change(campaign_id=campaign.pk, details=replace(DETAILS, budget=None, funder="Other"), by=MACHINE)
    campaign.refresh_from_db()
    assert (campaign.budget, campaign.currency) == (None, "")
    assert AuditEntry.objects.get(action="campaigns.campaign.change").fields == ["budget", "currency", "funder"]
    acts.change(campaign_id=campaign.pk, details=replace(DETAILS, budget=None, funder="Other"), by=MACHINE)
    assert AuditEntry.objects.filter(action="campaigns.campaign.change").count() == 1


def test_a_campaign_runs_closes_with_lessons_and_may_be_opened_again():
    campaign = campaigns.campaign()
    acts.start(campaign_id=campaign.pk, by=MACHINE)
    closed = acts.close(campaign_id=campaign.pk, lessons=" Short videos worked. ", by=MACHINE)
    assert (closed.state, closed.lessons) == (CampaignState.CLOSED, "Short videos worked.")
    assert acts.start(campaign_id=campaign.pk, by=MACHINE).state == CampaignState.RUNNING


def test_a_campaign_does_not_close_without_lessons_nor_start_twice():
    campaign = campaigns.campaign(state="running")
    assert fields_refused(acts.close, campaign_id=campaign.pk, lessons=" ") == {"lessons"}
    with pytest.raises(ValidationError, match="cannot become"):
        acts.start(campaign_id=campaign.pk, by=MACHINE)


def test_a_channel_is_added_once(home_centre):
    key = fresh_key()
    first, second = (channels.add(details=CHANNEL, centre=home_centre, form_key=key, by=MACHINE) for _ in range(2))
    assert first == second
    assert (first.handle, Channel.objects.count()) == ("mrc_tashkent", 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"platform": "myspace"}, "platform"),
        ({"name": " "}, "name"),
        ({"handle": "TAKEN"}, "handle"),
        ({"account_id": "77"}, "account_id"),
    ],
)
def test_a_channel_that_is_not_one_is_refused(home_centre, change, field):
    campaigns.channel("telegram", handle="taken", account_id="77")
    assert fields_refused(channels.add, details=replace(CHANNEL, **change), centre=home_centre) == {field}


def test_a_post_is_entered_by_hand_once():
    channel, campaign, key = campaigns.channel("telegram"), campaigns.campaign(), fresh_key()
    first, second = (
        posts.add(details=POST, channel_id=channel.pk, campaign_id=campaign.pk, form_key=key, by=MACHINE)
        for _ in range(2)
    )
    assert first == second
    assert (first.permalink, first.caption, first.campaign) == (
        "https://t.me/mrc_tashkent/12",
        "Check the licence",
        campaign,
    )
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"permalink": "https://www.instagram.com/p/1/"}, "permalink"),
        ({"permalink": "https://t.me/taken/1?utm_source=x"}, "permalink"),
        ({"type": "opera"}, "type"),
        ({"promotion": "bribed"}, "promotion"),
    ],
)
def test_a_post_that_is_not_one_is_refused(change, field):
    channel = campaigns.channel("telegram")
    campaigns.post(on=channel, permalink="https://t.me/taken/1")
    assert fields_refused(posts.add, details=replace(POST, **change), channel_id=channel.pk) == {field}


def test_posts_are_counted_to_a_campaign_and_taken_out_again():
    first, second, campaign = campaigns.post(), campaigns.post(), campaigns.campaign()
    chosen = [first.pk, second.pk]
    assert posts.attach(post_ids=chosen, campaign_id=campaign.pk, by=MACHINE) == 2
    assert posts.attach(post_ids=chosen, campaign_id=campaign.pk, by=MACHINE) == 0
    assert AuditEntry.objects.filter(action="campaigns.post.attach").count() == 1
    assert posts.attach(post_ids=[first.pk], campaign_id=None, by=MACHINE) == 1
    assert list(campaign.posts.all()) == [second]


def test_a_figure_is_read_off_by_a_person_once(actor):
    post, key, by = campaigns.post(), fresh_key(), actor("coordinator")
    first, second = (snapshots.record_manual(details=FIGURE, post_id=post.pk, form_key=key, by=by) for _ in range(2))
    assert first == second
    assert (first.value, first.recorded_by_id, first.imported_from) == (950, by.id, None)
    assert MetricSnapshot.objects.count() == 1


def test_followers_belong_to_a_channel_and_money_to_a_currency():
    channel = campaigns.channel("telegram")
    figure = replace(FIGURE, native_name="Subscribers", measure="followers")
    assert snapshots.record_manual(details=figure, channel_id=channel.pk, by=MACHINE).channel == channel
    march = Window(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    spend = replace(FIGURE, native_name="Amount spent", measure="spend", currency="eur", window=march)
    recorded = snapshots.record_manual(details=spend, post_id=campaigns.post(on=channel).pk, by=MACHINE)
    assert (recorded.currency, recorded.window_end) == ("EUR", march.end)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"native_name": " "}, "native_name"),
        ({"measure": "fame"}, "measure"),
        ({"value": Decimal(-1)}, "value"),
        ({"value": Decimal(10) ** 16}, "value"),
        ({"captured_at": now() + dt.timedelta(days=400)}, "captured_at"),
        ({"currency": "EUR"}, "currency"),
        ({"measure": "spend"}, "currency"),
    ],
)
def test_a_figure_that_is_not_one_is_refused(change, field):
    assert fields_refused(snapshots.record_manual, details=replace(FIGURE, **change), post_id=campaigns.post().pk) == {
        field
    }


def test_a_figure_is_of_exactly_one_thing():
    post = campaigns.post()
    assert fields_refused(snapshots.record_manual, details=FIGURE) == {"subject"}
    both = {"post_id": post.pk, "channel_id": post.channel_id}
    assert fields_refused(snapshots.record_manual, details=FIGURE, **both) == {"subject"}


def test_a_metric_is_not_captured_twice_at_one_moment():
    post = campaigns.post()
    snapshots.record_manual(details=FIGURE, post_id=post.pk, by=MACHINE)
    assert fields_refused(snapshots.record_manual, details=FIGURE, post_id=post.pk) == {"captured_at"}


@pytest.mark.parametrize("role", ["counsellor", "ministry_viewer", "administrator"])
def test_who_may_not_manage_campaigns_changes_nothing(actor, role, home_centre):
    by, nobody = actor(role), uuid4()
    for refused in (
        lambda: acts.create(details=DETAILS, centre=home_centre, by=by),
        lambda: acts.change(campaign_id=nobody, details=DETAILS, by=by),
        lambda: acts.start(campaign_id=nobody, by=by),
        lambda: acts.close(campaign_id=nobody, lessons="", by=by),
        lambda: channels.add(details=CHANNEL, centre=home_centre, by=by),
        lambda: posts.add(details=POST, channel_id=nobody, by=by),
        lambda: posts.attach(post_ids=[], campaign_id=None, by=by),
        lambda: snapshots.record_manual(details=FIGURE, by=by),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_the_roles_that_run_campaigns_hold_our_permissions():
    holders = {code for code, role in ROLES.items() if MANAGE_CAMPAIGN.code in role.permissions}
    assert holders == {"outreach_officer", "coordinator"}
    assert holders == {code for code, role in ROLES.items() if READ_CAMPAIGN.code in role.permissions}
    assert PERMISSIONS == [READ_CAMPAIGN, MANAGE_CAMPAIGN]
