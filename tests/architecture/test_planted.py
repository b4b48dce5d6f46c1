"""Plants violations in a copy of the package and sees each one caught: a guard that cannot fail is a defect."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import safar
from tests.architecture import guards

PACKAGE = Path(safar.__file__).parent
SETTINGS = next(folder for folder in PACKAGE.parents if (folder / "pyproject.toml").exists()) / "pyproject.toml"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package's code without data, fonts and caches, with the contracts beside it."""
    root = tmp_path_factory.mktemp("planted")
    ignored = shutil.ignore_patterns("__pycache__", "*.geojson", "*.ttf", "*.woff2", "*.csv", "*.mo", "static")
    shutil.copytree(PACKAGE, root / "safar", ignore=ignored)
    shutil.copy(SETTINGS, root / "pyproject.toml")
    return root


@pytest.fixture
def tree(pristine: Path, tmp_path: Path) -> Path:
    shutil.copytree(pristine, tmp_path / "copy")
    return tmp_path / "copy"


def add(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + "\n" + text, encoding="utf-8")


def broken_contracts(tree: Path) -> set[str]:
    command = [
        sys.executable,
        "-c",
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()",
    ]
    result = subprocess.run([*command, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False)
    assert "Contracts:" in result.stdout, result.stdout + result.stderr
    return {
        re.sub(r"\s+", " ", name).strip() for name in re.findall(r"^(.+?)\s+BROKEN", result.stdout, flags=re.MULTILINE)
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("kernel/clock.py", "import safar.people.models", "Data walks one way"),
        ("awareness/rules.py", "import safar.campaigns.rules", "Data walks one way"),
        ("portal/urls.py", "import safar.desk.urls", "Data walks one way"),
        ("guide/queries/facts.py", "import safar.ui.charts", "Only doors import the design kit"),
        ("insights/release/tables.py", "import safar.insights.extract", "What leaves a centre cannot reach a person"),
        ("people/models/person.py", "import safar.people.actions.persons", "over rules over enums"),
        ("methods/names/keys.py", "import safar.kernel.clock", "Methods import nothing of ours"),
    ],
)
def test_a_planted_import_breaks_its_contract(tree, file, line, contract) -> None:
    add(tree / "safar" / file, line)
    assert any(contract in name for name in broken_contracts(tree))


@pytest.mark.slow
def test_a_person_reached_through_others_is_caught_too(tree) -> None:
    add(tree / "safar/trust/queries/detour.py", "import safar.insights.extract.schemas")
    add(tree / "safar/network/enums.py", "import safar.trust.queries.detour")
    assert any("What leaves a centre" in name for name in broken_contracts(tree))


@pytest.mark.parametrize(
    ("file", "text", "guard"),
    [
        ("people/rules.py", "from django.db import models", guards.django_where_pure),
        ("cases/rules/contacts.py", "from django.db import models", guards.django_where_pure),
        ("methods/names/keys.py", "import django", guards.django_where_pure),
        ("people/utils.py", "VALUE = 1", guards.vague_names),
        ("people/rules.py", "\n" * guards.MOST_LINES, guards.too_long),
        ("people/rules.py", "def long() -> None:\n" + "    pass\n" * guards.MOST_FUNCTION_LINES, guards.too_long),
        ("people/rules.py", "# TO" + "DO: later", guards.put_off_work),
        ("people/__init__.py", "import os", guards.busy_inits),
        ("desk/people/templates/desk/people/file.html", '<p style="color: red">x</p>', guards.inline_style_or_script),
        ("desk/people/templates/desk/people/file.html", "<script>alert()</script>", guards.inline_style_or_script),
        ("desk/people/templates/desk/people/file.html", "<p>Not translated</p>", guards.untranslated),
        (
            "desk/people/templates/desk/people/file.html",
            '<c-card title="Not translated"></c-card>',
            guards.untranslated,
        ),
        ("desk/people/templates/desk/people/orphan.html", "{{ nobody }}", guards.unused_templates),
    ],
)
def test_a_planted_violation_is_caught(tree, file, text, guard) -> None:
    before = set(guard(tree / "safar"))
    add(tree / "safar" / file, text)
    assert set(guard(tree / "safar")) - before


def test_a_key_pointing_up_is_caught() -> None:
    assert guards.upward_keys([("people", "Person.case", "cases")])
    assert guards.upward_keys([("awareness", "Session.campaign", "campaigns")])
    assert guards.upward_keys([("cases", "Contact.person", "people")]) == []


def test_work_put_off_is_not_found_where_there_is_none(tmp_path) -> None:
    add(tmp_path / "x.py", "# a method of today")
    assert guards.put_off_work(tmp_path) == []
