"""Uzbek in Cyrillic is derived, and reads as people write it."""

import re

import pytest

from safar.config.translations import _KEEP, derived, exceptions, message_to_cyrillic
from tests.i18n.catalogues import catalogue, messages, sources, texts

_LATIN_WORD = re.compile(r"[A-Za-zʻʼ]{2,}")
# Signs of a keyboard and of files, kept as they are typed.
_ALLOWED = {"Ctrl", "Enter", "https", "csv", "xlsx", "localhost"}


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Konsultatsiya", "Консультация"),
        ("konsultatsiyaga", "консультацияга"),
        ("Sentabr", "Сентябрь"),
        ("aksiya", "акция"),
        ("%(count)s ta xabar", "%(count)s та хабар"),
        ("<b>Yoʻl</b> &amp; choʻl", "<b>Йўл</b> &amp; чўл"),
        ("PDF va Excel", "PDF ва Excel"),
        ("Telegram orqali yozing: help@example.org", "Telegram орқали ёзинг: help@example.org"),
        ("https://example.org/yordam bilan", "https://example.org/yordam билан"),
        ("jadval (.xlsx)", "жадвал (.xlsx)"),
        ("ro'yxat", "рўйхат"),
        ("rolingizga", "ролингизга"),
        ("Obyektlar", "Объектлар"),
    ],
)
def test_words_come_out_as_people_write_them(latin, cyrillic):
    assert message_to_cyrillic(latin) == cyrillic


def test_no_latin_word_is_left_but_what_stays_latin():
    allowed = _ALLOWED | set(exceptions()["latin"])
    left = {
        word
        for message in derived(catalogue("uz"))
        if message.id
        for text in texts(message)
        for word in _LATIN_WORD.findall(_KEEP.sub(" ", text))
    }
    assert left <= allowed, left - allowed


def test_every_corrected_message_still_exists():
    known = {sources(message)[0] for message in messages("uz")}
    assert set(exceptions()["messages"]) <= known


def test_a_message_without_uzbek_stays_without_cyrillic():
    latin = {message.id for message in messages("uz") if texts(message)}
    assert {message.id for message in derived(catalogue("uz")) if message.id and texts(message)} == latin
