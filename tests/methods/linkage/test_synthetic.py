import datetime as dt
from collections import Counter
from dataclasses import fields
from itertools import islice, pairwise
from random import Random

import pytest

from safar.methods.linkage.families import Person, family_name, people
from safar.methods.linkage.spelling import APOSTROPHE_FORMS, slip, spellings
from safar.methods.linkage.synthetic import COLUMNS, Mishaps, Row, records, registry

NONE = Mishaps(**{field.name: 0.0 for field in fields(Mishaps)})


def test_the_same_seed_gives_the_same_registry_and_another_seed_another():
    assert list(registry(60, 5)) == list(registry(60, 5))
    assert list(registry(60, 5)) != list(registry(60, 6))


def test_records_of_one_person_are_as_many_as_the_page_says():
    copies = Counter(row.pid for row in registry(8000, 3))
    shares = Counter(copies.values())
    assert shares[1] / 8000 == pytest.approx(0.82, abs=0.02)
    assert shares[2] / 8000 == pytest.approx(0.13, abs=0.02)
    assert set(shares) <= {1, 2, 3, 4}


def test_the_first_records_are_those_of_the_registry():
    assert list(records(30, 4)) == list(islice(registry(30, 4), 30))


def test_columns_are_those_of_the_rows_without_the_truth():
    assert (*COLUMNS, "pid") == Row._fields


def test_without_mishaps_every_field_is_there_and_dates_are_true():
    for row in registry(200, 8, NONE):
        assert all((*row[1:3], *row[4:9])), row  # after "uulu" no father is named
        assert dt.date(1950, 1, 1) <= dt.date.fromisoformat(row.dob) < dt.date(2010, 1, 1)


def test_mishaps_happen_as_often_as_they_are_asked_for():
    rows = list(registry(4000, 9))
    assert sum(not row.dob for row in rows) / len(rows) == pytest.approx(0.04, abs=0.015)
    assert sum(len(row.dob) == 4 for row in rows) / len(rows) == pytest.approx(0.115, abs=0.02)
    assert sum(not row.passport for row in rows) / len(rows) == pytest.approx(0.62, abs=0.03)
    assert sum(not row.given for row in rows) / len(rows) == pytest.approx(0.02, abs=0.01)


def test_siblings_share_surname_and_father_and_differ_in_the_given_name():
    siblings = [
        (one, two)
        for one, two in pairwise(people(3000, Random(2)))
        if one.father == two.father and one.root == two.root
    ]
    assert len(siblings) / 3000 == pytest.approx(0.13, abs=0.03)
    assert all(one.given != two.given for one, two in siblings)
    assert any(one.birth == two.birth for one, two in siblings)
    assert any(one.phone != two.phone for one, two in siblings)


def person(**wanted):
    usual = {"pid": 0, "language": "uz", "sex": "male", "root": "Toʻxta", "form": "ov", "given": "Oʻtkir", "father": "Anvar",
             "birth": dt.date(1980, 2, 3), "phone": "", "passport": "", "district": ""}  # fmt: skip
    return Person(**{**usual, **wanted})


@pytest.mark.parametrize(
    ("root", "form", "sex", "language", "expected"),
    [
        ("Toʻxta", "ov", "male", "uz", "Toʻxtayev"),
        ("Ergashboy", "ov", "female", "uz", "Ergashboyeva"),
        ("Karim", "ov", "female", "uz", "Karimova"),
        ("Раҳим", "zoda", "female", "tg", "Раҳимзода"),
        ("Асан", "uulu", "male", "ky", "Асан уулу"),
        ("Асан", "uulu", "female", "ky", "Асан кызы"),
        ("Байтемир", "ov", "female", "ky", "Байтемирова"),
        ("Сатыбай", "ov", "male", "ky", "Сатыбаев"),
        ("Иванов", "as_is", "female", "ru", "Иванова"),
        ("Ким", "as_is", "female", "ru", "Ким"),
    ],
)
def test_surnames_end_as_their_language_and_sex_ask(root, form, sex, language, expected):
    assert family_name(root, form, sex, language) == expected


def test_an_uzbek_name_is_written_with_every_apostrophe_and_without():
    written = set(spellings("Oʻtkir", "uz", "latin"))
    assert {f"O{form}tkir" for form in APOSTROPHE_FORMS} | {"Otkir"} == written


@pytest.mark.parametrize(
    ("native", "language", "channel", "one_of"),
    [
        ("Oʻtkir", "uz", "cyrillic", "Ўткир"),
        ("Joʻrayev", "uz", "russian", "Джураев"),
        ("Rahmon", "uz", "russian", "Рахман"),
        ("Toʻxtayev", "uz", "passport", "TUKHTAEV"),
        ("Oʻtkir", "uz", "passport", "OTKIR"),
        ("Gʻayrat", "uz", "english", "Ghayrat"),
        ("Ҷамшед", "tg", "russian", "Джамшед"),
        ("Ҷамшед", "tg", "passport", "JAMSHED"),
        ("Жоомарт", "ky", "english", "Joomart"),
        ("Жоомарт", "ky", "latin", "Joomart"),
        ("Фёдоров", "ru", "russian", "Федоров"),
        ("Юлия", "ru", "passport", "IULIIA"),
        ("Юлия", "ru", "english", "Yuliya"),
    ],
)
def test_names_are_written_as_clerks_of_that_habit_do(native, language, channel, one_of):
    assert one_of in spellings(native, language, channel)


@pytest.mark.parametrize("text", ["Karimov", "Каримов", "Oʻtkir", "KARIMOV"])
def test_a_slip_changes_a_word_by_two_places_at_most(text):
    rng = Random(1)
    slipped = {slip(text, rng) for _ in range(200)}
    assert len(slipped) > 10
    assert all(abs(len(word) - len(text)) <= 1 for word in slipped)


def test_a_word_of_two_letters_has_no_slip():
    assert slip("Li", Random(1)) == "Li"
