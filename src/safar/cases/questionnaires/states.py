"""What a person sees of a form at one moment, as plain values: for pages, paper and exports alike."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from safar.cases.questionnaires.engine.host import HOST, Answers, Host


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    image: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with an answer: `kind` is constraint, required, unreadable or no_choice; the form's own words if any."""

    kind: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A question, note, group or repeat that is asked; what is not relevant is not here."""

    kind: str
    path: str
    label: str = ""
    hint: str = ""
    image: str = ""
    type: str = "string"
    value: str = ""
    required: bool = False
    readonly: bool = False
    many: bool = False
    appearance: tuple[str, ...] = ()
    range: Mapping[str, str] | None = None
    problem: Trouble | None = None
    options: tuple[Option, ...] = ()
    children: tuple["Node", ...] = ()

    @property
    def is_question(self) -> bool:
        return self.kind in {"input", "select", "rank", "range", "trigger"} and not self.readonly

    @property
    def is_repeat(self) -> bool:
        return self.kind.startswith("repeat-range")

    @property
    def chosen(self) -> list[str]:
        return self.value.split()

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class FormState:
    """A form with its answers in one language. `left` says of answers that were given why they are not in it."""

    language: str
    nodes: tuple[Node, ...]
    left: Mapping[str, str] = field(default_factory=dict)

    def every(self) -> Iterator[Node]:
        """Return every element that is asked, in the order of the form."""
        yield from _every(self.nodes)

    def answers(self) -> dict[str, str]:
        """Return what may be stored: answers and calculations that are relevant, by their path; `…#` counts repeats."""
        found: dict[str, str] = {}
        for node in self.every():
            if node.is_repeat:
                found[f"{node.path}#"] = str(len(node.children))
            elif not node.children and node.value and node.kind != "note" and not node.path.startswith("meta/"):
                found[node.path] = node.value
        return {path: value for path, value in found.items() if path not in {"start", "end"}}

    def troubles(self) -> list[tuple[Node, Trouble]]:
        """Return what keeps the form from being stored, in its order."""
        return [(node, node.problem) for node in self.every() if node.problem and node.is_question]


def evaluate(
    xform: str,
    *,
    language: str = "",
    answers: Answers | None = None,
    files: Mapping[str, str] | None = None,
    host: Host = HOST,
) -> FormState:
    """Return the form as it stands with these answers."""
    told = host.evaluate(xform, language=language, answers=answers or {}, files=files)
    return FormState(told["language"], tuple(_nodes(told["children"])), told["left"])


def _every(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _every(node.children)


def _nodes(told: list[dict[str, Any]]) -> Iterator[Node]:
    for one in told:
        if not one["relevant"] or one["path"].split("/")[0] == "meta":
            continue
        problem = one.get("problem")
        yield Node(
            kind=one["kind"],
            path=one["path"],
            label=one["label"],
            hint=one["hint"],
            image=one["image"],
            type=one.get("type", ""),
            value=one.get("value", ""),
            required=one.get("required", False),
            readonly=one.get("readonly", False),
            many=one.get("many", False),
            appearance=tuple(one["appearance"]),
            range=one.get("range"),
            problem=Trouble(problem["kind"], problem["message"]) if problem else None,
            options=tuple(Option(**option) for option in one.get("options", [])),
            children=tuple(_nodes(one.get("children", []))),
        )


def one_more(answers: Mapping[str, str], path: str) -> dict[str, str]:
    """Return the answers with one more row in a repeat."""
    return {**answers, f"{path}#": str(int(answers.get(f"{path}#", "1")) + 1)}


def one_less(answers: Mapping[str, str], path: str, index: int) -> dict[str, str]:
    """Return the answers without one row of a repeat; the rows behind it move up."""
    kept: dict[str, str] = {}
    for key, value in answers.items():
        found = re.match(re.escape(path) + r"\[(\d+)\](.*)", key)
        if not found:
            kept[key] = value
        elif int(found[1]) != index:
            kept[f"{path}[{int(found[1]) - (int(found[1]) > index)}]{found[2]}"] = value
    kept[f"{path}#"] = str(max(int(answers.get(f"{path}#", "1")) - 1, 0))
    return kept
