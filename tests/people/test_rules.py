import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.people.rules import AGE_BANDS, Birth, band_of, phone_tail, tidy_name

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("birth", "problem"),
    [
        (Birth(1990, 2, 28), None),
        (Birth(1990), None),
        (Birth(), None),
        (Birth(2026, 11, 24), None),
        (Birth(1990, None, 5), "incomplete"),
        (Birth(None, 5), "incomplete"),
        (Birth(1990, 2, 30), "impossible"),
        (Birth(1990, 13), "impossible"),
        (Birth(2026, 11, 25), "future"),
        (Birth(1915), "too_old"),
    ],
)
def test_a_birth_date_is_refused_only_for_a_reason(birth, problem) -> None:
    assert birth.problem(TODAY) == problem


def test_a_birthday_counts_from_the_day_itself() -> None:
    assert Birth(2008, 11, 24).age_on(TODAY) == 18
    assert Birth(2008, 11, 25).age_on(TODAY) == 17


def test_a_year_alone_gives_the_age_reached_in_that_year() -> None:
    assert Birth(2008).age_on(TODAY) == 18
    assert Birth(age_band="18_29").age_on(TODAY) is None


def test_the_recorded_band_is_used_only_without_a_year() -> None:
    assert Birth(age_band="60_plus").age_band_on(TODAY) == "60_plus"
    assert Birth(1990, age_band="60_plus").age_band_on(TODAY) == "30_44"


@given(st.integers(0, 130))
def test_every_age_lies_in_exactly_one_band(age) -> None:
    assert [code for code, low, high in AGE_BANDS if low <= age <= high] == [band_of(age)]


def test_an_impossible_age_has_no_band() -> None:
    assert band_of(-1) == "unknown"


@given(st.dates(dt.date(1920, 1, 1), TODAY), st.dates(TODAY, dt.date(2030, 1, 1)))
def test_age_never_falls_as_time_goes_on(born, later) -> None:
    birth = Birth(born.year, born.month, born.day)
    assert birth.age_on(TODAY) <= birth.age_on(later)


@given(st.text())
def test_tidying_a_name_twice_changes_nothing(text) -> None:
    assert tidy_name(tidy_name(text)) == tidy_name(text)


def test_a_phone_is_remembered_by_its_last_nine_digits() -> None:
    assert phone_tail("+998 (90) 123-45-67") == "901234567"
    assert phone_tail("12") == "12"
