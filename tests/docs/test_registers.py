"""The headings the how-to promises are the headings the import recognises."""

import re

import pytest

from safar.cases.importers.register import words
from safar.cases.importers.register.reading import FIELDS
from tests.docs.documents import DOCS, rows

TOLD = [
    (re.findall(r"`(\w+)`", row[0]), re.split(r"[,;] ", row[1]))
    for row in rows(DOCS / "how-to" / "import-a-register.md")
    if row[0].startswith("`")
]


def test_every_kind_of_column_is_explained() -> None:
    assert sorted(field for fields, _ in TOLD for field in fields) == sorted(FIELDS)


@pytest.mark.parametrize(("fields", "headings"), TOLD, ids="-".join)
def test_every_heading_named_is_recognised(fields: list[str], headings: list[str]) -> None:
    taken = {heading: words.longest(words.fold(heading), words.column_words()) for heading in headings}
    assert {heading: field for heading, field in taken.items() if field not in fields} == {}
