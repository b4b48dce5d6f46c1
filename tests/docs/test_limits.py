"""The numbers of limits.md read a second time, where the page says they stand."""

import re
from operator import attrgetter

import pytest
from django.utils.module_loading import import_string

from tests.docs.documents import DOCS, rows

LIMITS = [row for row in rows(DOCS / "reference" / "limits.md") if row[-1].startswith("`safar.")]


def number_at(place: str) -> float:
    """Import the longest part that is a name of a module, then follow attributes and keys."""
    plain, *keys = re.split(r"[\[\]]+", place.rstrip("]"))
    form, _, inside = plain.partition(".base_fields")
    found = import_string(form)
    if inside or keys[1:2] == [".max_length"]:
        return attrgetter("max_length")(found.base_fields[keys[0]])
    for key in keys:
        found = found[int(key) if key.isdigit() else key]
    return found


@pytest.mark.parametrize("row", LIMITS, ids=lambda row: row[-1].strip("`"))
def test_a_limit_is_the_number_in_the_code(row: list[str]) -> None:
    _what, told, unit, place = row
    in_code = number_at(place.strip("`"))
    factor = {"MB": 1024 * 1024, "hours": 3600 if in_code > 100 else 1}.get(unit, 1)
    assert float(told.replace(",", "")) * factor == in_code


def test_no_limit_stands_twice() -> None:
    places = [row[-1] for row in LIMITS]
    assert len(places) == len(set(places)) > 40
