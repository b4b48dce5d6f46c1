"""Workbooks as centres have them are read, and every change is told; what stays wrong names its sheet and row."""

import io
import zipfile

import pytest

from safar.cases.questionnaires import converting, tables
from safar.cases.questionnaires.converting import Converted
from safar.cases.questionnaires.problems import ADJUSTMENTS, problems_of
from safar.cases.questionnaires.states import evaluate
from safar.cases.questionnaires.tables import UnreadableError
from tests.factories.instruments import workbook

Q = {"type": "text", "name": "q", "label": "Q"}


def _read(*rows: dict[str, str], choices: list[dict[str, str]] = (), **options) -> Converted:
    return converting.converted(workbook(list(rows), choices), **options)


def test_formulas_that_name_what_is_not_there_are_left_out_and_told_by_row() -> None:
    form = _read(
        Q,
        {"type": "calculate", "name": "c", "calculation": "${gone} + 1"},
        {
            "type": "text",
            "name": "a",
            "label": "Hello ${gone}",
            "relevant": "${gone} = 1",
            "constraint": ". != ${gone}",
        },
        {"type": "begin repeat", "name": "r", "label": "R", "repeat_count": "${gone}"},
        {"type": "text", "name": "b", "label": "B"},
        {"type": "end repeat"},
    )
    assert [(each.code, each.row) for each in form.adjustments] == [
        ("unknown_in_formula", 3),
        ("unknown_in_condition", 4),
        ("unknown_in_constraint", 4),
        ("unknown_in_text", 4),
        ("unknown_in_count", 5),
    ]
    assert "gone" in str(form.adjustments[0].text)
    assert "Hello …" in [node.label for node in evaluate(form.xform).every()]


def test_doubled_choices_are_kept_where_a_filter_tells_them_apart_and_once_where_none_does() -> None:
    choices = [
        {"list_name": "l", "name": "x", "label": "X of A", "of": "a"},
        {"list_name": "l", "name": "x", "label": "X of B", "of": "b"},
        {"list_name": "plain", "name": "y", "label": "First"},
        {"list_name": "plain", "name": "y", "label": "Second"},
    ]
    form = _read(
        Q,
        {"type": "select_one l", "name": "s", "label": "S", "choice_filter": "of = ${q}"},
        {"type": "select_one plain", "name": "p", "label": "P"},
        choices=choices,
    )
    assert [(each.code, each.sheet, each.row) for each in form.adjustments] == [
        ("duplicate_choices", "choices", 3),
        ("doubled_choice", "choices", 5),
    ]
    labels = {
        node.name: [option.label for option in node.options]
        for node in evaluate(form.xform, answers={"q": "b"}).every()
    }
    assert (labels["s"], labels["p"]) == (["X of B"], ["First"])


def test_text_without_translation_is_shown_in_a_language_that_has_it() -> None:
    form = _read(
        {"type": "text", "name": "a", "label::English (en)": "Name", "label::Русский (ru)": "Имя"},
        {"type": "text", "name": "b", "label::English (en)": "Day"},
    )
    assert [(each.code, each.detail) for each in form.adjustments] == [("untranslated", "Русский (ru) (1)")]
    assert [node.label for node in evaluate(form.xform, language="Русский (ru)").every()] == ["Имя", "Day"]


def test_list_from_a_file_that_is_missing_is_told_and_one_that_came_is_offered() -> None:
    row = {"type": "select_one_from_file places.csv", "name": "p", "label": "P", "required": "yes"}
    missing = _read(row)
    assert [each.code for each in missing.adjustments] == ["missing_file"]
    assert evaluate(missing.xform).troubles() == [], "nobody could answer it"
    files = {"places.csv": "name,label\nuz,Uzbekistan\nkg,Kyrgyzstan\n"}
    there = _read(row, files=files)
    assert there.adjustments == []
    (node,) = evaluate(there.xform, files=files).every()
    assert [option.label for option in node.options] == ["Uzbekistan", "Kyrgyzstan"]
    assert evaluate(there.xform, files=files).troubles()


def test_what_is_asked_of_a_device_is_told() -> None:
    assert [each.detail for each in _read(Q, {"type": "deviceid", "name": "d"}).adjustments] == ["deviceid"]
    assert all(str(text) for text in ADJUSTMENTS.values())


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        ([Q, {"type": "colour", "name": "c", "label": "C"}], 3, "kind of question"),
        ([Q, {"type": "select_one nowhere", "name": "s", "label": "S"}], 3, "no sheet called choices"),
        ([Q, {"type": "begin group", "name": "g", "label": "G"}], 3, "opened and not closed"),
        ([Q, Q], 3, "same name"),
        ([Q, {"type": "text", "name": "1 bad name", "label": "B"}], 3, "letters, numbers"),
    ],
)
def test_what_stays_wrong_names_its_row_in_plain_words_with_the_original(
    rows: list[dict[str, str]], row: int, words: str
) -> None:
    with pytest.raises(UnreadableError) as refused:
        _read(*rows)
    problem = refused.value.problems[0]
    assert (problem.sheet, problem.row) == ("survey", row), problem
    assert words in str(problem.text), problem
    assert problem.original


def test_file_that_is_no_workbook_or_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (b"no workbook", _zip(), workbook([], form_title="x")):
        with pytest.raises(UnreadableError):
            converting.converted(content)
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    with pytest.raises(UnreadableError):
        _read(Q)
    monkeypatch.setattr(tables, "MOST_BYTES", 10**7)
    monkeypatch.setattr(tables, "MOST_UNPACKED", 10)
    with pytest.raises(UnreadableError):
        _read(Q)
    monkeypatch.setattr(tables, "MOST_UNPACKED", 10**9)
    monkeypatch.setattr(tables, "MOST_QUESTIONS", 1)
    with pytest.raises(UnreadableError):
        _read(Q, Q | {"name": "r"})


def _zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "a")
    return made.getvalue()


def test_message_nobody_has_words_for_is_shown_as_it_came() -> None:
    (problem,) = problems_of("Something odd.")
    assert (problem.sheet, problem.row, problem.original) == ("", 0, "Something odd.")
    assert "does not understand" in str(problem.text)
