"""Answers go out in the layout of Kobo and ODK without people, and come back: with errors by row, and never twice."""

import csv
import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from safar.cases.actions import assessment_exchange as exchange
from safar.cases.models import Assessment
from safar.cases.questionnaires import columns
from safar.cases.rules.instruments import About
from safar.kernel.actor import MACHINE
from safar.trust.models import AuditEntry
from safar.trust.permissions import ROLES
from tests.factories.cases import person
from tests.factories.instruments import added, assessment, installed, workbook

ROWS = [
    {"type": "text", "name": "told", "label": "Told"},
    {"type": "begin group", "name": "g", "label": "Group"},
    {"type": "select_multiple l", "name": "several", "label": "Several"},
    {"type": "integer", "name": "n", "label": "Number", "constraint": ". < 10"},
    {"type": "end group"},
    {"type": "begin repeat", "name": "child", "label": "Child"},
    {"type": "integer", "name": "age", "label": "Age"},
    {"type": "begin repeat", "name": "toy", "label": "Toy"},
    {"type": "select_one l", "name": "kind", "label": "Kind"},
    {"type": "end repeat"},
    {"type": "end repeat"},
]
LIST = [{"list_name": "l", "name": "x", "label": "The X"}, {"list_name": "l", "name": "y", "label": "The Y"}]
ANSWERS = {
    "told": "=1+1",
    "g/several": "x y",
    "g/n": "4",
    "child#": "2",
    "child[1]/age": "3",
    "child[1]/toy#": "1",
    "child[1]/toy[1]/kind": "y",
    "child[2]/age": "7",
    "child[2]/toy#": "2",
    "child[2]/toy[1]/kind": "x",
    "child[2]/toy[2]/kind": "y",
}


@pytest.fixture
def version(db):
    return added(workbook(ROWS, LIST, version="v7"), code="own")


def _filled(version, centre, **answers) -> Assessment:
    return assessment(version, centre, about=About(person_id=person(centre).pk), **(answers or ANSWERS))


def _sent(content: bytes, name: str = "a.xlsx") -> dict:
    return {"file": SimpleUploadedFile(name, content)}


def test_layout_is_that_of_kobo(version, home_centre) -> None:
    made = _filled(version, home_centre)
    found = exchange.export(version_id=version.pk, by=MACHINE)
    assert list(found) == ["answers", "child", "toy"]
    head, row = found["answers"]
    assert head == ["g/several", "g/several/x", "g/several/y", "g/n", *columns.META]
    assert row[:4] == ["x y", 1, 1, "4"]
    told = dict(zip(head, row, strict=True))
    assert (f"uuid:{told['_uuid']}", told["__version__"], told["_submitted_by"], told["_index"]) == (
        made.submission,
        "v7",
        "",
        1,
    )
    assert found["child"][1:] == [["3", 1, "answers", 1, told["_uuid"]], ["7", 2, "answers", 1, told["_uuid"]]]
    assert [row[:4] for row in found["toy"][1:]] == [["y", 1, "child", 1], ["x", 2, "child", 2], ["y", 3, "child", 2]]


def test_free_words_and_people_stay_here_unless_asked_for_and_never_run_in_a_spreadsheet(version, home_centre) -> None:
    _filled(version, home_centre)
    plain = columns.as_csv(exchange.export(version_id=version.pk, by=MACHINE)).decode()
    assert "Karimov" not in plain
    assert "1+1" not in plain
    wordy = columns.as_csv(exchange.export(version_id=version.pk, with_words=True, by=MACHINE))
    assert wordy.startswith(b"\xef\xbb\xbf")
    assert next(csv.DictReader(io.StringIO(wordy.decode("utf-8-sig"))))["told"] == "'=1+1"
    labels = exchange.export(version_id=version.pk, labels=True, language="default", by=MACHINE)["answers"]
    assert labels[0][:3] == ["Several", "Several/The X", "Several/The Y"]
    assert labels[1][0] == "The X The Y"
    assert AuditEntry.objects.filter(action="cases.assessment.export", verb="export").count() == 3


@pytest.mark.parametrize("form", [columns.as_workbook, columns.as_csv])
def test_what_left_comes_back_once(form, version, home_centre) -> None:
    made = _filled(version, home_centre)
    content = form(exchange.export(version_id=version.pk, with_words=True, by=MACHINE))
    kept = dict(made.answers)
    assert exchange.take_over(version_id=version.pk, content=content, centre=home_centre, by=MACHINE).known == 1
    made.delete()
    first = exchange.take_over(version_id=version.pk, content=content, centre=home_centre, by=MACHINE)
    again = exchange.take_over(version_id=version.pk, content=content, centre=home_centre, by=MACHINE)
    assert (first.added, first.problems, again.added, again.known) == (1, [], 0, 1)
    back = Assessment.objects.get()
    assert (back.how, back.person) == ("import", None)
    if form is columns.as_workbook:
        assert back.answers == kept
    else:
        assert back.answers["g/several"] == "x y", "a text file has no sheets for repeats"


def test_rows_with_errors_are_told_by_row_and_the_others_are_added(version, home_centre) -> None:
    rows = ["g/n,several,_uuid", "12,x,a-1", "5,x z,a-2", "many,x,a-3", "5,x y,a-4", "5,x,", "6,x,a-4"]
    done = exchange.take_over(version_id=version.pk, content="\n".join(rows).encode(), centre=home_centre, by=MACHINE)
    assert (done.added, done.refused, done.known) == (1, 4, 1)
    assert [(problem.row, problem.path, problem.kind) for problem in done.problems] == [
        (2, "g/n", "constraint"),
        (3, "g/several", "no_choice"),
        (4, "g/n", "unreadable"),
        (6, "_uuid", "required"),
    ]
    assert all(str(problem.words) for problem in done.problems)


def test_answer_that_is_not_asked_is_left_out_and_said(home_centre) -> None:
    rows = [
        {"type": "integer", "name": "n", "label": "N"},
        {"type": "integer", "name": "m", "label": "M", "relevant": "${n} > 5"},
    ]
    version = added(workbook(rows), code="own")
    done = exchange.take_over(version_id=version.pk, content=b"n,m,_uuid\n1,2,b-1\n", centre=home_centre, by=MACHINE)
    assert [(problem.row, problem.kind) for problem in done.problems] == [(2, "irrelevant")]
    assert Assessment.objects.get().answers == {"n": "1"}


def test_columns_of_zero_and_one_are_enough_and_a_workbook_may_hold_numbers_and_days(version) -> None:
    book = openpyxl.Workbook()
    book.active.append(["several/x", "several/y", "g-n", "KEY"])
    book.active.append([0, 1, 4.0, "uuid:c-1"])
    made = io.BytesIO()
    book.save(made)
    (row,) = columns.read(made.getvalue(), version.outline)
    assert (row.uuid, row.answers) == ("uuid:c-1", {"g/several": "y", "g/n": "4"})


@pytest.mark.parametrize("content", [b"", b"PK broken", b"\xff\xfe\x00", b"a,b\n1,2\n", b"g/n\n" + b"1\n" * 301])
def test_file_without_answers_of_this_form_is_refused(content: bytes, version, client_of) -> None:
    address = reverse("desk:cases:instrument_answers", args=[version.pk])
    assert client_of("coordinator").post(address, _sent(content)).status_code == 422


def test_pages_give_and_take_files(version, client_of, home_centre) -> None:
    _filled(version, home_centre)
    client = client_of("coordinator")
    address, out = (reverse(f"desk:cases:instrument_{name}", args=[version.pk]) for name in ("answers", "export"))
    assert client.get(address).status_code == 200
    assert client.get(out).status_code == 404
    book = client.post(out, {"kind": "xlsx", "headings": "codes"})
    assert openpyxl.load_workbook(io.BytesIO(book.content)).sheetnames == ["answers", "child", "toy"]
    text = client.post(out, {"kind": "csv", "headings": "labels", "start": "2020-01-01", "end": "2020-01-02"})
    assert len(text.content.decode().strip().splitlines()) == 1, "nothing was filled in those days"
    taken = client.post(address, _sent(b"g/n,_uuid\n12,d-1\n3,d-2\n", "a.csv"))
    assert taken.status_code == 200
    assert "Rows added: 1" in taken.text
    assert client.post(address, {}).status_code == 422


@pytest.mark.parametrize("role", ROLES)
def test_each_role_takes_out_and_in_as_its_permissions_say(role: str, version, actor, home_centre) -> None:
    for act in (
        lambda: exchange.export(version_id=version.pk, by=actor(role)),
        lambda: exchange.take_over(
            version_id=version.pk, content=b"g/n,_uuid\n1,e-1\n", centre=home_centre, by=actor(role)
        ),
    ):
        if "cases.assessment.export" in ROLES[role].permissions:
            assert act()
        else:
            with pytest.raises(PermissionDenied):
                act()


def test_sensitive_answers_leave_only_through_who_decides(actor, monkeypatch) -> None:
    version, by = installed("exploitation_screen"), actor("coordinator")
    assert exchange.export(version_id=version.pk, by=by)
    from dataclasses import replace

    lesser = replace(by, permissions=by.permissions - {"cases.assessment.decide"})
    with pytest.raises(PermissionDenied):
        exchange.export(version_id=version.pk, by=lesser)
