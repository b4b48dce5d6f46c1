"""Numbers from paper become answers: 1 for the first box, 1 3 for two of them, and what was written for the rest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from safar.cases.models import InstrumentVersion
from safar.desk.cases.instruments import paper
from safar.desk.cases.instruments.skips import Numbered


@dataclass(frozen=True, slots=True)
class Line:
    """One question on the page for keying back: what was typed, and what is wrong with it."""

    number: int
    path: str
    label: str
    typed: str = ""
    problem: str = ""
    is_numbers: bool = False

    @property
    def field(self) -> str:
        return f"k-{self.number}"


def lines(version: InstrumentVersion, language: str, data: QueryDict | None = None) -> list[Line]:
    """Return the questions of a paper; those inside repeats are filled on the screen."""
    repeats = [f"{element['path']}/" for element in version.outline if element["type"] == "repeat"]
    return [
        _line(each, language, data)
        for each in paper.numbered(version)
        if not any(each.element["path"].startswith(path) for path in repeats)
    ]


def _line(each: Numbered, language: str, data: QueryDict | None) -> Line:
    typed = data.get(f"k-{each.number}", "").strip() if data is not None else ""
    label = paper.words(each.element["label"], language) or each.element["name"]
    return Line(
        each.number, each.element["path"], label, typed, _wrong(each.element, typed), bool(each.element.get("options"))
    )


def _wrong(element: Mapping[str, Any], typed: str) -> str:
    options = element.get("options", [])
    if not typed or not options:
        return ""
    numbers = _numbers(typed)
    if numbers and all(1 <= number <= len(options) for number in numbers):
        return ""
    return _("Type a number from 1 to %(last)s.") % {"last": len(options)}


def _numbers(typed: str) -> list[int]:
    parts = re.split(r"[\s,;.]+", typed)
    return [int(part) for part in parts if part.isdigit()] if all(part.isdigit() for part in parts if part) else []


def answers(version: InstrumentVersion, found: list[Line]) -> dict[str, str]:
    """Return the answers that were typed, by path and in the words of the form."""
    elements = {element["path"]: element for element in version.outline}
    given: dict[str, str] = {}
    for line in found:
        options = elements[line.path].get("options", [])
        if line.typed and options and not line.problem:
            given[line.path] = " ".join(options[number - 1]["value"] for number in _numbers(line.typed))
        elif line.typed and not options:
            given[line.path] = line.typed
    return given


def with_problems(found: list[Line], problems: Mapping[str, str]) -> list[Line]:
    """Return the lines with what the form says of their answers."""
    return [replace(line, problem=line.problem or problems.get(line.path, "")) for line in found]
