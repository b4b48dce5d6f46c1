"""Numbers and dates read as the reader writes them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.test import override_settings
from django.utils import translation

from safar.ui.numbers import locale_of, month_name, written_date, written_number

DAY = date(2026, 3, 7)


def _plain(text: str) -> str:
    """Make the spaces that do not break ordinary ones."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "number", "day", "month"),
    [
        ("en", "1,234,567.5", "7 March 2026", "March"),
        ("ru", "1 234 567,5", "7 марта 2026 г.", "март"),
        ("uz", "1 234 567,5", "7-mart, 2026", "mart"),
        ("uz-cyrl", "1 234 567,5", "7 март, 2026", "март"),
    ],
)
def test_each_language_has_its_own_way(language, number, day, month):
    with translation.override(language):
        assert _plain(written_number(1234567.5)) == number
        assert _plain(written_date(DAY)) == day
        assert month_name(3).lower() == month.lower()


@pytest.mark.parametrize("language", ["kaa", "tg", "ky"])
def test_the_other_languages_of_the_region_are_known_too(language):
    assert locale_of(language).language != "en"


def test_an_unknown_language_is_written_as_in_english():
    assert str(locale_of("xx-yy")) == "en_GB"


def test_what_is_not_known_is_never_nought():
    assert written_number(None) == "no data"
    assert written_number(0) == "0"


def test_a_text_is_left_as_it_is():
    assert written_number("about 40") == "about 40"
    assert written_number(True) == "True"


@pytest.mark.parametrize(
    ("value", "digits", "text"), [(3.14159, 2, "3.14"), (3.6, 0, "4"), (Decimal("2.50"), 1, "2.5")]
)
def test_the_number_of_digits_can_be_asked_for(value, digits, text):
    assert written_number(value, digits) == text


@override_settings(TIME_ZONE="Asia/Tashkent")
def test_a_moment_is_told_in_the_time_of_the_centre():
    assert written_date(datetime(2026, 3, 6, 20, 30, tzinfo=UTC)) == "7 March 2026, 01:30"


def test_a_moment_without_zone_is_told_as_it_is():
    assert written_date(datetime(2026, 3, 6, 20, 30)) == "6 March 2026, 20:30"  # noqa: DTZ001


def test_a_time_of_day_and_nothing_at_all_can_be_written():
    assert written_date(time(9, 5)) == "09:05"
    assert written_date(None) == written_date("") == ""
    assert written_date("soon") == "soon"


def test_a_short_date_is_shorter_than_a_full_one():
    assert written_date(DAY, "full") == "Saturday, 7 March 2026"
    assert written_date(DAY, "short") == "07/03/2026"
