"""Rules for the documents as a whole."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from tests.docs.documents import DOCS, DOCUMENTS, ROOT, name, text

# Written apart so that this file does not hold what it forbids.
MACHINE = re.compile("(?:^|[\\s`'\"(=])/(?:wor" + "k|tm" + "p|roo" + "t|hom" + "e)/")
PUT_OFF = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|TB" + r"D|lorem)\b")
DOMAINS = sorted(
    config.label
    for config in apps.get_app_configs()
    if config.name.startswith("safar.")
    and config.label not in {"kernel", "ui", "config", "demo", "desk", "portal", "field", "api"}
)


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_document_knows_no_machine_and_puts_nothing_off(path: Path) -> None:
    assert MACHINE.findall(text(path)) == []
    quoted = {"CONTRIBUTING.md"}  # it forbids the words by naming them
    assert name(path) in quoted or PUT_OFF.findall(text(path)) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_document_has_one_title(path: Path) -> None:
    plain = re.sub(r"^```.*?^```", "", text(path), flags=re.MULTILINE | re.DOTALL)
    assert len(re.findall(r"^# ", plain, re.MULTILINE)) == 1


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_changelog_says_what_each_domain_does(domain: str) -> None:
    unreleased = text(ROOT / "CHANGELOG.md").split("## Unreleased")[1].split("\n## ")[0]
    assert f"**{domain}**" in unreleased


def test_decisions_are_numbered_without_gaps_and_titled_as_their_files() -> None:
    files = sorted((DOCS / "adr").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in files] == list(range(1, len(files) + 1))
    assert all(text(path).startswith(f"# {path.name[:4]} ") for path in files)


def test_every_picture_shown_was_taken() -> None:
    shown = {link for path in DOCUMENTS for link in re.findall(r"screenshots/([\w-]+\.png)", text(path))}
    assert shown <= {path.name for path in (DOCS / "screenshots").glob("*.png")}
