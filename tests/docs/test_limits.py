"""The numbers of limits.md read a second time, where the page says they stand."""

import re
from operator import attrgetter

import pytest
from django.utils.module_loading import import_string

from safar.trust.queries.profile import load
from tests.docs.documents import DOCS, rows, text
from tests.e2e import watching

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


def test_the_explanation_names_the_smallest_thresholds_of_all_countries() -> None:
    thresholds = [load(country).disclosure for country in ("UZ", "KG", "TJ")]
    told = text(DOCS / "explanation" / "figures-that-cannot-be-added.md")
    assert f"below {min(one.ordinary for one in thresholds)} hidden" in told
    assert f"below {min(one.sensitive for one in thresholds)} for minors" in told


@pytest.mark.parametrize("page", ["reference/benchmarks.md", "explanation/offline-today.md"])
def test_the_weight_of_pages_told_is_the_weight_tested(page: str) -> None:
    told = text(DOCS / page)
    for kilobytes in (watching.MOST_BYTES_STAFF // 1000, watching.MOST_BYTES_PUBLIC // 1000):
        assert f"{kilobytes} KB" in told
    assert f"{watching.MOST_REQUESTS} requests" in told
