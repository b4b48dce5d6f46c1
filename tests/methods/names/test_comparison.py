import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.methods.names.comparison import CAP_WITHOUT_GIVEN, compare_part, similarity
from safar.methods.names.parsing import parse_name
from safar.methods.names.transliteration import to_cyrillic
from tests.methods.names.spellings import names, uzbek

NAME = st.sampled_from(uzbek() + names("given_tg_cyrl.csv") + names("given_ky_cyrl.csv"))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("To'xtayev O'tkir", "Тўхтаев Ўткир"),
        ("To'xtayev O'tkir", "Тухтаев Уткир Анварович"),
        ("To'xtayev O'tkir", "TUKHTAEV UTKIR"),
        ("Jo'rayev Qahramon", "Джураев Кахрамон"),
        ("Хуршед Раҳимзода", "RAKHIMOV KHURSHED"),
        ("Karimov Anvar Anvar oʻgʻli", "Анвар Анварович Каримов"),
        ("Бакыт Асан уулу", "Bakyt Asanov"),
        (("Асан уулу", "Бакыт", ""), ("Asanov", "Bakyt", "")),
    ],
)
def test_one_person_under_two_spellings_scores_one(left, right):
    assert similarity(left, right).score == 1
    assert similarity(right, left).score == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Karimov Hasan", "Karimov Husan"),
        ("Karimov Aziz", "Karimova Aziza"),
        ("Karimov Rahim", "Rahimov Karim"),
        ("Karimov Ali", "Karimova Aliya"),
        ("Karimov Anvar", "Karimov Botir"),
    ],
)
def test_relatives_and_crossed_names_stay_under_what_looks_like_one_person(left, right):
    assert similarity(left, right).score <= CAP_WITHOUT_GIVEN


def test_a_lost_apostrophe_is_nearly_the_same_name():
    compared = similarity("To'xtayev O'tkir", "TOXTAYEV OTKIR")
    assert compared.score == 0.95
    assert {part.level for part in compared.parts} == {"apostrophe_lost"}


def test_reasons_name_the_part_and_both_spellings():
    compared = similarity(("Karimov", "Anvar", "Rustam"), ("Каримов", "Anvar", ""))
    assert compared.reasons == (
        "same family name in another spelling: Karimov ~ Каримов",
        "given name written the same: Anvar",
        "patronymic name is missing on one side",
    )


def test_parts_in_the_wrong_fields_are_seen_where_no_ending_tells_them_apart():
    compared = similarity(("Anvar", "Botir", ""), ("Botir", "Anvar", "Rustam"))
    assert compared.score == 0.9
    assert [part.level for part in compared.parts] == ["swapped", "swapped", "missing"]


def test_a_swap_shows_only_where_the_parts_agree():
    levels = [part.level for part in similarity(("Anvar", "Botir", ""), ("Botir", "Anvir", "")).parts]
    assert levels == ["one_vowel", "swapped"]


def test_a_different_father_lowers_the_score_without_hiding_the_pair():
    assert similarity("Karimov Anvar Rustam oʻgʻli", "Karimov Anvar Botir oʻgʻli").score == 0.85


def test_what_one_side_lacks_speaks_neither_for_nor_against():
    assert similarity("Karimov", ("Karimov", "Anvar", "")).score == pytest.approx(0.735, abs=0.001)
    assert similarity("", "Karimov").score == 0
    assert similarity("", "").score == 0


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Umida", "Umada", "one_vowel"),
        ("Hasan", "Husan", "same_consonants"),
        ("Aziz", "Aziza", "same_consonants"),
        ("Anvar", "Anfar", "one_letter"),
        ("Abdurashid", "Abdurashidbek", "similar"),
        ("Anvar", "Botir", "different"),
        ("Oy", "Uy", "apostrophe_lost"),
        ("Anvar", "", "missing"),
    ],
)
def test_levels_of_one_part(left, right, level):
    assert compare_part(left, right, "given") == level


@settings(deadline=None)
@given(NAME, NAME, NAME, NAME)
def test_the_order_of_the_two_names_does_not_matter(family, first, other_family, other):
    left, right = (f"{family}ov", first, ""), (f"{other_family}ov", other, "")
    assert similarity(left, right).score == similarity(right, left).score


@settings(deadline=None)
@given(NAME, NAME)
def test_a_name_is_one_with_itself_in_the_other_alphabet(family, first):
    name = parse_name(family, first)
    other = parse_name(to_cyrillic(family), to_cyrillic(first))
    assert similarity(name, other).score >= 0.9


@settings(deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_scores_stay_between_nothing_and_one(left, right):
    assert 0 <= similarity(left, right).score <= 1
