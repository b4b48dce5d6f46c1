"""Five workbooks that were used in the field: each loads, is shown, is answered, is checked, and goes out and in again."""

import pytest

from safar.cases.questionnaires import columns, converting
from safar.cases.questionnaires.converting import Converted
from safar.cases.questionnaires.states import evaluate
from safar.desk.cases.instruments import filling
from tests.factories.instruments import REAL_FORMS, answer_all

FORMS = {
    "iom_htcds_case_registration": ((), 0, 1),
    # Its headings name four languages; the cells below three of them are empty.
    "unhcr_household_4lang_repeat": (("English", "Tigirigna", "Amharic", "Oromiffa"), 10, 1),
    "unhcr_indicator_survey_4lang_arabic": (("English (en)", "Spanish (es)", "French (fr)", "Arabic (ar)"), 76, 4),
    "valid_standardisation_nested_groups": ((), 0, 1),
    "valid_village_cascading_calc": (("English (en)",), 2, 1),
}


@pytest.fixture(scope="module", params=FORMS)
def form(request: pytest.FixtureRequest) -> tuple[str, Converted]:
    return request.param, converting.converted((REAL_FORMS / f"{request.param}.xlsx").read_bytes(), name=request.param)


def test_form_of_the_field_loads_in_all_its_languages_and_says_what_was_adjusted(form: tuple[str, Converted]) -> None:
    name, converted = form
    languages, adjustments, _translated = FORMS[name]
    assert (converted.languages, len(converted.adjustments)) == (languages, adjustments)
    assert all(each.row and str(each.text) for each in converted.adjustments)


def test_form_of_the_field_is_shown_in_each_language(form: tuple[str, Converted]) -> None:
    name, converted = form
    seen = set()
    for language in converted.languages or ("",):
        state = evaluate(converted.xform, language=language)
        page = filling.page_of(state, 0, answers={})
        assert page.shown
        labels = tuple(node.label for node in state.every() if node.label)
        assert "-" not in labels
        seen.add(labels)
    assert len(seen) == FORMS[name][2]


def test_form_of_the_field_is_answered_to_the_end_and_comes_back_as_it_left(form: tuple[str, Converted]) -> None:
    _name, converted = form
    state, _answers = answer_all(converted.xform, (converted.languages or ("",))[-1])
    assert state.troubles() == []
    kept = state.answers()
    assert kept
    sheets = columns.sheets_of(converted.outline, with_words=True)
    submission = columns.Submission(kept, "11111111-1111-4111-8111-111111111111", 1, "2026-05-01", "1")
    content = columns.as_workbook(columns.tables(sheets, [submission]))
    (read,) = columns.read(content, converted.outline)
    asked = {path for sheet in sheets for path in (column.path for column in sheet.columns)}
    plain = {path: value for path, value in kept.items() if path in asked}
    assert {path: read.answers[path] for path in plain} == plain
    assert evaluate(converted.xform, answers=read.answers).troubles() == []
