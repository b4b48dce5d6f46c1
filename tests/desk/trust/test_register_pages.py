from io import BytesIO

import docx
import openpyxl
import pytest
from django.urls import reverse

from safar.trust.models import AuditEntry
from safar.trust.queries import register as queries

pytestmark = pytest.mark.django_db
TYPED = {
    "holder_name": "Public centre",
    "holder_tax_number": "123456789",
    "registration_number": "77",
    "registered_on": "2026-02-01",
}


def at(page: str, *args) -> str:
    return reverse(f"desk:trust:{page}", args=args)


def test_the_page_shows_the_sheet_in_each_language_and_what_is_missing(client_of) -> None:
    client = client_of("data_protection_officer")
    page = client.get(at("register")).content.decode()
    assert "Not answered yet" in page
    assert "To be checked before it is handed in" in page
    for language, title in (("ru", "База персональных данных"), ("uz-cyrl", "Шахсий маълумотлар базаси")):
        assert title in client.get(at("register"), {"language": language}).content.decode()
    assert client.get(at("register"), {"language": "xx"}).status_code == 200


def test_a_field_nobody_described_is_named_on_the_page(client_of, monkeypatch) -> None:
    monkeypatch.setattr(queries, "undescribed", lambda: ["people.Person.shoe_size"])
    assert "people.Person.shoe_size" in client_of("data_protection_officer").get(at("register")).content.decode()


def test_the_centres_answers_are_kept_and_shown(client_of) -> None:
    client = client_of("data_protection_officer")
    assert client.get(at("register_answers")).status_code == 200
    refused = client.post(at("register_answers"), TYPED | {"crosses_border": "on"})
    assert refused.status_code == 422
    assert 'value="Public centre"' in refused.content.decode()
    assert client.post(at("register_answers"), TYPED)["Location"] == at("register")
    page = client.get(at("register")).content.decode()
    assert "Public centre" in page
    assert "Registered under 77" in page
    assert 'value="Public centre"' in client.get(at("register_answers")).content.decode()


def test_the_workbook_has_a_row_an_array_and_the_document_a_table_an_array(client_of) -> None:
    client = client_of("data_protection_officer")
    client.post(at("register_answers"), TYPED | {"holder_name": "=1+1"})
    sheet = queries.sheet("ru")
    answer = client.post(at("register_download", "xlsx"), {"language": "ru"})
    assert ".xlsx" in answer["Content-Disposition"]
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = list(page.iter_rows(values_only=True))
    assert rows[0] == tuple(heading for heading, _ in sheet.arrays[0].rows)
    assert rows[1][0] == "=1+1"
    assert page["A2"].data_type == "s"
    assert len(rows) == len(sheet.arrays) + 1
    answer = client.post(at("register_download", "docx"), {"language": "ru"})
    document = docx.Document(BytesIO(answer.content))
    assert document.paragraphs[0].text == sheet.title
    assert len(document.tables) == len(sheet.arrays)
    told = [tuple(cell.text for cell in row.cells) for row in document.tables[1].rows]
    assert told == list(sheet.arrays[1].rows)
    assert AuditEntry.objects.filter(action="trust.register.export").count() == 2


def test_no_other_file_and_no_other_language_is_made(client_of) -> None:
    client = client_of("data_protection_officer")
    assert client.post(at("register_download", "exe"), {"language": "ru"}).status_code == 404
    refused = client.post(at("register_download", "docx"), {"language": "tg"}, follow=True)
    assert "not made in this language" in refused.content.decode()
    assert client.get(at("register_download", "docx")).status_code == 405


@pytest.mark.parametrize("role", ["coordinator", "administrator", "ministry_viewer"])
def test_only_the_officer_keeps_the_register(role: str, client_of) -> None:
    client = client_of(role)
    assert client.get(at("register")).status_code == 403
    assert client.post(at("register_answers"), TYPED).status_code == 403
    assert client.post(at("register_download", "docx"), {"language": "ru"}).status_code == 403
