"""The database itself refuses what cannot be true."""

import datetime as dt

import pytest
from django.db import IntegrityError

from safar.campaigns.enums import Measure
from safar.kernel.clock import now
from tests.factories import campaigns

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_on": DAY, "ends_on": DAY - dt.timedelta(days=1)},
        {"budget": 10},
        {"currency": "UZS"},
        {"budget": -1, "currency": "UZS"},
        {"state": "dreamt"},
    ],
    ids=str,
)
def test_an_impossible_campaign(fields):
    with pytest.raises(IntegrityError):
        campaigns.campaign(**fields)


def test_a_code_calls_to_one_campaign():
    first = campaigns.campaign()
    with pytest.raises(IntegrityError):
        campaigns.campaign(code=first.code)


@pytest.mark.parametrize("fields", [{"account_id": "1"}, {"handle": "MRC"}])
def test_an_account_is_one_channel(fields):
    campaigns.channel(account_id="1", handle="mrc")
    with pytest.raises(IntegrityError):
        campaigns.channel(**fields)


def test_channels_without_id_and_handle_may_be_many_and_other_platforms_do_not_matter():
    campaigns.channel(account_id="", handle="")
    campaigns.channel(account_id="", handle="")
    campaigns.channel(account_id="1", handle="mrc")
    campaigns.channel("telegram", account_id="1", handle="mrc")


def test_a_post_has_one_address():
    post = campaigns.post()
    with pytest.raises(IntegrityError):
        campaigns.post(permalink=post.permalink)


@pytest.mark.parametrize(
    "fields",
    [
        {"value": -1},
        {"measure": "fame"},
        {"window_start": DAY},
        {"window_end": DAY},
        {"window_start": DAY, "window_end": DAY - dt.timedelta(days=1)},
        {"measure": Measure.SPEND},
        {"currency": "UZS"},
        {"post": None},
    ],
    ids=str,
)
def test_an_impossible_figure(fields):
    with pytest.raises(IntegrityError):
        campaigns.snapshot(**({"value": 1} | fields))


def test_a_figure_is_not_of_a_post_and_a_channel_at_once():
    post = campaigns.post()
    with pytest.raises(IntegrityError):
        campaigns.snapshot(1, post=post, channel=post.channel)


@pytest.mark.parametrize("window", [{}, {"window_start": DAY, "window_end": DAY}], ids=["lifetime", "a day"])
@pytest.mark.parametrize("subject", ["post", "channel"])
def test_a_metric_has_one_value_a_moment_and_window(subject, window):
    at = now()
    of = {subject: getattr(campaigns, subject)()}
    campaigns.snapshot(1, captured_at=at, **of, **window)
    campaigns.snapshot(2, captured_at=at + dt.timedelta(seconds=1), **of, **window)
    with pytest.raises(IntegrityError):
        campaigns.snapshot(3, captured_at=at, **of, **window)


def test_records_say_what_they_are():
    post = campaigns.post(caption="", permalink="https://www.instagram.com/p/Z")
    assert str(post) == "https://www.instagram.com/p/Z"
    assert str(campaigns.post(caption="Licence")) == "Licence"
    assert str(campaigns.campaign(title="Licence first")) == "Licence first"
    assert str(campaigns.channel("telegram", name="MRC")) == "MRC (Telegram)"
    assert str(campaigns.snapshot(5, post=post)) == "Views 5"
