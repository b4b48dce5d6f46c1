"""Instruments, workbooks written in a test, and somebody who answers every question a form asks."""

from io import BytesIO
from pathlib import Path

import openpyxl

from safar.cases.actions import assessments, instruments
from safar.cases.models import Assessment, InstrumentVersion
from safar.cases.questionnaires.states import FormState, Node, evaluate
from safar.cases.rules.instruments import About, Filled, InstrumentUpload
from safar.kernel.actor import MACHINE, Actor
from safar.trust.models import Centre

REAL_FORMS = Path(__file__).parents[1] / "data" / "forms"
# What need not be answered is answered in the first rounds only: a form of 330 questions takes its time.
EAGER_ROUNDS = 2
_TYPED = {
    "int": ("10", "2", "1", "60", "200", "999"),
    "decimal": ("10.5", "60.0", "2.5"),
    "date": ("2024-05-02",),
    "time": ("10:30:00.000",),
    "dateTime": ("2024-05-02T10:30:00.000+00:00",),
    "geopoint": ("41.3 69.2 0 0",),
}


def workbook(survey: list[dict[str, str]], choices: list[dict[str, str]] = (), **settings: str) -> bytes:
    """Write an XLSForm workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (("survey", survey), ("choices", list(choices)), ("settings", [settings] if settings else [])):
        if not rows:
            continue
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def installed(code: str, by: Actor = MACHINE) -> InstrumentVersion:
    """Take one shipped instrument into use."""
    instruments.install_shipped(codes=[code], by=by)
    return InstrumentVersion.objects.select_related("instrument").get(instrument__code=code, state="published")


def added(content: bytes, by: Actor = MACHINE, **fields) -> InstrumentVersion:
    """Add a workbook and take it into use."""
    upload = InstrumentUpload(**({"content": content, "file_name": "form.xlsx"} | fields))
    return instruments.publish(version_id=instruments.add(upload=upload, by=by).pk, by=by)


def assessment(
    version: InstrumentVersion, centre: Centre, by: Actor = MACHINE, about: About | None = None, **answers
) -> Assessment:
    filled = Filled({name: str(value) for name, value in answers.items()}, "English (en)")
    return assessments.fill(version_id=version.pk, about=about or About(), filled=filled, centre=centre, by=by)


def answer_all(xform: str, language: str, *, rounds: int = 12) -> tuple[FormState, dict[str, str]]:
    """Answer everything a form asks, trying another answer where it refuses one, until it is content."""
    answers: dict[str, str] = {}
    tries: dict[str, int] = {}
    state = evaluate(xform, language=language)
    for number in range(rounds):
        open_questions = [
            node
            for node in state.every()
            if node.is_question and not (node.kind == "select" and not node.options)
            if node.problem or (number < EAGER_ROUNDS and not (node.value or node.path in tries))
        ]
        if not open_questions:
            return state, answers
        for node in open_questions:
            tries[node.path] = tries.get(node.path, -1) + 1
            answers[node.path] = _try(node, tries[node.path])
        state = evaluate(xform, language=language, answers=answers)
    return state, answers


def _try(node: Node, number: int) -> str:
    if node.options:
        return node.options[number % len(node.options)].value
    if node.kind == "trigger":
        return "OK"
    offered = _TYPED.get(node.type, ("Aziza", "Aziza"))
    return offered[number % len(offered)]
