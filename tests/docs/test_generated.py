import re
from pathlib import Path

import pytest

from tests.docs.documents import DOCS, generator, name, rows, text

GENERATE = generator()
PAGES = GENERATE.pages()


def steady(page: str) -> str:
    """Leave out what differs between machines: wheels of another processor have another size."""
    return re.sub(r"\d+\.\d MB", "MB", page)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_generated_page_is_as_the_code_is_now(path: Path) -> None:
    assert path.exists(), f"{name(path)} is missing: run `make docs`"
    assert steady(text(path)) == steady(PAGES[path]), f"{name(path)} is old: run `make docs`"


def test_no_page_claims_to_be_generated_and_is_not() -> None:
    claimed = {path for path in DOCS.rglob("*.md") if text(path).startswith(GENERATE.NOTE)}
    assert claimed == set(PAGES)


def test_the_roles_page_names_every_permission_once() -> None:
    from safar.trust.permissions import ROLES

    told = [row[-1].strip("`") for row in rows(DOCS / "reference" / "roles.md") if "." in row[-1]]
    assert len(told) == len(set(told))
    assert set(told) >= frozenset().union(*(role.permissions for role in ROLES.values()))


def test_a_table_cell_with_a_bar_or_a_line_break_stays_one_cell() -> None:
    assert GENERATE.table(["a"], [["x|y\nz"]]).splitlines()[-1] == "| x\\|y z |"


def test_a_place_in_the_code_is_found_through_attributes_and_keys() -> None:
    assert GENERATE.resolve("safar.cases.rules.referrals.DUE_DAYS[routine]") == 30
    with pytest.raises(StopIteration):
        GENERATE.resolve("nowhere.at.all")
