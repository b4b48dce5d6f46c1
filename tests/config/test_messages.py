"""Collecting finds what people read, keeps what is translated and drops what is gone."""

import pytest

from safar.config import messages
from safar.config.translations import read_catalogue


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Give a small package with code and a template, and a folder of its own for catalogues."""
    folder = tmp_path / "package"
    (folder / "templates").mkdir(parents=True)
    (folder / "labels.py").write_text(
        'from x import _, ngettext, pgettext\n_("Save")\nngettext("%(n)s row", "%(n)s rows", 2)\npgettext("unit", "rows")\n'
        'plain = "not a message"\n',
        encoding="utf-8",
    )
    (folder / "templates" / "page.html").write_text(
        "{% translate 'Say “yes” (or no)' %}{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
        encoding="utf-8",
    )
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    return folder


def test_messages_of_code_and_templates_are_found(package):
    found = messages.collect(package)
    assert {(message.context, message.text, message.plural) for message in found.values()} == {
        ("", "Save", ""),
        ("", "%(n)s row", "%(n)s rows"),
        ("unit", "rows", ""),
        ("", "Say “yes” (or no)", ""),
        ("", "%(n)s day", "%(n)s days"),
    }
    assert found["", "Save"].places == {"labels.py"}


def test_a_translation_is_kept_and_a_message_that_is_gone_leaves(package):
    catalogue = messages.update("ru", package)
    catalogue.get("Save").string = "Сохранить"
    catalogue.get("rows", context="unit").string = "строк"
    path = messages.LOCALE / "ru" / "LC_MESSAGES" / "django.po"
    messages.write_catalogue(catalogue, path)
    (package / "templates" / "page.html").write_text("{% translate 'New' %}", encoding="utf-8")
    messages.update("ru", package)
    held = {(message.context or "", str(message.id)): message.string for message in read_catalogue(path) if message.id}
    assert held["", "Save"] == "Сохранить"
    assert held["unit", "rows"] == "строк"
    assert held["", "New"] == ""
    assert ("", "Say “yes” (or no)") not in held


@pytest.mark.parametrize(("language", "forms"), [("ru", 3), ("uz", 1)])
def test_a_new_catalogue_has_the_plural_forms_of_its_language(package, language, forms):
    messages.update(language, package)
    assert read_catalogue(messages.LOCALE / language / "LC_MESSAGES" / "django.po").num_plurals == forms


def test_collecting_twice_changes_nothing(package):
    messages.update("uz", package)
    path = messages.LOCALE / "uz" / "LC_MESSAGES" / "django.po"
    first = path.read_bytes()
    messages.update("uz", package)
    assert path.read_bytes() == first
    assert b"EMAIL" not in first
    assert b"Date" not in first
