"""The engine follows the form; a form that would hang or fill the memory is stopped, and the next one runs."""

import threading

import pytest

from safar.cases.questionnaires import converting
from safar.cases.questionnaires.engine.host import FormFailedError, FormTooHeavyError, Host
from safar.cases.questionnaires.states import FormState, evaluate, one_less, one_more
from safar.cases.questionnaires.tables import UnreadableError
from tests.factories.instruments import workbook

AB = [{"list_name": "ab", "name": "a", "label": "A"}, {"list_name": "ab", "name": "b", "label": "B"}]


def _form(*rows: dict[str, str], choices: list[dict[str, str]] = AB) -> str:
    return converting.converted(workbook(list(rows), choices)).xform


def _state(xform: str, **answers: str) -> FormState:
    return evaluate(xform, answers=answers)


def test_answer_to_a_question_that_is_not_asked_is_not_kept() -> None:
    xform = _form(
        {"type": "select_one ab", "name": "first", "label": "First"},
        {"type": "text", "name": "why", "label": "Why", "relevant": "${first} = 'b'"},
    )
    hidden = _state(xform, first="a", why="words")
    assert hidden.answers() == {"first": "a"}
    assert hidden.left == {"why": "irrelevant"}
    assert _state(xform, first="b", why="words").answers() == {"first": "b", "why": "words"}


def test_form_says_its_own_words_when_a_check_fails() -> None:
    row = {
        "type": "integer",
        "name": "age",
        "label": "Age",
        "constraint": ". < 120",
        "constraint_message": "Nobody is so old",
    }
    ((_node, trouble),) = _state(_form(row), age="130").troubles()
    assert (trouble.kind, trouble.message) == ("constraint", "Nobody is so old")
    assert _state(_form(row), age="30").troubles() == []


@pytest.mark.parametrize(
    ("kind", "answer", "why"),
    [
        ("integer", "ten", "unreadable"),
        ("date", "tomorrow", "unreadable"),
        ("decimal", "1,5", "unreadable"),
        ("select_one ab", "z", "no_choice"),
        ("select_multiple ab", "a z", "no_choice"),
    ],
)
def test_answer_that_cannot_be_read_is_said_and_not_guessed(kind: str, answer: str, why: str) -> None:
    state = _state(_form({"type": kind, "name": "q", "label": "Q"}), q=answer)
    assert [trouble.kind for _node, trouble in state.troubles()] == [why]


def test_calculations_defaults_and_what_may_not_be_changed() -> None:
    xform = _form(
        {"type": "integer", "name": "wage", "label": "Wage", "default": "100"},
        {"type": "calculate", "name": "year", "calculation": "${wage} * 12"},
        {"type": "note", "name": "told", "label": "A year: ${year}"},
        {"type": "integer", "name": "fixed", "label": "Fixed", "read_only": "yes", "default": "7"},
    )
    state = _state(xform, fixed="8", wage="200")
    assert state.answers() == {"wage": "200", "year": "2400", "fixed": "7"} or state.answers() == {
        "wage": "200",
        "year": "2400",
    }
    assert "A year: 2400" in [node.label for node in state.every()]
    assert _state(xform).answers()["year"] == "1200"


def test_choices_follow_the_answer_before_them() -> None:
    places = [
        {"list_name": "district", "name": f"{region}{number}", "label": f"{region} {number}", "region": region}
        for region in "ab"
        for number in (1, 2)
    ]
    xform = _form(
        {"type": "select_one ab", "name": "region", "label": "Region"},
        {"type": "select_one district", "name": "district", "label": "District", "choice_filter": "region = ${region}"},
        choices=[*AB, *places],
    )
    state = _state(xform, region="b", district="b2")
    assert [option.value for node in state.every() if node.name == "district" for option in node.options] == [
        "b1",
        "b2",
    ]
    assert state.answers() == {"region": "b", "district": "b2"}
    assert _state(xform, region="a", district="b2").troubles()[0][1].kind == "no_choice"


def test_other_asks_what_other() -> None:
    xform = _form({"type": "select_one ab or_other", "name": "q", "label": "Q"})
    assert [node.name for node in _state(xform, q="a").every() if node.is_question] == ["q"]
    assert len([node for node in _state(xform, q="other").every() if node.is_question]) == 2


def test_rows_of_a_repeat_are_counted_by_hand_or_by_an_answer_but_never_without_end() -> None:
    free = _form(
        {"type": "begin repeat", "name": "r", "label": "Row"},
        {"type": "text", "name": "a", "label": "A"},
        {"type": "end repeat"},
    )
    answers = {"r#": "2", "r[1]/a": "x", "r[2]/a": "y"}
    assert evaluate(free, answers=answers).answers() == answers
    assert one_less(answers, "r", 1) == {"r#": "1", "r[1]/a": "y"}
    assert one_more(answers, "r")["r#"] == "3"
    counted = _form(
        {"type": "integer", "name": "n", "label": "N"},
        {"type": "begin repeat", "name": "r", "label": "Row", "repeat_count": "${n}"},
        {"type": "text", "name": "a", "label": "A"},
        {"type": "end repeat"},
    )
    assert evaluate(counted, answers={"n": "2"}).answers()["r#"] == "2"
    assert evaluate(counted, answers={"n": "999999999"}).answers()["r#"] == "200"


def test_form_that_runs_for_ever_is_stopped_and_the_next_one_runs() -> None:
    host = Host(seconds=0.5)
    trap = _form({"type": "text", "name": "a", "label": "A", "constraint": "regex(., '^(a+)+$')"})
    harmless = _form({"type": "text", "name": "a", "label": "A"})
    with pytest.raises(FormTooHeavyError):
        host.evaluate(trap, language="", answers={"a": "a" * 60 + "!"})
    assert host.evaluate(harmless, language="", answers={"a": "x"})["children"][0]["value"] == "x"


def test_form_the_engine_cannot_run_is_refused_with_its_words() -> None:
    with pytest.raises(FormFailedError, match=r"\S"):
        Host().languages("<not-a-form/>")
    row = {"type": "calculate", "name": "a", "calculation": "no-such-function(1)"}
    with pytest.raises(UnreadableError) as refused:
        converting.converted(workbook([row, {"type": "text", "name": "b", "label": "B"}]))
    assert "no-such-function" in refused.value.problems[0].original


def test_threads_wait_for_each_other_and_get_their_own_answers() -> None:
    xform = _form({"type": "text", "name": "a", "label": "A"})
    seen: dict[str, str] = {}

    def ask(text: str) -> None:
        seen[text] = _state(xform, a=text).answers()["a"]

    threads = [threading.Thread(target=ask, args=(f"t{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {f"t{number}": f"t{number}" for number in range(8)}


def test_engine_keeps_few_forms_and_loads_a_forgotten_one_again() -> None:
    forms = [_form({"type": "text", "name": f"q{number}", "label": str(number)}) for number in range(8)]
    for xform in (*forms, forms[0]):
        assert evaluate(xform).nodes
