"""Compiling writes what the program reads, Django's own texts included."""

import gettext

import pytest

from safar.config import translations
from safar.config.messages import write_catalogue


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    """Give the compiled catalogues of two messages, one of them without Uzbek."""
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    (tmp_path / "uz_Cyrl_exceptions.yaml").write_text(
        "messages: {Ask: Сўранг}\nwords: {ombor: омборхона}\nlatin: [Safar]\n", encoding="utf-8"
    )
    translations.exceptions.cache_clear()
    for language, texts in {"ru": {"Ask": "Спросить", "Leave": "Уйти"}, "uz": {"Ask": "Soʻrash", "Leave": ""}}.items():
        catalogue = translations.Catalog(locale=language)
        if language == "uz":
            catalogue.mime_headers = [("Plural-Forms", translations.NO_PLURAL)]
        for msgid, text in texts.items():
            catalogue.add(msgid, text)
        write_catalogue(catalogue, tmp_path / language / "LC_MESSAGES" / "django.po")
    translations.compile_all()

    def read(language: str) -> gettext.GNUTranslations:
        with (tmp_path / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
            return gettext.GNUTranslations(file)

    yield read
    translations.exceptions.cache_clear()


def test_every_language_is_compiled_and_cyrillic_takes_corrections(compiled):
    assert compiled("ru").gettext("Ask") == "Спросить"
    assert compiled("uz").gettext("Ask") == "Soʻrash"
    assert compiled("uz_Cyrl").gettext("Ask") == "Сўранг"


def test_a_message_without_uzbek_stays_english(compiled):
    assert compiled("uz").gettext("Leave") == "Leave"
    assert compiled("uz_Cyrl").gettext("Leave") == "Leave"


def test_the_framework_speaks_uzbek_in_house_spelling(compiled):
    assert compiled("uz").gettext("This field is required.") == "Ushbu maydon toʻldirilishi shart."
    assert compiled("uz_Cyrl").gettext("This field is required.") == "Ушбу майдон тўлдирилиши шарт."


def test_a_listed_word_keeps_its_capital_and_takes_endings(compiled):
    assert translations.message_to_cyrillic("Omborda Safar va omborlar") == "Омборхонада Safar ва омборхоналар"


def test_what_has_not_changed_is_not_written_again(compiled):
    path = translations.LOCALE / "ru" / "LC_MESSAGES" / "django.mo"
    before = path.stat().st_mtime_ns
    translations.compile_all()
    assert path.stat().st_mtime_ns == before
