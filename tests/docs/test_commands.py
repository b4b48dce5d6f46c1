"""What people are told to type exists: commands, their options, environment variables, targets of make."""

import argparse
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from safar.config import analyst_link, analyst_names
from safar.config.command import _parser
from tests.docs.documents import DOCS, DOCUMENTS, PACKAGE, ROOT, name, rows, text

TYPED = re.compile(r"\./safar ([a-z]+)([^\n`;|&]*)")
VARIABLE = re.compile(r"\b(SAFAR_[A-Z_]+[A-Z])\b")
CONFIG = "\n".join(text(path) for path in sorted((PACKAGE / "config").rglob("*.py")))
# What stands in for the secret until the start script has made one; nobody should be told it as a default.
NOT_TOLD = "not-secret"
READ = set(re.findall(r'"(SAFAR_[A-Z_]+|DJANGO_SETTINGS_MODULE)"', CONFIG))
TABLE = {row[0].strip("`"): row for row in rows(DOCS / "how-to" / "run-a-centre.md") if row[0].startswith("`")}


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    groups = parser._subparsers._group_actions if parser._subparsers else []
    return {name: one for group in groups for name, one in group.choices.items()}


COMMANDS = subcommands(_parser()) | {"names": analyst_names._parser(), "link": analyst_link._parser()}


def unknown(command: str, words: str) -> list[str]:
    """Return what a line tells people to type and the program does not know."""
    if command not in COMMANDS:
        return [command]
    if command == "test":
        return []
    if command == "manage":
        wanted = re.match(r" ([a-z_]+)", words)
        return [wanted[1]] if wanted and wanted[1] not in get_commands() else []
    parser = COMMANDS[command]
    if command in {"import", "names"} and (kind := re.match(r" (\w+)", words)):
        if kind[1] not in subcommands(parser):
            return [kind[1]]
        parser = subcommands(parser)[kind[1]]
    return [
        option
        for option in re.findall(r"--[a-z0-9-]+", words.partition("#")[0])
        if option not in parser._option_string_actions
    ]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_command_and_option_exists(path: Path) -> None:
    typed = TYPED.findall(text(path))
    assert [word for command, words in typed for word in unknown(command, words)] == []


def test_a_command_nobody_has_is_noticed() -> None:
    assert unknown("dance", "") == ["dance"]
    assert unknown("demo", " --nowhere") == ["--nowhere"]
    assert unknown("import", " people x.xlsx") == ["people"]
    assert unknown("manage", " no_such_command") == ["no_such_command"]


def test_the_readme_names_every_command() -> None:
    named = re.findall(r"`([a-z]+)`|\./safar ([a-z]+)", text(ROOT / "README.md"))
    assert set(COMMANDS) <= {word for pair in named for word in pair}


def test_every_variable_the_program_reads_is_explained_and_no_other() -> None:
    assert set(TABLE) == READ


@pytest.mark.parametrize("variable", sorted(READ))
def test_the_default_told_is_the_one_in_the_code(variable: str) -> None:
    found = re.search(rf'env_text\("{variable}", "([^"{{}}]+)"\)', CONFIG) or re.search(
        rf'env_bool\("{variable}", default=(\w+)\)', CONFIG
    )
    if found and not found[1].startswith(NOT_TOLD):
        assert f"`{found[1].lower() if found[1] in {'True', 'False'} else found[1]}`" in TABLE[variable][1]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_variable_mentioned_exists(path: Path) -> None:
    in_tests = {found for file in (ROOT / "tests" / "e2e").rglob("*.py") for found in VARIABLE.findall(text(file))}
    known = READ | in_tests | {f"{variable}_FILE" for variable in READ} | {"SAFAR_IS_DEMO"}
    assert set(VARIABLE.findall(text(path))) - known == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_target_of_make_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", text(path))) - targets == set()
