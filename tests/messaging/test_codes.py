import random

from hypothesis import given
from hypothesis import strategies as st

from safar.messaging.rules import ALPHABET, CODE_LENGTH, grouped, make_code, normalise_code

codes = st.text(alphabet=ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH)


@given(codes)
def test_a_code_survives_groups_small_letters_and_spaces(code):
    assert normalise_code(grouped(code)) == code
    assert normalise_code(f"  {grouped(code).lower().replace('-', ' - ')} ") == code


def test_a_code_typed_on_a_cyrillic_keyboard_is_the_same_code():
    assert normalise_code("СКМР-ТХНЗ-2345") == "CKMPTXH32345"


def test_codes_hold_no_vowel_and_no_sign_that_is_mistaken_for_another():
    assert not set("AEIOUY01LBDGNSZ") & set(ALPHABET)
    assert len(set(make_code(random.Random(1).choice))) > 4
    assert len(make_code(random.Random(1).choice)) == CODE_LENGTH


def test_a_code_is_long_enough_that_ten_tries_an_hour_find_nothing():
    assert len(ALPHABET) ** CODE_LENGTH > 10**15
