"""The paper twin: every instrument prints in every language, says where to go on, and is keyed back by numbers."""

import pytest
from django.test import Client
from django.urls import reverse

from safar.cases.models import Assessment, InstrumentVersion
from safar.cases.questionnaires.library import build
from safar.desk.cases.instruments import keying, paper, skips
from tests.factories.cases import person
from tests.factories.instruments import added, installed, workbook


@pytest.fixture
def counsellor(client_of) -> Client:
    return client_of("counsellor")


def _words(version: InstrumentVersion, language: str) -> list[str]:
    made = paper.paper_of(version, language)
    return [
        text
        for block in made.blocks
        for text in (block.title, *block.paragraphs, *(label for label, _tick in block.choices))
    ]


@pytest.mark.parametrize("code", build.codes())
def test_instrument_says_all_its_questions_on_paper_in_every_language(code: str, db) -> None:
    version = installed(code)
    for language in version.languages:
        words = _words(version, language)
        assert [text for text in words if text.startswith("1. ")]
        assert len([text for text in words if text[:1].isdigit() and ". " in text[:4]]) == len(paper.numbered(version))
        assert not [text for text in words if "${" in text or "/data/" in text]


def test_skip_logic_is_told_as_where_to_go_on(db) -> None:
    words = _words(installed("readiness"), "English (en)")
    assert "Only if question 2 is 2 (A private agency). Otherwise go on to question 4." in words
    words = _words(installed("reintegration_survey"), "English (en)")
    assert "Only if question 30 is 2 (No). Otherwise you have finished." in words, [
        text for text in words if "finished" in text
    ]


@pytest.mark.parametrize(
    ("relevant", "words"),
    [
        ("", ""),
        ("selected( /data/a , 'x')", "question 1 has 1 (The X)"),
        (" /data/a  = 'x' and  /data/b  > 3", "question 1 is 1 (The X) and question 2 is more than 3"),
        (" /data/a  != ''", "question 1 is answered"),
        ("${b} = ''", "question 2 is not answered"),
        ("not(${b} <= 5) or ${unknown} != 'y'", "not (question 2 is at most 5) or unknown is not y"),
        ("once(1)", "once(1)"),
    ],
)
def test_condition_is_put_into_words_and_what_has_none_stays_as_it_is(relevant: str, words: str) -> None:
    options = [{"value": "x", "label": {"default": "The X"}}]
    questions = {
        "a": skips.Numbered(1, {"path": "a", "options": options}),
        "b": skips.Numbered(2, {"path": "b", "options": []}),
    }
    assert skips.condition(relevant, questions, "en") == words


def test_paper_is_a_pdf_with_its_code_and_is_listed(counsellor: Client) -> None:
    version = installed("satisfaction")
    printed = counsellor.get(reverse("desk:cases:instrument_paper", args=[version.pk]), {"language": "ru"})
    assert printed.content[:4] == b"%PDF"
    assert len(printed.content) < 200_000
    assert "Satisfaction with services" in counsellor.get(reverse("desk:cases:instrument_blanks")).text


def test_paper_is_keyed_back_by_numbers_and_marked_as_such(counsellor: Client, home_centre) -> None:
    version, whom = installed("readiness"), person(home_centre)
    start = reverse("desk:cases:key_back", args=["person", whom.pk])
    assert counsellor.get(start).status_code == 200
    assert counsellor.post(start, {"form_code": "ZZZ"}).status_code == 422
    sent = counsellor.post(start, {"form_code": f" {paper.form_code(version).lower()} "})
    address = reverse("desk:cases:key_back_answers", args=["person", whom.pk, version.pk])
    assert sent.url == address
    page = counsellor.get(address)
    numbers = {each.element["name"]: f"k-{each.number}" for each in paper.numbered(version)}
    typed = {"destination": "3", "channel": "1", "documents": "1 2", "contract": "1", "costs": "1", "contact_home": "2"}
    day = {"completed_on": "2026-01-05", "form_key": page.context["form_key"]}
    wrong = counsellor.post(address, day | {numbers["destination"]: "9", numbers["channel"]: "x"})
    assert wrong.status_code == 422
    assert wrong.text.count("Type a number from 1 to") >= 2
    short = counsellor.post(address, day | {numbers["destination"]: "3"})
    assert "Please answer this question." in short.text
    assert (
        counsellor.post(
            address, day | {"completed_on": "2999-01-01"} | {numbers[n]: v for n, v in typed.items()}
        ).status_code
        == 422
    )
    kept = counsellor.post(address, day | {numbers[n]: v for n, v in typed.items()})
    assert kept.status_code == 302
    made = Assessment.objects.get()
    assert (made.how, str(made.completed_on), made.answers["where/destination"]) == ("paper", "2026-01-05", "KR")
    assert made.answers["papers/documents"] == "passport permit"
    assert "Keyed from paper" in counsellor.get(kept.url).text


def test_older_paper_is_not_keyed_back_under_what_is_asked_now(counsellor: Client, home_centre) -> None:
    first = added(workbook([{"type": "text", "name": "a", "label": "A"}]), code="own")
    added(workbook([{"type": "text", "name": "b", "label": "B"}]), code="own")
    address = reverse("desk:cases:key_back_answers", args=["person", person(home_centre).pk, first.pk])
    assert "no longer in use" in counsellor.get(address).text
    assert counsellor.post(address, {"completed_on": "2026-01-05"}).status_code == 422
    assert counsellor.get(address.replace("/person/", "/nobody/")).status_code == 404


def test_free_answers_long_lists_repeats_and_notes_have_their_place(db) -> None:
    many = [{"list_name": "l", "name": f"c{number}", "label": f"C {number}"} for number in range(45)]
    rows = [
        {"type": "note", "name": "hello", "label": "Hello **you**"},
        {"type": "select_one l", "name": "country", "label": "Country", "hint": "Write it"},
        {"type": "begin repeat", "name": "child", "label": "Child"},
        {"type": "text", "name": "age", "label": "Age", "relevant": "${country} = 'c1'"},
        {"type": "end repeat"},
    ]
    version = added(workbook(rows, many), code="own")
    words = _words(version, "default")
    assert "Hello you" in words
    assert "Copy this part for each row." in words
    assert [line.path for line in keying.lines(version, "default")] == ["country"], (
        "rows of a repeat are filled on the screen"
    )
    assert keying.answers(version, keying.lines(version, "default")) == {}
