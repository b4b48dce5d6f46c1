import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.methods.names.scripts import Script, detect, normalise, repair_mixed, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Toʻxtayev", Script.LATIN),
        ("Тўхтаев", Script.CYRILLIC),
        ("Өмүрбек", Script.CYRILLIC),
        ("محمد", Script.ARABIC),
        ("Ali Алиев", Script.MIXED),
        ("12 ʻ", Script.NONE),
        ("", Script.NONE),
        ("日本", Script.NONE),
    ],
)
def test_a_script_is_recognised_by_its_letters(text, script):
    assert detect(text) is script


def test_a_record_keeps_an_empty_script_when_there_is_no_letter():
    assert script_of("1990") == ""
    assert script_of("Ғофур") == "Cyrl"


@pytest.mark.parametrize("sign", "ʻʼ'’‘`´ʹ")
def test_every_apostrophe_of_every_keyboard_gives_one_spelling(sign):
    assert normalise(f"O{sign}g{sign}il  Ra{sign}no") == "Oʻgʻil Raʼno"


def test_a_latin_letter_in_a_cyrillic_word_is_repaired_and_the_other_way_round():
    assert normalise("Улугноpский") == "Улугнорский"
    assert normalise("Kаrim") == "Karim"
    assert detect(repair_mixed("Xасан")) is Script.CYRILLIC


def test_a_word_that_cannot_be_repaired_is_left_as_it_was():
    assert repair_mixed("Жgд") == "Жgд"
    assert repair_mixed("Karim") == "Karim"


def test_a_tie_of_letters_falls_back_to_the_other_script():
    assert repair_mixed("Zа") == "Za"


@settings(deadline=None)
@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
