"""Numbers as platforms, Excel and their locales write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.campaigns.importers.numbers import LARGEST, NumberError, looks_scientific, parse_amount, parse_count

COUNTS = st.integers(0, int(LARGEST))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("18400", 18400),
        ("18,400", 18400),
        ("18.400", 18400),
        ("18 400", 18400),
        ("18\u00a0400", 18400),
        ("18\u202f400", 18400),
        ("1'234'567", 1234567),
        ("1,234,567", 1234567),
        ("10647.0", 10647),
        ("10647,00", 10647),
        (" 7 ", 7),
    ],
)
def test_a_count_is_read_whatever_separates_the_thousands(text, value):
    number = parse_count(text)
    assert (number.value, number.rounded) == (value, False)


@pytest.mark.parametrize(("text", "value"), [("1.2K", 1200), ("1,2k", 1200), ("3M", 3_000_000), ("0.15B", 150_000_000)])
def test_a_shortened_count_is_known_to_be_rounded(text, value):
    number = parse_count(text)
    assert (number.value, number.rounded) == (value, True)


@pytest.mark.parametrize("text", ["", " ", "-", "—", "N/A", "--"])
def test_an_empty_cell_is_nothing_and_not_zero(text):
    assert parse_count(text) is None
    assert parse_amount(text, ".") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-5", "negative"),
        ("−5", "negative"),
        ("1.22158E+17", "shortened_number"),
        ("1,2E5", "shortened_number"),
        ("12.5", "not_a_count"),
        ("1,23,456", "not_a_count"),
        ("1.234,567", "not_a_count"),
        ("38%", "not_a_count"),
        ("many", "not_a_count"),
        ("٣", "not_a_count"),
        ("9" * 16, "too_large"),
    ],
)
def test_what_is_not_a_count_is_refused_with_its_reason(text, code):
    with pytest.raises(NumberError) as caught:
        parse_count(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1 234,56", ",", "1234.56"),
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("0.5", ".", "0.5"),
        ("71127", ",", "71127"),
    ],
)
def test_an_amount_is_read_with_the_decimal_mark_of_its_file(text, mark, value):
    assert parse_amount(text, mark).value == Decimal(value)


@pytest.mark.parametrize(("text", "mark"), [("1,5", "."), ("1.5", ","), ("1.2K", "."), ("a", ".")])
def test_an_amount_with_the_other_mark_is_refused(text, mark):
    with pytest.raises(NumberError, match="not_an_amount"):
        parse_amount(text, mark)


@given(COUNTS, st.sampled_from([",", ".", " ", "\u00a0", "\u202f", "'", ""]))
def test_counts_go_there_and_back(value, separator):
    assert parse_count(f"{value:,}".replace(",", separator)).value == value


@given(st.decimals(0, 10**9, places=2), st.sampled_from([(",", "."), (".", ",")]))
def test_amounts_go_there_and_back(value, marks):
    mark, separator = marks
    text = f"{value:,}".translate(str.maketrans({",": separator, ".": mark}))
    assert parse_amount(text, mark).value == value


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_refused(text):
    for parse in (parse_count, lambda t: parse_amount(t, "."), lambda t: parse_amount(t, ",")):
        try:
            number = parse(text)
        except NumberError:
            continue
        assert number is None or 0 <= number.value <= LARGEST


def test_a_long_id_is_not_mistaken_for_a_ruined_one():
    assert looks_scientific("1.22158E+17")
    assert not looks_scientific("122158000000000000")
