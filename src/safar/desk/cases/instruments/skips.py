"""Skip logic in words for paper: "only if question 3 is Yes; otherwise go on to question 7".

The conditions of forms are written in XPath; the few shapes that nearly all of them have are put into words with the numbers
and choices of the paper. What has another shape is shown as it is, with numbers for names, rather than left out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

_SELECTED = re.compile(r"selected\s*\(\s*(?P<path>[^,()]+?)\s*,\s*(?P<quote>['\"])(?P<value>[^'\"]*)(?P=quote)\s*\)")
_COMPARED = re.compile(
    r"(?P<path>/[\w./-]+|\$\{[^}]+\})\s*(?P<sign>!=|=|>=|<=|>|<)\s*(?P<quote>['\"]?)(?P<value>[^'\"()\s]*)(?P=quote)"
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A question on paper: its number, and its element of the outline."""

    number: int
    element: Mapping[str, Any]


def condition(relevant: str, questions: Mapping[str, Numbered], language: str) -> str:
    """Return a condition in words; nothing for none."""
    if not relevant.strip():
        return ""
    words = _SELECTED.sub(lambda found: _chosen(found["path"], found["value"], questions, language), relevant)
    words = _COMPARED.sub(lambda found: _compared(found, questions, language), words)
    words = re.sub(r"\bnot\s*\(\s*([^()]*)\)", lambda found: _("not (%(what)s)") % {"what": found[1].strip()}, words)
    words = re.sub(r"\s+and\s+", f" {_('and')} ", words)
    words = re.sub(r"\s+or\s+", f" {_('or')} ", words)
    return re.sub(r"\s+", " ", words).strip()


def go_on(after: int, questions: Sequence[Numbered], skipped: Sequence[str]) -> int | None:
    """Return the number of the first question behind those that are skipped, None at the end."""
    return next(
        (each.number for each in questions if each.number > after and each.element["path"] not in skipped), None
    )


def _name(path: str) -> str:
    return path.strip().removeprefix("${").removesuffix("}").rsplit("/", 1)[-1].strip()


def _number(path: str, questions: Mapping[str, Numbered]) -> str:
    found = questions.get(_name(path))
    return _("question %(number)s") % {"number": found.number} if found else _name(path)


def _label(path: str, value: str, questions: Mapping[str, Numbered], language: str) -> str:
    found = questions.get(_name(path))
    for place, option in enumerate(found.element.get("options", []) if found else [], start=1):
        if option["value"] == value:
            label = option["label"].get(language) or next(iter(option["label"].values()), value)
            return f"{place} ({label})"
    return value


def _chosen(path: str, value: str, questions: Mapping[str, Numbered], language: str) -> str:
    told = {"question": _number(path, questions), "value": _label(path, value, questions, language)}
    return _("%(question)s has %(value)s") % told


def _compared(found: "re.Match[str]", questions: Mapping[str, Numbered], language: str) -> str:
    told = {
        "question": _number(found["path"], questions),
        "value": _label(found["path"], found["value"], questions, language),
    }
    if not found["value"]:
        return (_("%(question)s is answered") if found["sign"] == "!=" else _("%(question)s is not answered")) % told
    words = {
        "=": _("%(question)s is %(value)s"),
        "!=": _("%(question)s is not %(value)s"),
        ">": _("%(question)s is more than %(value)s"),
        "<": _("%(question)s is less than %(value)s"),
        ">=": _("%(question)s is at least %(value)s"),
        "<=": _("%(question)s is at most %(value)s"),
    }
    return words[found["sign"]] % told
