"""Children in an old register: taken over, and said to lack a guardian before and after."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from safar.cases.actions import registers
from safar.cases.queries.registers import Choices, preview
from safar.kernel.actor import MACHINE
from safar.people.models import Guardianship, Person
from safar.people.queries import guardians

pytestmark = pytest.mark.django_db
LINES = [
    ["Sana", "F.I.Sh.", "Tug'ilgan yili", "Mavzusi", "Rozilik"],
    ["05.01.2026", "Karimov Sardor Anvar oʻgʻli", 2012, "viza", "ha"],
    ["06.01.2026", "Rasulova Gulnora Rustam qizi", 1985, "viza", "ha"],
    ["07.01.2026", "Toshmatov Ali Vali oʻgʻli", 2013, "viza", "yoʻq"],
]


@pytest.fixture(autouse=True)
def _day(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    with time_machine.travel(dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def register() -> bytes:
    book = openpyxl.Workbook()
    for line in LINES:
        book.active.append(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_child_with_a_name_is_told_before_and_its_file_says_so_after(register, home_centre) -> None:
    found = preview(register, centre=home_centre, choices=Choices(), by=MACHINE)
    assert [(visit.name.family, visit.row) for visit in found.children] == [("Karimov", 2)]
    registers.take_over(content=register, file_name="r.xlsx", centre=home_centre, choices=Choices(), by=MACHINE)
    missing = {person.family_name: guardians.is_missing(person) for person in Person.objects.all()}
    assert missing == {"Karimov": True, "Rasulova": False}
    assert not Guardianship.objects.exists()
    again = preview(register + b" ", centre=home_centre, choices=Choices(), by=MACHINE)
    assert again.children == []


def test_the_page_before_the_import_lists_them_by_row(client_of, home_centre, register) -> None:
    client = client_of("coordinator")
    data = {"file": SimpleUploadedFile("register.xlsx", register), "centre": str(home_centre.pk)}
    page = client.get(client.post(reverse("desk:cases:import"), data).url).content.decode()
    assert "Children without a guardian" in page
    assert "Row 2: Karimov Sardor" in page
