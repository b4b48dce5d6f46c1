import re
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from safar.cases.importers.register import store
from safar.cases.models import Contact, RegisterImport
from safar.desk.cases import forms_imports, views_imports
from tests.cases.test_register_import import DAY, content, truth
from tests.desk.cases.test_new_contact import page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    with time_machine.travel(DAY, tick=False):
        yield


@pytest.fixture
def client(client_of, home_centre):
    return client_of("coordinator")


def upload(client, home_centre, data):
    file = SimpleUploadedFile("register.xlsx", data)
    return client.post(reverse("desk:cases:import"), {"file": file, "centre": str(home_centre.pk)})


def sha_of(address):
    return re.search(r"[0-9a-f]{64}", address).group()


def test_upload_check_take_over(client, home_centre):
    assert client.get(reverse("desk:cases:import")).status_code == 200
    checked = upload(client, home_centre, content("uz_latin"))
    shown = page(client.get(checked.url))
    assert f"Take over {truth('uz_latin')['contacts']} contacts" in shown
    assert "This is not a date." in shown
    assert not Contact.objects.exists()
    sha256 = sha_of(checked.url)
    done = client.post(
        reverse("desk:cases:import_take_over", args=[sha256]),
        {"centre": str(home_centre.pk), "mode": "in_person_office"},
    )
    assert Contact.objects.count() == truth("uz_latin")["contacts"]
    told = page(client.get(done.url))
    assert sha256 in told
    assert "Rows were left out" in told
    again = page(client.get(checked.url))
    assert "taken over already" in again
    assert "Take over 1" not in again
    assert "register-" in page(client.get(reverse("desk:cases:import")))


def test_a_choice_of_columns_stands_in_the_address_without_a_heading(client, home_centre):
    checked = upload(client, home_centre, content("uz_latin"))
    shown = client.get(checked.url + "&s0M=&s0L=ignored&paper=on&mode=phone")
    found = shown.context["found"]
    assert {column.letter: column.field for column in found.sheets[0].columns}["M"] == ""
    assert found.new_people > truth("uz_latin")["persons"]
    assert 'name="paper" value="on"' in page(shown)


def test_two_columns_for_one_thing_are_refused_on_the_page_and_behind_it(client, home_centre):
    checked = upload(client, home_centre, content("uz_latin"))
    assert "Two columns are taken for the same thing" in page(client.get(checked.url + "&s0M=date"))
    sha256 = sha_of(checked.url)
    answer = client.post(reverse("desk:cases:import_take_over", args=[sha256]), {"s0M": "date", "s0B": "date"})
    assert answer.url == reverse("desk:cases:import_check", args=[sha256])
    assert not RegisterImport.objects.exists()


def test_the_register_comes_back_with_its_marks(client, home_centre):
    checked = upload(client, home_centre, content("uz_latin"))
    answer = client.get(reverse("desk:cases:import_errors", args=[sha_of(checked.url)]))
    assert openpyxl.load_workbook(BytesIO(answer.content)).active.cell(3, 14).value == "To mend"


def test_doubtful_pairs_and_long_lists_are_told(client, home_centre, monkeypatch, settings):
    settings.SAFAR_COUNTRY = "TJ"
    monkeypatch.setattr(views_imports, "_SHOWN_PROBLEMS", 1)
    shown = page(client.get(upload(client, home_centre, content("tj_tajik")).url))
    assert "Perhaps one person, kept apart" in shown
    assert "more stand in the returned file" in shown


def test_what_is_no_register_is_refused_with_the_remedy(client, home_centre):
    refused = upload(client, home_centre, b"a,b,c")
    assert refused.status_code == 422
    assert "save it as .xlsx" in page(refused)


def test_a_file_too_large_is_refused(client, home_centre, monkeypatch):
    monkeypatch.setattr(forms_imports, "MOST_BYTES", 10)
    assert "larger than 20 MB" in page(upload(client, home_centre, content("uz_latin")))


def test_a_file_not_taken_over_can_be_deleted_and_no_other(client, home_centre):
    sha256 = sha_of(upload(client, home_centre, content("uz_latin")).url)
    client.post(reverse("desk:cases:import_discard", args=[sha256]))
    assert store.content_of(sha256) is None
    assert client.get(reverse("desk:cases:import_check", args=[sha256])).status_code == 404
    upload(client, home_centre, content("uz_latin"))
    client.post(reverse("desk:cases:import_take_over", args=[sha256]))
    client.post(reverse("desk:cases:import_discard", args=[sha256]))
    assert store.content_of(sha256)


def test_a_wrong_centre_in_the_address_is_not_found(client, home_centre):
    sha256 = sha_of(upload(client, home_centre, content("uz_latin")).url)
    assert client.get(reverse("desk:cases:import_check", args=[sha256]), {"centre": "nonsense"}).status_code == 404


def test_mended_rows_are_told_after_the_import(client, home_centre):
    upload(client, home_centre, content("uz_latin"))
    sha256 = sha_of(upload(client, home_centre, content("uz_latin")).url)
    client.post(reverse("desk:cases:import_take_over", args=[sha256]))
    RegisterImport.objects.update(rows_changed=2, rows_refused=0, imported_by=None)
    told = page(client.get(reverse("desk:cases:import_done", args=[RegisterImport.objects.get().pk])))
    assert "2 rows had been taken over before" in told


@pytest.mark.parametrize("role", ["counsellor", "ministry_viewer"])
def test_only_a_coordinator_imports(client_of, role):
    assert client_of(role).get(reverse("desk:cases:import")).status_code == 403
    assert client_of(role).get(reverse("desk:cases:import_check", args=["0" * 64])).status_code == 403
