"""What a reader sees: our words, Django's own words and months, in the language chosen."""

import pytest
from django.test import Client
from django.utils.translation import gettext, ngettext, override

SENTENCES = {
    "en": "Going abroad to work, or coming home?",
    "ru": "Едете работать за рубеж или возвращаетесь домой?",
    "uz": "Chet elga ishlashga ketyapsizmi yoki uyga qaytyapsizmi?",
    "uz-cyrl": "Чет элга ишлашга кетяпсизми ёки уйга қайтяпсизми?",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_the_first_public_page_speaks_the_language_of_its_address(language, sentence):
    assert sentence in Client().get(f"/{language}/", headers={"Accept-Encoding": "identity"}).content.decode()


@pytest.mark.parametrize(
    ("language", "required", "month"),
    [
        ("ru", "Обязательное поле.", "Сентябрь"),
        ("uz", "Ushbu maydon toʻldirilishi shart.", "Sentabr"),
        ("uz-cyrl", "Ушбу майдон тўлдирилиши шарт.", "Сентябрь"),
    ],
)
def test_what_the_framework_says_is_in_the_language_too(language, required, month):
    with override(language):
        assert gettext("This field is required.") == required
        assert gettext("September") == month


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ru", ["Осталось %(left)s место", "Осталось %(left)s места", "Осталось %(left)s мест"]),
        ("uz", ["%(left)s ta joy qoldi"] * 3),
        ("uz-cyrl", ["%(left)s та жой қолди"] * 3),
    ],
)
def test_counts_take_the_form_of_their_number(language, forms):
    with override(language):
        assert [ngettext("%(left)s place left", "%(left)s places left", count) for count in (21, 22, 25)] == forms
