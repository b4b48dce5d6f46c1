"""One cell at a time, by example and by property."""

import datetime as dt

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.cases.importers.register import cells, words
from safar.cases.importers.register.cells import Born, UnreadableError

ON = dt.date(2026, 3, 10)
DAYS = st.dates(dt.date(2005, 1, 1), dt.date(2035, 12, 31))
MONTHS = {
    "uz": [
        "yanvar",
        "fevral",
        "mart",
        "aprel",
        "may",
        "iyun",
        "iyul",
        "avgust",
        "sentabr",
        "oktabr",
        "noyabr",
        "dekabr",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "tg": [
        "январи",
        "феврали",
        "марти",
        "апрели",
        "майи",
        "июни",
        "июли",
        "августи",
        "сентябри",
        "октябри",
        "ноябри",
        "декабри",
    ],
}


@given(
    DAYS,
    st.sampled_from(
        [
            "{0:%d.%m.%Y}",
            "{0:%d/%m/%Y}",
            "{0:%d-%m-%Y}",
            "{0:%Y-%m-%d}",
            "{0:%d.%m.%Y} г.",
            "{0:%d.%m.%Y}y.",
            " {0:%d . %m . %Y} ",
            "{0:%d.%m.%y}",
            "{0:%Y.%m.%d}",
            "{0:%Y-%m-%d} 00:00:00",
        ]
    ),
)
def test_a_date_in_figures_means_the_same_day_however_it_is_written(day, form):
    assert cells.date_of(form.format(day)) == day


@given(
    DAYS,
    st.sampled_from(sorted(MONTHS)),
    st.sampled_from(["{d} {m} {y}", "{d}-{m} {y} yil", "{d} {m} {y} г.", "{d} {m} соли {y}", "{d} {m}, {y}"]),
)
def test_a_date_in_words_too(day, language, form):
    month = MONTHS[language][day.month - 1]
    assert cells.date_of(form.format(d=day.day, m=month, y=day.year)) == day


@given(DAYS)
def test_an_excel_serial_is_its_day_as_number_and_as_text(day):
    serial = (day - dt.date(1899, 12, 30)).days
    assert cells.date_of(serial) == cells.date_of(float(serial)) == cells.date_of(str(serial)) == day
    assert cells.date_of(dt.datetime.combine(day, dt.time(15))) == cells.date_of(day) == day


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.none(), st.booleans()))
def test_whatever_stands_in_a_cell_is_read_or_refused_and_never_breaks(value):
    for read in (
        cells.date_of,
        lambda found: cells.birth_of(found, ON),
        cells.age_of,
        lambda found: cells.phones_of(found, "UZ"),
        cells.consent_of,
    ):
        try:
            read(value)
        except UnreadableError:
            continue


@pytest.mark.parametrize(
    "text", ["31.02.2026", "soon", "12.13.14.15", 5, float("nan"), "99", "12 brumaire 2026", "12 mart", "-"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(UnreadableError):
        cells.date_of(text)


def test_an_american_date_is_read_where_it_can_mean_only_one_day():
    assert cells.date_of("03/25/2026") == dt.date(2026, 3, 25)
    assert cells.date_of("03/04/2026") == dt.date(2026, 4, 3)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1990, Born(1990)),
        (1990.0, Born(1990)),
        ("1990-yil", Born(1990)),
        ("1990 г.р.", Born(1990)),
        ("90", Born(1990)),
        ("04", Born(2004)),
        ("12.05.1990", Born(1990, 5, 12)),
        ("12.05.90", Born(1990, 5, 12)),
        ("12.05.04", Born(2004, 5, 12)),
        (dt.datetime(1990, 5, 12, tzinfo=dt.UTC), Born(1990, 5, 12)),
        ("", None),
        (None, None),
    ],
)
def test_a_birth_is_read_as_far_as_it_is_known(value, expected):
    assert cells.birth_of(value, ON) == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1890", "birth_impossible"),
        ("young", "birth_unreadable"),
        ("12.05.2030", "birth_impossible"),
        (2031, "birth_unreadable"),
    ],
)
def test_nobody_was_born_then(value, code):
    with pytest.raises(UnreadableError) as refused:
        cells.birth_of(value, ON)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("value", "age"), [(34, 34), (34.0, 34), ("34 yosh", 34), ("34 лет", 34), ("", None), ("27сола", 27)]
)
def test_an_age(value, age):
    assert cells.age_of(value) == age


@pytest.mark.parametrize("value", ["350", "young", 0, "30-40"])
def test_no_age(value):
    with pytest.raises(UnreadableError):
        cells.age_of(value)


NUMBERS = st.builds(
    lambda prefix, rest: f"{prefix}{rest:07d}",
    st.sampled_from(["90", "91", "93", "94", "97", "99"]),
    st.integers(0, 9_999_999),
)
FORMS = [
    "+998{0}",
    "998{0}",
    "{0}",
    "8{0}",
    "+998 {1} {2} {3} {4}",
    "({1}) {2}-{3}-{4}",
    "{1}-{2}-{3}-{4}",
    "998{0}.0",
    "+998-{1}-{0[2]}{0[3]}{0[4]}-{3}-{4}",
    "8 {1} {2} {3} {4}",
    "tel: {1} {2} {3} {4}",
]


@given(NUMBERS, st.sampled_from(FORMS))
def test_a_phone_is_one_number_however_it_is_written(number, form):
    text = form.format(number, number[:2], number[2:5], number[5:7], number[7:])
    assert cells.phones_of(text, "UZ") == [f"+998{number}"]


@given(NUMBERS)
def test_what_excel_made_of_a_phone_is_undone(number):
    assert cells.phones_of(float(f"998{number}"), "UZ") == [f"+998{number}"]
    assert cells.phones_of(int(number), "UZ") == [f"+998{number}"]
    assert phonenumbers.is_possible_number(phonenumbers.parse(f"+998{number}"))


@given(NUMBERS, NUMBERS, st.sampled_from([", ", "; ", " / ", "\n", "   ", " va ", " и "]))
def test_two_numbers_of_one_cell_are_two(one, two, between):
    assert cells.phones_of(f"{one}{between}{two}", "UZ") == list(dict.fromkeys([f"+998{one}", f"+998{two}"]))


@pytest.mark.parametrize("text", ["9.98901E+11", "9,98901E+11", "9.98901234E11"])
def test_digits_excel_threw_away_are_not_invented(text):
    with pytest.raises(UnreadableError) as refused:
        cells.phones_of(text, "UZ")
    assert refused.value.code == "phone_digits_lost"


@pytest.mark.parametrize("text", ["12", "none", "tel uy", "999"])
def test_no_phone(text):
    with pytest.raises(UnreadableError):
        cells.phones_of(text, "UZ")


def test_a_number_dialled_the_old_way_or_from_another_country():
    assert cells.phones_of("810998901234567", "UZ") == ["+998901234567"]
    assert cells.phones_of("+7 916 123-45-67", "UZ") == ["+79161234567"]
    assert cells.phones_of(None, "UZ") == []


@pytest.mark.parametrize(
    ("male", "female"),
    [("erkak", "ayol"), ("Эркак", "Аёл"), ("муж.", "жен."), ("М", "Ж"), ("мард", "зан"), ("M", "F"), ("E", "A")],
)
def test_men_and_women_in_three_languages(male, female):
    assert (cells.word_of(male, "sex"), cells.word_of(female, "sex")) == ("male", "female")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ha", True),
        ("+", True),
        ("✓", True),
        ("Да", True),
        ("бале", True),
        (1, True),
        ("yoʻq", False),
        ("yo'q", False),
        ("-", False),
        ("нет", False),
        ("не согласна", False),
        ("", None),
        (None, None),
    ],
)
def test_consent(value, expected):
    assert cells.consent_of(value) is expected


def test_a_word_nobody_listed_is_refused_unless_our_code_lists_have_it():
    with pytest.raises(UnreadableError) as refused:
        cells.word_of("pigeon", "mode")
    assert refused.value.code == "mode_unknown"
    assert cells.word_of("Pigeon post", "mode", {"pigeon post": "letter"}) == "letter"


def test_folding_makes_one_spelling_of_many():
    assert words.fold("  Toʻliq\nISMI: ") == words.fold("to'liq ismi") == "toliq ismi"
    assert words.fold(None) == ""
    assert words.longest("unknown words", words.column_words()) is None
