"""The catalogues are whole, in step with the code, and change nothing but words."""

import re
from collections import Counter

import pytest

from safar.config.messages import collect
from safar.config.translations import LOCALE
from tests.i18n.catalogues import COMMAND, catalogue, is_public, messages, sources, texts, translated

LANGUAGES = ["ru", "uz"]
_PLACEHOLDER = re.compile(r"%\([a-zA-Z_]+\)[a-z]|%%|\{[a-z_]*\}")
_MARKUP = re.compile(r"<[^>]+>|&[a-z]+;")

_WRONG_APOSTROPHE = re.compile(r"(?<=[a-zA-Z])['’‘`´ʹ](?=[a-zA-Z])|(?<=[oOgG])ʼ(?=[a-z])|(?<![oOgG])ʻ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_the_messages_of_the_code_and_no_others(language):
    in_code = {(context, text) for context, text in collect()}
    in_file = {(message.context or "", sources(message)[0]) for message in messages(language)}
    assert not in_code ^ in_file, COMMAND


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_names_the_files_it_stands_in(language):
    in_code = {(context, text): found.places for (context, text), found in collect().items()}
    held = {
        (message.context or "", sources(message)[0]): {place for place, _line in message.locations}
        for message in messages(language)
    }
    assert {key: places for key, places in held.items() if in_code.get(key) != places} == {}, COMMAND


def test_every_message_is_in_russian():
    assert [sources(message)[0] for message in messages("ru") if not texts(message)] == [], COMMAND


def test_every_message_the_public_meets_is_in_uzbek():
    missing = [sources(message)[0] for message in messages("uz") if is_public(message) and not texts(message)]
    assert missing == [], COMMAND


@pytest.mark.parametrize(("language", "forms"), [("ru", 3), ("uz", 1)])
def test_a_counted_message_has_every_form_of_its_language(language, forms):
    counted = [message for message in messages(language) if isinstance(message.id, (tuple, list))]
    assert counted
    assert {len(message.string) for message in counted} == {forms}
    assert catalogue(language).num_plurals == forms


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language):
    wrong = [
        (source, text)
        for message in translated(language)
        for text in texts(message)
        for source in [sources(message)[-1]]
        if Counter(_PLACEHOLDER.findall(text)) != Counter(_PLACEHOLDER.findall(source))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_survives_translation(language):
    wrong = [
        (sources(message)[0], text)
        for message in translated(language)
        for text in texts(message)
        if sorted(_MARKUP.findall(text)) != sorted(_MARKUP.findall(sources(message)[-1]))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_and_spaces_at_the_edges_survive_translation(language):
    def edges(text: str) -> tuple[bool, bool, int]:
        return text[:1].isspace(), text[-1:].isspace(), text.count("\n")

    wrong = [
        (sources(message)[0], text)
        for message in translated(language)
        for text in texts(message)
        if edges(text) != edges(sources(message)[-1])
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_colon_a_question_or_an_ellipsis_at_the_end_survives_translation(language):
    wrong = [
        (sources(message)[0], text)
        for message in translated(language)
        for text in texts(message)
        for sign in ":?"
        if sources(message)[-1].endswith(sign) != text.endswith(sign)
    ]
    assert wrong == []


def test_russian_has_no_foreign_quotation_marks():
    wrong = [
        text for message in translated("ru") for text in texts(message) if re.search('[“”„"]', _MARKUP.sub("", text))
    ]
    assert wrong == []


def test_uzbek_writes_its_two_signs_as_the_alphabet_does():
    wrong = [text for message in translated("uz") for text in texts(message) if _WRONG_APOSTROPHE.search(text)]
    assert wrong == []


def test_uzbek_in_latin_holds_no_cyrillic_letter_and_russian_no_mixed_word():
    assert [text for message in translated("uz") for text in texts(message) if re.search("[а-яёА-ЯЁ]", text)] == []
    mixed = re.compile("[а-яё][a-z]|[a-z][а-яё]", re.IGNORECASE)
    bare = [_PLACEHOLDER.sub("", text) for message in translated("ru") for text in texts(message)]
    assert [text for text in bare if mixed.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_names_no_invented_address(language):

    path_text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    head = path_text.split("\n\n", 1)[0]
    assert "EMAIL@ADDRESS" not in head
    assert "LL@li.org" not in head
    assert head.splitlines()[0].startswith("# Safar in ")
