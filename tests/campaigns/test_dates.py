"""Dates in exports: one order a file, never a guess a row."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.campaigns.importers.dates import order_of, parse_moment

MOMENT = dt.datetime.fromisoformat("2026-04-03T18:05")


@pytest.mark.parametrize(
    "text",
    ["04/03/2026 18:05", "4/3/2026 18:05", "04/03/2026 18:05:59", "04/03/2026 6:05 PM", "03.04.2026 18:05", "2026-04-03T18:05:00", "2026-04-03 18:05"],
)  # fmt: skip
def test_one_moment_in_every_form_seen(text):
    assert parse_moment(text, "month_first") == MOMENT


def test_a_file_with_a_thirteenth_month_writes_the_day_first():
    texts = ["03/04/2026 18:05", "25/04/2026 10:00"]
    assert order_of(texts) == "day_first"
    assert parse_moment(texts[0], "day_first") == MOMENT


@pytest.mark.parametrize("texts", [[], ["03/04/2026"], ["12/25/2026"], ["12/25/2026", "25/12/2026"], ["no date"]])
def test_otherwise_the_month_comes_first_as_the_platform_writes(texts):
    assert order_of(texts) == "month_first"


@pytest.mark.parametrize("text", ["", "Lifetime", "25/12/2026", "02/30/2026", "04/03/26", "04/03/1999", "01/01/0001 00:00", "04/03/2026 25:00", "04/03/2026 13:05 PM", "04/03/2026 0:05 AM"])  # fmt: skip
def test_what_is_no_date_is_none(text):
    assert parse_moment(text, "month_first") is None


@pytest.mark.parametrize(("text", "hour"), [("12:00 AM", 0), ("12:00 PM", 12), ("1:00 a.m.", 1), ("11:00 pm", 23)])
def test_the_twelve_hour_clock(text, hour):
    assert parse_moment(f"04/03/2026 {text}", "month_first").hour == hour


@given(st.datetimes(dt.datetime.fromisoformat("2004-01-01T00:00"), dt.datetime.fromisoformat("2099-01-01T00:00")))
def test_moments_go_there_and_back(moment):
    moment = moment.replace(second=0, microsecond=0)
    assert parse_moment(f"{moment:%m/%d/%Y %H:%M}", "month_first") == moment
    assert parse_moment(f"{moment:%d/%m/%Y %H:%M}", "day_first") == moment


@given(st.text(max_size=25))
def test_any_text_is_a_moment_or_none(text):
    assert parse_moment(text, "month_first") is None or isinstance(parse_moment(text, "day_first"), dt.datetime | None)
