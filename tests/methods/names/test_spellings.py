import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.methods.names.keys import skeleton, token_key
from safar.methods.names.spellings import in_russian, language_of, spellings
from tests.methods.names.spellings import names, uzbek


def texts(name, kind, language=None):
    return [spelling.text for spelling in spellings(name, language) if spelling.kind == kind]


def test_an_uzbek_name_has_its_alphabets_the_apostrophes_russian_passport_and_gazetteer():
    assert [spelling.text for spelling in spellings("To'xtayev")] == [
        "Toʻxtayev", "Тўхтаев", "To'xtayev", "To’xtayev", "To‘xtayev", "To`xtayev", "Toxtayev", "Тухтаев", "TUKHTAEV",
        "Tŭkhtayew", "Tukhtayev",
    ]  # fmt: skip
    assert texts("Жўраев", "latin") == ["Joʻrayev"]
    assert texts("Жўраев", "passport") == ["ZHURAEV", "DZHURAEV"]
    assert texts("Maʼruf", "apostrophe")[-1] == "Maruf"


def test_a_tajik_or_kyrgyz_name_has_no_latin_alphabet_of_its_own():
    assert texts("Ҷамшед", "latin") == []
    assert texts("Ҷамшед", "russian") == ["Джамшед"]
    assert texts("Өмүрбек", "bgn") == ["Ömürbek", "Omurbek"]


@pytest.mark.parametrize(
    ("name", "language"), [("Ҷамшед", "tg"), ("Өмүрбек", "ky"), ("Әжинияз", "kaa"), ("Karim", "uz"), ("Карим", "uz")]
)
def test_the_language_is_read_off_the_letters(name, language):
    assert language_of(name) == language


def test_russian_registers_write_many_an_old_o_with_a():
    assert in_russian("Олим Ҳошимов", "uz") == ["Олим Хошимов", "Алим Хашимов"]
    assert in_russian("Бостон", "ky") == ["Бостон"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(uzbek() + names("given_tg_cyrl.csv") + names("given_ky_cyrl.csv")))
def test_the_spellings_of_a_name_share_its_skeleton(name):
    found = spellings(name)
    assert found[0].kind == "native"
    assert len({spelling.text for spelling in found}) == len(found)
    own = [each for each in found if each.kind in {"native", "cyrillic", "latin", "russian", "passport"}]
    assert {skeleton(each.text) for each in own} == {skeleton(name)}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(uzbek()))
def test_an_uzbek_name_keeps_its_key_in_both_alphabets_and_in_russian(name):
    own = [each.text for each in spellings(name) if each.kind in {"native", "cyrillic", "russian"}]
    assert {token_key(text) for text in own} == {token_key(name)}
