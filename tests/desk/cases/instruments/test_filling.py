"""Filling an instrument at the desk: it follows the answers without a script, refuses with the form's words, and keeps once."""

import pytest
from django.test import Client
from django.urls import reverse

from safar.cases.models import Assessment
from tests.factories.cases import case, contact, person
from tests.factories.instruments import added, installed, workbook

LANGUAGE = "English (en)"


@pytest.fixture
def counsellor(client_of) -> Client:
    return client_of("counsellor")


def _fill(kind: str, key: object, code: str) -> str:
    return reverse(f"desk:cases:assess_{kind}", args=[key, code])


def test_form_follows_its_answers_when_the_page_is_asked_again(counsellor: Client, home_centre) -> None:
    installed("readiness")
    address = _fill("person", person(home_centre).pk, "readiness")
    first = counsellor.get(address)
    assert first.status_code == 200
    assert "looked up the licence" not in first.text
    again = counsellor.post(address, {"q-where/channel": "agency", "language": LANGUAGE, "look": "1"})
    assert again.status_code == 200
    assert "looked up the licence" in again.text
    part = counsellor.post(address, {"q-where/channel": "agency", "language": LANGUAGE}, headers={"X-Part": "answers"})
    assert "looked up the licence" in part.text
    assert "<html" not in part.text


def test_form_is_shown_in_the_language_of_the_reader_or_the_one_chosen(counsellor: Client, home_centre) -> None:
    installed("satisfaction")
    address = _fill("person", person(home_centre).pk, "satisfaction")
    assert "В целом" in counsellor.get(address, {"language": "ru"}).text
    assert "Umuman olganda" in counsellor.get(address, {"language": "uz"}).text
    assert "Умуман олганда" in counsellor.get(address, {"language": "uz-cyrl"}).text
    assert "All in all" in counsellor.get(address).text


def test_what_is_missing_is_said_at_its_field_with_all_that_was_typed(counsellor: Client, home_centre) -> None:
    installed("readiness")
    address = _fill("person", person(home_centre).pk, "readiness")
    answers = {
        "q-where/destination": "KR",
        "q-papers/documents": ["none", "passport"],
        "language": LANGUAGE,
        "store": "1",
    }
    refused = counsellor.post(address, answers)
    assert refused.status_code == 422
    assert "Please answer this question." in refused.text
    assert "cannot stand together with others" in refused.text, "the form's own message"
    assert 'value="KR" checked' in refused.text
    assert not Assessment.objects.exists()


def test_answers_are_kept_once_however_often_the_button_is_pressed(counsellor: Client, home_centre) -> None:
    installed("satisfaction")
    whom = person(home_centre)
    address = _fill("person", whom.pk, "satisfaction")
    key = counsellor.get(address).context["form_key"]
    for _press in range(2):
        kept = counsellor.post(address, {"q-overall": "4", "language": LANGUAGE, "form_key": key, "store": "1"})
        assert kept.status_code == 302
    assessment = Assessment.objects.get()
    assert (assessment.person, assessment.answers, assessment.scores["overall"]) == (whom, {"overall": "4"}, 4.0)
    result = counsellor.get(kept.url)
    assert "All in all" in result.text
    assert "Satisfied" in result.text


def test_instrument_is_filled_in_a_case_and_with_somebody_without_a_file(counsellor: Client, home_centre) -> None:
    installed("exploitation_screen")
    whom = person(home_centre)
    opened, nameless = case(home_centre, whom), contact(home_centre)
    for kind, key in (("case", opened.pk), ("contact", nameless.pk)):
        assert counsellor.get(reverse(f"desk:cases:assess_choose_{kind}", args=[key])).status_code == 200
        address = _fill(kind, key, "exploitation_screen")
        assert counsellor.get(address).status_code == 200
        items = (
            "false_promises",
            "forced_work",
            "excessive_hours",
            "fee_deductions",
            "movement_denied",
            "threats",
            "documents_withheld",
        )
        answers = {f"q-{item}": "yes" if item == "threats" else "no" for item in items}
        assert counsellor.post(address, answers | {"language": LANGUAGE, "store": "1"}).status_code == 302
    assert set(Assessment.objects.values_list("case_file", "contact", "person")) == {
        (opened.pk, None, whom.pk),
        (None, nameless.pk, None),
    }


def test_instrument_that_is_not_meant_for_it_or_not_in_use_is_not_there(counsellor: Client, home_centre) -> None:
    installed("knowledge_test")
    opened = case(home_centre, person(home_centre))
    assert counsellor.get(_fill("case", opened.pk, "knowledge_test")).status_code == 404
    assert counsellor.get(_fill("case", opened.pk, "no_such_thing")).status_code == 404
    assert counsellor.get(_fill("person", opened.pk, "knowledge_test")).status_code == 404


def test_rows_of_a_repeat_come_and_go_without_a_script(counsellor: Client, home_centre) -> None:
    added(
        workbook(
            [
                {"type": "begin repeat", "name": "child", "label": "Child"},
                {"type": "text", "name": "age", "label": "Age"},
                {"type": "end repeat"},
            ]
        ),
        code="children",
    )
    address = _fill("person", person(home_centre).pk, "children")
    two = counsellor.post(address, {"q-child#": "1", "q-child[1]/age": "3", "add": "child"})
    assert 'name="q-child[2]/age"' in two.text
    one = counsellor.post(
        address, {"q-child#": "2", "q-child[1]/age": "3", "q-child[2]/age": "7", "remove": "child[1]"}
    )
    assert 'name="q-child[1]/age"' in one.text
    assert 'value="7"' in one.text
    assert 'name="q-child[2]/age"' not in one.text
    counsellor.post(address, {"q-child#": "1", "q-child[1]/age": "7", "store": "1"})
    assert Assessment.objects.get().answers == {"child#": "1", "child[1]/age": "7"}


def test_long_form_has_pages_and_stops_where_something_is_missing(counsellor: Client, home_centre) -> None:
    rows = [
        {"type": "text", "name": f"q{number}", "label": f"Question {number}", "required": "yes" if number == 1 else ""}
        for number in range(50)
    ]
    added(workbook(rows), code="long")
    address = _fill("person", person(home_centre).pk, "long")
    assert "Page 1 of 4" in counsellor.get(address).text
    stopped = counsellor.post(address, {"page": "0", "next": "1"})
    assert stopped.status_code == 422
    assert "Page 1 of 4" in stopped.text
    second = counsellor.post(address, {"page": "0", "q-q1": "x", "next": "1"})
    assert "Page 2 of 4" in second.text
    assert '<input type="hidden" name="q-q1" value="x">' in second.text
    assert "Page 1 of 4" in counsellor.post(address, {"page": "1", "q-q1": "x", "back": "1"}).text
    assert "Page 1 of 4" in counsellor.post(address, {"page": "3", "store": "1"}).text, (
        "what is missing stands on page 1"
    )


def test_every_kind_of_question_has_a_control(counsellor: Client, home_centre) -> None:
    many = [{"list_name": "many", "name": f"m{number}", "label": f"Choice {number}"} for number in range(14)]
    few = [
        {"list_name": "few", "name": name, "label": name.title(), "media::image": "tree.png" if name == "a" else ""}
        for name in "ab"
    ]
    rows = [
        {"type": "select_one many", "name": "one_of_many", "label": "One of many"},
        {"type": "select_one few or_other", "name": "other_possible", "label": "Other possible"},
        {"type": "select_multiple few", "name": "several", "label": "Several"},
        {"type": "rank few", "name": "order", "label": "Order"},
        {"type": "range", "name": "much", "label": "How much", "parameters": "start=0 end=10 step=1"},
        {"type": "acknowledge", "name": "agreed", "label": "Agreed"},
        {"type": "text", "name": "told", "label": "Told", "appearance": "multiline"},
        {"type": "integer", "name": "years", "label": "Years", "default": "3"},
        {"type": "date", "name": "day", "label": "Day"},
        {"type": "time", "name": "hour", "label": "Hour"},
        {"type": "dateTime", "name": "moment", "label": "Moment"},
        {"type": "geopoint", "name": "place", "label": "Place"},
        {"type": "image", "name": "photo", "label": "Photo"},
        {"type": "text", "name": "fixed", "label": "Fixed", "read_only": "yes", "default": "always"},
    ]  # fmt: skip
    added(workbook(rows, [*many, *few]), code="kinds", files={"tree.png": b"\x89PNG"})
    page = counsellor.get(_fill("person", person(home_centre).pk, "kinds"))
    for control in (
        "<select",
        'type="range"' if False else 'type="number"',
        'type="checkbox"',
        "<textarea",
        'inputmode="numeric"',
        'type="date"',
        'type="time"',
        'type="datetime-local"',
    ):
        assert control in page.text
    assert 'value="3"' in page.text
    assert "always" in page.text
    assert "No picture or recording is taken here" in page.text
    picture = page.text.partition('class="instrument-picture" src="')[2].partition('"')[0]
    assert counsellor.get(picture)["Content-Type"] == "image/png"
    assert counsellor.get(picture.replace("tree.png", "form.xlsx")).status_code == 404


def test_form_of_right_to_left_language_is_written_from_the_right(counsellor: Client, home_centre) -> None:
    row = {"type": "text", "name": "a", "label::English (en)": "Name", "label::Arabic (ar)": "الاسم"}
    added(workbook([row]), code="both")
    address = _fill("person", person(home_centre).pk, "both")
    assert 'lang="ar" dir="rtl"' in counsellor.get(address, {"language": "Arabic (ar)"}).text
    assert 'lang="en" dir="ltr"' in counsellor.get(address).text
