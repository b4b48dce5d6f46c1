import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from safar.kernel.multilingual import FALLBACKS, Multilingual, MultilingualField

LANGUAGES = ["en", "ru", "uz", "uz-cyrl", "kaa", "tg", "ky", "kk"]
texts = st.dictionaries(st.sampled_from(LANGUAGES), st.text(min_size=1, max_size=8))


@given(texts, st.sampled_from(LANGUAGES))
def test_a_text_that_exists_in_the_language_is_the_one_shown(held: dict[str, str], language: str) -> None:
    if language in held:
        assert Multilingual(held).text(language) == held[language]


@given(texts, st.sampled_from(LANGUAGES))
def test_a_reader_always_gets_some_text_while_there_is_any(held: dict[str, str], language: str) -> None:
    assert bool(Multilingual(held).text(language)) == bool(held)


@given(texts, st.sampled_from(LANGUAGES))
def test_the_language_that_is_named_is_the_one_of_the_text(held: dict[str, str], language: str) -> None:
    name = Multilingual(held)
    if held:
        assert name.text(language) == held[name.language_used(language)]


@given(texts, st.sampled_from(LANGUAGES))
def test_a_nearer_language_wins_over_a_farther_one(held: dict[str, str], language: str) -> None:
    order = [language, *FALLBACKS.get(language, ()), "en"]
    nearest = next((each for each in order if each in held), None)
    if nearest:
        assert Multilingual(held).language_used(language) == nearest


@given(st.dictionaries(st.sampled_from(LANGUAGES), st.text(max_size=3)))
def test_empty_texts_are_not_kept(held: dict[str, str]) -> None:
    assert dict(Multilingual(held)) == {language: text for language, text in held.items() if text}


@given(texts)
def test_what_is_stored_comes_back(held: dict[str, str]) -> None:
    field = MultilingualField()
    assert field.to_python(Multilingual(held)) == field.to_python(held) == held
    assert field.get_prep_value(Multilingual(held)) == held
    assert field.get_prep_value(None) == {}


@pytest.mark.parametrize(
    ("language", "shown"), [("ru", "Бишкек"), ("uz", "Бишкек"), ("ky", "Бишкек шаары"), ("en", "Bishkek")]
)
def test_str_follows_the_active_language(language: str, shown: str) -> None:
    name = Multilingual({"en": "Bishkek", "ru": "Бишкек", "ky": "Бишкек шаары"})
    with translation.override(language):
        assert str(name) == shown


def test_nothing_at_all_is_an_empty_text() -> None:
    assert str(Multilingual()) == ""
    assert len(Multilingual(None)) == 0
    assert repr(Multilingual({"en": "x"})) == "Multilingual({'en': 'x'})"
