"""Figures of different units cannot be added: the type checker says so first, the engine says so again."""

import subprocess
import sys
from pathlib import Path

import pytest

import safar
from safar.insights.indicators.units import Figure, NotAdditiveError, Unit, UnitMixError

PACKAGE = Path(safar.__file__).parent


def figure(value, unit=Unit.CONTACTS, code="contacts", over=("centre", "month"), **part):
    return Figure(value, unit, code, 2, frozenset({tuple(sorted(part.items()))}), frozenset(over), reason="Because.")


def test_parts_of_one_whole_add_over_a_dimension_the_definition_allows():
    tashkent, andijan, osh = (figure(n, centre=c, month="2026-09") for n, c in ((3, "TAS"), (4, "AND"), (5, "OSH")))
    assert (tashkent + andijan + osh).value == 12


def test_a_hidden_part_hides_the_sum():
    assert (figure(3, centre="TAS") + figure(None, centre="AND")).value is None


def test_persons_and_contacts_are_never_added():
    with pytest.raises(UnitMixError, match="persons and contacts"):
        figure(3, Unit.PERSONS, "persons_counselled", centre="TAS") + figure(4, centre="AND")


def test_two_indicators_of_one_unit_are_not_added_because_one_may_contain_the_other():
    with pytest.raises(NotAdditiveError, match=r"may count the same thing twice. Because\."):
        figure(3, code="contacts_phone", centre="TAS") + figure(4, centre="AND")


def test_persons_of_two_months_are_not_added():
    with pytest.raises(NotAdditiveError, match="cannot be added over month"):
        figure(3, over=("sex",), month="2026-08") + figure(4, over=("sex",), month="2026-09")


def test_a_part_is_not_added_to_itself_nor_to_a_part_of_another_cut():
    with pytest.raises(NotAdditiveError, match="not parts of one whole"):
        figure(3, centre="TAS") + figure(3, centre="TAS")
    with pytest.raises(NotAdditiveError, match="not parts of one whole"):
        figure(3, centre="TAS", month="2026-08") + figure(4, centre="AND", month="2026-09")


def test_a_figure_is_not_a_number():
    with pytest.raises(TypeError):
        figure(3, centre="TAS") + 4


SNIPPET = """
import safar
from safar.insights.indicators.units import Contacts, Figure, Persons


def total(persons: Figure[Persons], contacts: Figure[Contacts]) -> object:
    return persons + {other}
"""


@pytest.mark.slow
@pytest.mark.parametrize(("other", "accepted"), [("persons", True), ("contacts", False), ("4", False)])
def test_the_type_checker_refuses_to_mix_units(tmp_path, other, accepted):
    snippet = tmp_path / "mixed.py"
    snippet.write_text(SNIPPET.format(other=other))
    (tmp_path / "mypy.ini").write_text(
        f"[mypy]\nstrict = true\nfollow_imports = silent\nmypy_path = {PACKAGE.parent}\n"
    )
    arguments = ["--config-file", str(tmp_path / "mypy.ini"), "--cache-dir", str(tmp_path / "cache"), str(snippet)]
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", *arguments], cwd=PACKAGE.parent, capture_output=True, text=True, check=False
    )
    assert (checked.returncode == 0) is accepted, checked.stdout + checked.stderr
    assert accepted or "Unsupported operand types" in checked.stdout
