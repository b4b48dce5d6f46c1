"""A form on a page: what was typed comes in as answers by path, and goes out as questions with their widgets."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safar.cases.questionnaires.states import FormState, Node, Trouble, one_less, one_more

PREFIX = "q-"
_ROW = re.compile(r"(?P<path>.+)\[(?P<index>\d+)\]")
_FEW = 12  # more choices than this are a list to open, not cards
_ON_ONE_PAGE = 40
_ON_A_PAGE = 15
_RIGHT_TO_LEFT = {"ar", "fa", "ur", "he", "ps", "ug", "ckb", "dv"}
_NAMED = {
    "english": "en", "russian": "ru", "arabic": "ar", "french": "fr", "spanish": "es", "amharic": "am",
    "tigirigna": "ti", "tigrinya": "ti", "oromiffa": "om", "oromo": "om", "persian": "fa", "dari": "fa",
    "farsi": "fa", "urdu": "ur", "pashto": "ps", "tajik": "tg", "kyrgyz": "ky", "uzbek": "uz",
}  # fmt: skip
_WIDGETS = {
    "int": "number",
    "decimal": "number",
    "date": "date",
    "time": "time",
    "dateTime": "datetime",
    "geopoint": "place",
}
_PROBLEMS: dict[str, str | Promise] = {
    "constraint": _("This answer does not fit the question."),
    "required": _("Please answer this question."),
    "no_choice": _("This answer is not among the choices."),
    "unreadable": _("This answer cannot be read. Look at the kind of answer the question asks for."),
}


def code_of(language: str) -> str:
    """Return the code of a form's language as a page says it, from its brackets or its English name; else nothing."""
    inside = language.rpartition("(")[2].rstrip(") ").lower() if "(" in language else ""
    return inside or _NAMED.get(language.strip().lower(), "")


def direction_of(language: str) -> str:
    return "rtl" if code_of(language).split("-")[0] in _RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class Shown:
    """An element as a page shows it: which widget, which words when something is wrong, and what is inside it."""

    node: Node
    widget: str
    problem: str | Promise = ""
    inside: tuple["Shown", ...] = ()
    index: int = 0
    may_go: bool = False

    @property
    def value(self) -> str:
        """Return the answer as its control takes it: a control for day and time knows no time zone."""
        return self.node.value[:16] if self.widget == "datetime" else self.node.value

    @property
    def field(self) -> str:
        return f"{PREFIX}{self.node.path}"

    @property
    def html_id(self) -> str:
        return "id_" + "".join(letter if letter.isalnum() else "_" for letter in self.node.path)

    @property
    def sign(self) -> str:
        """What a browser compares to know whether a question looks different now; what is typed is not part of it."""
        node = self.node
        parts = (
            self.widget,
            node.label,
            node.hint,
            str(self.problem),
            *(f"{each.value}={each.label}" for each in node.options),
        )
        told = "\0".join(parts + ((node.value,) if self.widget == "value" else ()))
        return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a form: what is asked on it, and the answers of the other pages, carried along unseen."""

    number: int
    count: int
    shown: tuple[Shown, ...]
    carried: tuple[tuple[str, str], ...]

    @property
    def is_first(self) -> bool:
        return self.number == 0

    @property
    def is_last(self) -> bool:
        return self.number == self.count - 1


def typed(data: QueryDict) -> dict[str, str]:
    """Return the answers that came in, by path; several choices are one text with spaces, as forms keep them."""
    found: dict[str, str] = {}
    for key in data:
        if key.startswith(PREFIX):
            given = [text.strip() for text in data.getlist(key)]
            found[key.removeprefix(PREFIX)] = " ".join(text for text in given if text)
    return {path: value for path, value in found.items() if value}


def with_rows(answers: dict[str, str], data: QueryDict) -> dict[str, str]:
    """Return the answers with a row of a repeat added or taken away, when that button was pressed."""
    if path := data.get("add"):
        return one_more(answers, path)
    row = _ROW.fullmatch(data.get("remove", ""))
    return one_less(answers, row["path"], int(row["index"])) if row else answers


def page_of(state: FormState, number: int, *, answers: Mapping[str, str], told: bool = False) -> Page:
    """Return one page of a form. With `told` everything missing is said, else only what was typed wrongly."""
    pages = list(_pages(state.nodes)) or [()]
    at = min(max(number, 0), len(pages) - 1)
    shown = tuple(_shown(pages[at], told=told, answers=answers))
    here = {each.field.removeprefix(PREFIX) for each in _every(shown)} | {
        f"{each.node.path}#" for each in _every(shown)
    }
    carried = tuple((f"{PREFIX}{path}", value) for path, value in answers.items() if path not in here)
    return Page(at, len(pages), shown, carried)


def pages_with_trouble(state: FormState) -> Iterator[int]:
    """Return the numbers of pages on which something keeps the form from being stored."""
    for number, nodes in enumerate(_pages(state.nodes)):
        if FormState("", nodes).troubles():
            yield number


def _pages(nodes: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    visible = tuple(node for node in nodes if node.kind not in {"model-value", "attribute"})
    if sum(1 for node in FormState("", visible).every() if node.is_question) <= _ON_ONE_PAGE:
        yield visible
        return
    waiting: list[Node] = []
    for node in visible:
        if node.children or len(waiting) >= _ON_A_PAGE:
            if waiting:
                yield tuple(waiting)
            waiting = []
        if node.children:
            yield (node,)
        else:
            waiting.append(node)
    if waiting:
        yield tuple(waiting)


def _shown(nodes: Iterable[Node], *, told: bool, answers: Mapping[str, str], may_go: bool = False) -> Iterator[Shown]:
    for index, node in enumerate(nodes, start=1):
        if node.kind in {"model-value", "attribute"}:
            continue
        problem = node.problem if node.problem and (told or node.path in answers) else None
        free = node.kind == "repeat-range:uncontrolled"
        inside = tuple(_shown(node.children, told=told, answers=answers, may_go=free))
        yield Shown(node, _widget(node), words_of(problem), inside, index, may_go)


def words_of(problem: Trouble | None) -> str | Promise:
    """Return what to say at a field: the form's own words where it has some."""
    return (problem.message or _PROBLEMS[problem.kind]) if problem else ""


_BY_KIND = {
    "group": "group", "repeat-instance": "row", "repeat-range:controlled": "repeat", "repeat-range:uncontrolled": "repeat",
    "note": "note", "upload": "upload",
}  # fmt: skip


def _widget(node: Node) -> str:
    if widget := _BY_KIND.get(node.kind):
        return widget
    if node.readonly:
        return "value"
    if node.kind == "select":
        return "many" if node.many else "choices" if len(node.options) <= _FEW else "select"
    if node.kind in {"trigger", "rank", "range"}:
        return node.kind
    return "area" if "multiline" in node.appearance else _WIDGETS.get(node.type, "text")


def _every(shown: Iterable[Shown]) -> Iterator[Shown]:
    for each in shown:
        yield each
        yield from _every(each.inside)
