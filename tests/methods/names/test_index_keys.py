import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.methods.names.keys import (
    are_near,
    index_keys,
    pair_key,
    query_index_keys,
    query_skeletons,
    skeleton,
    vocabulary,
)
from safar.methods.names.transliteration import to_cyrillic
from tests.methods.names.spellings import names, uzbek

NAME = st.sampled_from(uzbek() + names("given_tg_cyrl.csv") + names("given_ky_cyrl.csv"))
BONES = st.text("Abvgdkmnrsx", min_size=3, max_size=8)


def test_a_name_of_three_parts_has_three_keys_whatever_the_script_and_the_fields():
    keys = index_keys("To'xtayev", "O'tkir", "Anvar o'g'li")
    assert len(set(keys)) == 3
    assert set(keys) == set(index_keys("Уткир", "ТУХТАЕВ", "Анварович"))
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_keys_are_stable_for_ever():
    assert pair_key("thd", "Atkr") == pair_key("Atkr", "thd") == 7445764295348717887


def test_a_name_of_one_part_has_one_key():
    assert index_keys("Anvar", "") == query_index_keys("Анвар") == [pair_key("Anvr", "")]
    assert index_keys("", "") == []


def test_a_given_name_in_two_words_is_found_by_each_of_them():
    held = set(index_keys("Karimov", "Mir Said"))
    assert all(held & set(query_index_keys(typed)) for typed in ("Karimov Mir", "Said Karimov", "Karimov Mirsaid"))


def test_the_pair_of_family_and_given_is_asked_first():
    assert query_index_keys("Уткир Анварович Тухтаев")[0] == index_keys("To'xtayev", "O'tkir")[0]
    assert query_index_keys(("Тухтаев", "Уткир", "")) == index_keys("To'xtayev", "O'tkir")


def test_neighbours_of_the_vocabulary_replace_the_parts_they_are_near_to():
    near = {skeleton("Karimof"): ["krm"], skeleton("Anvor"): []}
    keys = query_index_keys("Karimof Anvor", near)
    assert keys == index_keys("Karimov", "Anvar")
    assert query_index_keys("Karimov Anvar", {"krm": ["krn"], "Anvr": ["Anbr"]}) == [
        pair_key("krm", "Anbr"),
        pair_key("krn", "Anvr"),
        pair_key("krn", "Anbr"),
    ]


def test_skeletons_of_a_query_come_once_each():
    assert query_skeletons("Karimov Anvar Anvarovich") == ["krm", "Anvr"]
    assert query_skeletons(("Karimov", "Mir Said", "")) == ["krm", "mrsd", "mr", "sd"]


@pytest.mark.parametrize(
    ("bones", "other", "near"),
    [("krm", "krm", True), ("krm", "kmr", True), ("krm", "krmv", True), ("krm", "kdm", True), ("krm", "kdn", False)],
)
def test_one_slip_is_near_and_two_are_not(bones, other, near):
    assert are_near(bones, other) is near


def test_a_skeleton_of_two_signs_has_no_neighbours():
    assert vocabulary("kr") == ["kr"]
    assert vocabulary("krm") == ["krm", "rm", "km", "kr"]


@settings(max_examples=50, deadline=None)
@given(BONES, BONES)
def test_near_skeletons_share_a_row_of_the_vocabulary(bones, other):
    slipped = bones[:1] + other[:1] + bones[2:]
    assert are_near(bones, slipped)
    assert set(vocabulary(bones)) & set(vocabulary(slipped))
    if are_near(bones, other):
        assert set(vocabulary(bones)) & set(vocabulary(other))


@settings(max_examples=50, deadline=None)
@given(NAME, NAME, NAME)
def test_index_keys_know_neither_script_nor_order(family, first, father):
    held = index_keys(f"{family}ov", first, father)
    assert set(held) == set(index_keys(to_cyrillic(first), to_cyrillic(f"{family}ov"), to_cyrillic(father)))
    assert set(query_index_keys((f"{family}ov", first, father))) == set(held)
