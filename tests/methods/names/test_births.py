import pytest

from safar.methods.names.births import Birth, compare_births, contradict, read_birth


def day(text):
    return Birth(*(int(part) for part in text.split("-"))) if text else Birth()


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("1990-05-03", "1990-05-03", "same_date"),
        ("1990-05-03", "1990-03-05", "swapped"),
        ("1990-05-03", "1990-05-08", "one_digit"),
        ("1990-05-03", "1909-05-03", "one_digit"),
        ("1990-05-03", "1990-05-30", "one_digit"),
        ("1990-05-03", "1972-05-03", "same_day"),
        ("1990-05-03", "1990-11-28", "same_year"),
        ("1990-05-03", "1991-11-28", "different"),
        ("1990-05-03", "1990", "same_year"),
        ("1990-05-03", "1990-01-01", "same_year"),
        ("1990-01-01", "1990-01-01", "same_year"),
        ("1990-05-03", "1990-05", "same_month"),
        ("1990-05-03", "1990-06", "same_year"),
        ("1990-05-03", "1991", "near_year"),
        ("1990", "1999", "different"),
        ("1990-05-03", "", "missing"),
        ("", "", "missing"),
    ],
)
def test_levels_of_a_birth(left, right, level):
    assert compare_births(day(left), day(right)) == level
    assert compare_births(day(right), day(left)) == level


@pytest.mark.parametrize(
    ("left", "right", "contradicts"),
    [
        ("1990-05-03", "1991-11-28", True),
        ("1990-05-03", "1990-11-28", False),
        ("1990-05-03", "1980-05-08", False),
        ("1990-05-03", "1972-11-28", True),
        ("1990", "1962", True),
        ("1990", "1980", False),
        ("1990", "1991", False),
        ("", "1990", False),
    ],
)
def test_dates_contradict_when_no_slip_explains_them(left, right, contradicts):
    assert contradict(day(left), day(right)) is contradicts


def test_a_birth_is_written_as_far_as_it_is_known():
    assert [str(day(text)) for text in ("1990-05-03", "1990-05", "1990", "")] == ["1990-05-03", "1990-05", "1990", ""]


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("1985-03-07", Birth(1985, 3, 7)),
        ("07.03.1985", Birth(1985, 3, 7)),
        ("7/3/1985", Birth(1985, 3, 7)),
        ("1985-03", Birth(1985, 3)),
        ("03.1985", Birth(1985, 3)),
        (" 1985 ", Birth(1985)),
        ("1985-00-00", Birth(1985)),
        ("00.03.1985", Birth(1985, 3)),
        ("00.00.1985", Birth(1985)),
        ("", Birth()),
    ],
)
def test_a_birth_is_read_as_registers_write_it(text, birth):
    assert read_birth(text) == birth


@pytest.mark.parametrize("text", ["31.02.1990", "1990-13-01", "0000", "07.03.85", "soon", "1990-05-03 x"])
def test_what_no_calendar_has_is_refused(text):
    with pytest.raises(ValueError, match="date of birth"):
        read_birth(text)
