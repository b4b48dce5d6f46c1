"""Channels, posts and figures entered by hand."""

import datetime as dt

import pytest
from django.urls import reverse

from safar.campaigns.models import Channel, MetricSnapshot, Post
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from tests.desk.campaigns.pages import text_of
from tests.factories import campaigns

pytestmark = pytest.mark.django_db
CHANNELS, CHANNEL, POST, FIGURE = (
    reverse(f"desk:campaigns:{name}") for name in ("channels", "channel_add", "post_add", "figure_add")
)


@pytest.fixture
def officer(client_of):
    return client_of("outreach_officer")


def test_a_channel_is_added_once_and_listed(officer, home_centre):
    assert "No channel yet" in text_of(officer.get(CHANNELS))
    typed = {
        "platform": "telegram", "name": "MRC Tashkent", "handle": "@mrc", "url": "https://t.me/mrc",
        "centre": str(home_centre.pk), "form_key": fresh_key(),
    }  # fmt: skip
    assert officer.post(CHANNEL, typed).url == officer.post(CHANNEL, typed).url == CHANNELS
    assert Channel.objects.count() == 1
    seen = text_of(officer.get(CHANNELS))
    assert "@mrc" in seen
    assert "The channel is added." in seen


def test_whoever_has_a_centre_finds_it_chosen(officer, home_centre):
    assert officer.get(CHANNEL).context["form"]["centre"].value() == str(home_centre.pk)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"handle": "taken"}])
def test_a_wrong_channel_comes_back_as_typed(officer, home_centre, wrong):
    campaigns.channel("telegram", handle="taken")
    typed = {"platform": "telegram", "name": "Typed name", "handle": "free", "centre": str(home_centre.pk)} | wrong
    answer = officer.post(CHANNEL, typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(wrong)


def test_a_post_is_kept_once_counts_to_its_campaign_and_leads_on_to_its_figures(officer):
    channel, campaign = campaigns.channel("telegram"), campaigns.campaign()
    page = officer.get(POST, {"campaign": str(campaign.pk)})
    assert page.context["form"]["campaign"].value() == str(campaign.pk)
    typed = {
        "channel": str(channel.pk), "permalink": "t.me/mrc/7", "published_on": "2026-03-01", "published_time": "18:30",
        "type": "text", "language": "uz", "promotion": "organic", "campaign": str(campaign.pk), "form_key": fresh_key(),
    }  # fmt: skip
    first, second = (officer.post(POST, typed) for _ in range(2))
    post = Post.objects.get()
    assert first.url == second.url == f"{FIGURE}?of=post:{post.pk}"
    assert (post.permalink, post.campaign, post.published_at.isoformat()) == (
        "https://t.me/mrc/7", campaign, "2026-03-01T13:30:00+00:00",
    )  # fmt: skip


@pytest.mark.parametrize("wrong", [{"type": ""}, {"permalink": "https://example.org/7"}])
def test_a_wrong_post_comes_back_as_typed(officer, wrong):
    typed = {
        "channel": str(campaigns.channel("telegram").pk),
        "permalink": "t.me/mrc/7",
        "published_on": "2026-03-01",
        "type": "text",
        "promotion": "organic",
    }
    answer = officer.post(POST, typed | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(wrong)


def test_a_post_may_count_to_no_campaign(officer):
    typed = {
        "channel": str(campaigns.channel("telegram").pk),
        "permalink": "t.me/mrc/7",
        "published_on": "2026-03-01",
        "type": "text",
        "promotion": "organic",
    }
    officer.post(POST, typed)
    assert Post.objects.get().campaign is None


def figure(subject, **changes):
    return {
        "subject": subject, "native_name": "Subscribers", "measure": "followers", "value": "1,234",
        "captured_on": today().isoformat(), "form_key": fresh_key(),
    } | changes  # fmt: skip


def test_a_figure_of_a_channel_is_kept_once_with_who_read_it(officer):
    channel = campaigns.channel("telegram")
    subject = f"channel:{channel.pk}"
    assert officer.get(FIGURE, {"of": subject}).context["form"]["subject"].value() == subject
    typed = figure(subject)
    first, second = (officer.post(FIGURE, typed) for _ in range(2))
    assert first.url == second.url == f"{FIGURE}?of={subject}"
    kept = MetricSnapshot.objects.get()
    assert (kept.channel, kept.value, kept.recorded_by) == (channel, 1234, officer.staff)


def test_a_figure_of_a_post_may_cover_a_period_and_be_of_last_week(officer):
    post = campaigns.post()
    day = (today() - dt.timedelta(days=7)).isoformat()
    typed = figure(
        f"post:{post.pk}",
        measure="spend",
        currency="eur",
        value="12.50",
        captured_on=day,
        window_start="2026-03-01",
        window_end="2026-03-31",
    )
    officer.post(FIGURE, typed)
    kept = MetricSnapshot.objects.get()
    assert (kept.post, str(kept.value), kept.currency, kept.window_end) == (post, "12.50", "EUR", dt.date(2026, 3, 31))
    assert kept.captured_at.astimezone().date() == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "value", "rounded"),
    [("1 234", 1234, False), ("1.2K", 1200, True), ("12.5", 12.5, False), ("12,5", 12.5, False), ("0", 0, False)],
)
def test_a_figure_is_read_as_people_write_it(officer, typed, value, rounded):
    officer.post(FIGURE, figure(f"channel:{campaigns.channel().pk}", value=typed))
    kept = MetricSnapshot.objects.get()
    assert (float(kept.value), kept.rounded) == (value, rounded)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": ""}, "value"),
        ({"value": "-"}, "value"),
        ({"value": "-3"}, "value"),
        ({"value": "many"}, "value"),
        ({"window_start": "2026-03-01"}, "window_end"),
        ({"window_start": "2026-03-02", "window_end": "2026-03-01"}, "window_end"),
        ({"measure": "spend"}, "currency"),
        ({"subject": "channel:nonsense"}, "subject"),
    ],
)
def test_a_wrong_figure_comes_back_as_typed(officer, change, field):
    answer = officer.post(FIGURE, figure(f"channel:{campaigns.channel().pk}") | change)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Subscribers" in answer.content.decode()
