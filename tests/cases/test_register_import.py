"""Three registers, each bad in its own way, come out right to the digit against a count made before they were spoiled."""

import datetime as dt
import json
from collections import Counter
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import registers
from safar.cases.importers.register import returned, store
from safar.cases.models import Contact, RegisterImport, RegisterRow
from safar.cases.queries.registers import Choices, _find_region, get, imports, preview
from safar.kernel.actor import MACHINE
from safar.people.models import ConsentGrant, Person
from safar.trust.models import AuditEntry
from tests.data.registers.shared import AS_OF, HERE

pytestmark = pytest.mark.django_db
REGISTERS = [("uz_latin", "UZ", False), ("uz_cyrillic", "UZ", True), ("tj_tajik", "TJ", False)]
DAY = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _day(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    with time_machine.travel(DAY, tick=False):
        yield


def content(name):
    return (HERE / f"{name}.xlsx").read_bytes()


def truth(name):
    return json.loads((HERE / f"{name}.truth.json").read_text(encoding="utf-8"))


def take_over(name, centre, by=MACHINE, **choices):
    return registers.take_over(
        content=content(name), file_name=f"{name}.xlsx", centre=centre, choices=Choices(**choices), by=by
    )


@pytest.fixture(params=REGISTERS, ids=[name for name, *_ in REGISTERS])
def taken(request, settings, home_centre):
    name, settings.SAFAR_COUNTRY, paper = request.param
    return take_over(name, home_centre, consent_on_paper=paper), truth(name)


def test_the_figures_are_right_to_the_digit(taken):
    register, expected = taken
    contacts = Contact.objects.all()
    assert contacts.count() == register.contacts == expected["contacts"]
    assert register.rows == expected["rows"]
    assert register.rows_refused == expected["refused"]
    assert Counter(contacts.values_list("mode", flat=True)) == expected["by_mode"]
    assert Counter(contacts.values_list("primary_topic", flat=True)) == expected["by_topic"]
    assert Counter(contacts.values_list("destination", flat=True)) == expected["by_destination"]


def test_persons_are_counted_once_and_those_without_consent_not_at_all(taken):
    register, expected = taken
    assert Person.objects.count() == register.people_registered == expected["persons"]
    assert Contact.objects.filter(person=None).count() == expected["nameless"]
    people = Counter(f"{person.sex}/{person.age_band_on(AS_OF)}" for person in Person.objects.all())
    assert people == expected["persons_by_sex_and_age"]
    nameless = Contact.objects.filter(person=None).values_list("sex", "age_band")
    assert Counter("/".join(pair) for pair in nameless) == expected["nameless_by_sex_and_age"]


def test_everybody_registered_agreed_in_writing_in_the_register(taken):
    grants = ConsentGrant.objects.all()
    assert grants.count() == Person.objects.count()
    assert set(grants.values_list("purpose", "granted", "method", "text_version")) == {
        ("keep_file", True, "written", "register")
    }


@pytest.mark.parametrize(("name", "country", "paper"), REGISTERS)
def test_every_spoiled_cell_is_reported_at_its_row_and_column(name, country, paper, settings, home_centre):
    settings.SAFAR_COUNTRY = country
    found = preview(content(name), centre=home_centre, choices=Choices(consent_on_paper=paper), by=MACHINE)
    problems = [
        {"sheet": p.sheet, "row": p.row, "letter": p.letter, "code": p.code, "blocks": p.blocks}
        for p in found.read.problems
    ]
    assert sorted(problems, key=lambda p: (p["sheet"], p["row"], p["letter"])) == truth(name)["problems"]
    assert len(found.unsure) == truth(name)["unsure"]
    assert found.blocked == truth(name)["refused"]
    assert (found.new_people, found.matched_people, found.known) == (truth(name)["persons"], 0, 0)
    assert found.joined_rows == truth(name)["contacts"] - truth(name)["nameless"] - truth(name)["persons"]
    assert found.by_mode() == truth(name)["by_mode"]
    assert not Contact.objects.exists()


def test_the_same_file_again_adds_nothing(taken, home_centre):
    register, expected = taken
    again = registers.take_over(
        content=store.content_of(register.sha256),
        file_name="copy.xlsx",
        centre=home_centre,
        choices=Choices(),
        by=MACHINE,
    )
    assert again == register
    assert (Contact.objects.count(), RegisterImport.objects.count()) == (expected["contacts"], 1)


def saved(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def grown(name, *rows, changes=()):
    """Return the register some days later: rows added at the end, cells mended."""
    book = openpyxl.load_workbook(BytesIO(content(name)))
    for cell, value in changes:
        book.worksheets[0][cell] = value
    for row in rows:
        book.worksheets[0].append(row)
    return saved(book)


def again(data, centre):
    return registers.take_over(content=data, file_name="later.xlsx", centre=centre, choices=Choices(), by=MACHINE)


def test_a_later_version_of_the_register_adds_only_its_new_rows(home_centre):
    take_over("uz_latin", home_centre)
    people = Person.objects.count()
    known = Person.objects.filter(contact_points__isnull=False).order_by("id").first()
    phone = known.contact_points.get().value
    visit = [
        "",
        "30.03.2026",
        known.full_name,
        known.birth_year,
        None,
        phone,
        None,
        None,
        "telefon",
        "viza",
        "Rossiya",
        "ha",
    ]
    stranger = ["", "31.03.2026", "Yangiyev Odam", 1999, "erkak", None, None, None, "telefon", "viza", None, "ha"]
    later = again(
        grown("uz_latin", visit, stranger, [None, "31.03.2026", None, 1980, "A", None, None, None, None, "patent"]),
        home_centre,
    )
    assert (later.contacts, later.people_registered, later.people_matched) == (3, 1, 1)
    assert later.rows_known == truth("uz_latin")["contacts"]
    assert Person.objects.count() == people + 1
    assert known.contacts.order_by("-occurred_at").first().mode == "phone"
    assert AuditEntry.objects.filter(action="cases.register.add_visits", person_key=known.pk).count() == 1


def test_a_mended_cell_counts_nobody_twice_and_a_mended_date_adds_the_row(home_centre):
    take_over("uz_latin", home_centre)
    marks = truth("uz_latin")["problems"]
    phone = next(mark for mark in marks if mark["code"] == "phone_digits_lost")
    date = next(mark for mark in marks if mark["code"] == "date_future")
    mended = [(f"{phone['letter']}{phone['row']}", "+998901112233"), (f"{date['letter']}{date['row']}", "15.03.2026")]
    later = again(grown("uz_latin", changes=mended), home_centre)
    assert (later.contacts, later.rows_changed) == (1, 1)


def test_papers_at_the_centre_cover_an_empty_cell_and_never_a_no(home_centre):
    tab = openpyxl.load_workbook(BytesIO(content("uz_latin"))).active
    noes = [
        row for row in range(4, tab.max_row) if str(tab.cell(row, 12).value).startswith("yo") and _is_named(tab, row)
    ]
    blanked = grown("uz_latin", changes=[(f"L{noes[0]}", None)])

    def people(**choices):
        return preview(blanked, centre=home_centre, choices=Choices(**choices), by=MACHINE).new_people

    assert people() == truth("uz_latin")["persons"]
    assert people(consent_on_paper=True) == truth("uz_latin")["persons"] + 1


def _is_named(tab, row):
    return any(map(str.isalpha, str(tab.cell(row, 3).value or ""))) and tab.cell(row, 3).value != "anonim"


def test_without_consent_no_words_and_no_name_are_kept(home_centre):
    take_over("uz_latin", home_centre)
    contact = Contact.objects.filter(person=None, nameless_reason="old_register")
    assert contact.exists()
    assert set(contact.filter(region="UZ-AN").values_list("note", flat=True)) <= {"", "qayta keladi"}


def test_the_returned_workbook_keeps_every_cell_and_marks_the_bad_ones(home_centre):
    found = preview(content("uz_latin"), centre=home_centre, by=MACHINE)
    book = openpyxl.load_workbook(BytesIO(returned.workbook(content("uz_latin"), found.sheets, found.read.problems)))
    original = openpyxl.load_workbook(BytesIO(content("uz_latin")))
    tab, before = book.active, original.active
    assert [[cell.value for cell in row] for row in tab.iter_rows(max_col=13)] == [
        [cell.value for cell in row] for row in before.iter_rows(max_col=13)
    ]
    for problem in truth("uz_latin")["problems"]:
        colour = tab[f"{problem['letter']}{problem['row']}"].fill.start_color.rgb
        assert colour == ("FFF4B6B6" if problem["blocks"] else "FFFBE7A1")
        assert f"{problem['letter']}{problem['row']}: " in tab.cell(problem["row"], 14).value
    assert tab.cell(3, 14).value == "To mend"


def test_a_hidden_cell_of_a_merged_area_is_named_although_it_cannot_be_coloured(home_centre):
    book = openpyxl.Workbook()
    book.active.append(["Sana", "F.I.Sh.", "Mavzu"])
    for _ in range(2):
        book.active.append(["soon", "Karimov Anvar", "viza"])
    book.active.merge_cells("A2:A3")
    found = preview(saved(book), centre=home_centre, by=MACHINE)
    tab = openpyxl.load_workbook(BytesIO(returned.workbook(saved(book), found.sheets, found.read.problems))).active
    assert [tab.cell(row, 4).value.split(":")[0] for row in (2, 3)] == ["A2", "A3"]


def test_a_city_and_its_region_of_one_name_name_no_region():
    assert _find_region("Andijon") == "UZ-AN"
    assert _find_region("Toshkent") is None


def test_two_columns_for_one_thing_are_refused(home_centre):
    with pytest.raises(ValidationError, match="Two columns"):
        take_over("uz_latin", home_centre, mapping={"s0M": "date"})
    assert not RegisterRow.objects.exists()


def test_a_mapping_by_hand_overrules_what_was_recognised(home_centre):
    found = preview(
        content("uz_latin"), centre=home_centre, choices=Choices(mapping={"s0M": "", "s0A": "ignored"}), by=MACHINE
    )
    assert {column.letter: (column.field, column.by) for column in found.sheets[0].columns}["M"] == ("", "")
    assert {column.letter: (column.field, column.by) for column in found.sheets[0].columns}["A"] == (
        "ignored",
        "choice",
    )
    assert not any(visit.note for visit in found.fresh)


def test_somebody_who_may_be_known_is_kept_apart_and_named(home_centre):
    take_over("uz_latin", home_centre)
    known = Person.objects.exclude(patronymic="").order_by("id").first()
    row = [
        "",
        "30.03.2026",
        f"{known.family_name} {known.given_name}",
        None,
        None,
        None,
        None,
        None,
        None,
        "viza",
        None,
        "ha",
    ]
    found = preview(grown("uz_latin", row), centre=home_centre, by=MACHINE)
    assert [plan.maybe for plan in found.plans] == [(known,)]
    assert found.new_people == found.fresh_count == 1
    row[3] = known.birth_year + 9
    namesake = preview(grown("uz_latin", row), centre=home_centre, by=MACHINE)
    assert [(plan.person, plan.maybe) for plan in namesake.plans] == [(None, ())]


def test_the_file_is_kept_as_it_came_for_the_service_alone(home_centre):
    register = take_over("uz_latin", home_centre)
    path = store.folder() / f"{register.sha256}.xlsx"
    assert path.read_bytes() == content("uz_latin")
    assert (path.stat().st_mode & 0o777, store.folder().stat().st_mode & 0o777) == (0o600, 0o700)
    assert store.keep(content("uz_latin")) == register.sha256
    store.discard(register.sha256)
    store.discard(register.sha256)
    assert store.content_of(register.sha256) is None
    assert store.content_of("../../safar.sqlite3") is None


def test_only_who_may_import(actor, home_centre):
    coordinator = actor("coordinator")
    register = take_over("tj_tajik", home_centre, by=coordinator)
    assert imports(by=coordinator) == [register]
    assert get(register.pk, by=coordinator).imported_by_id == coordinator.id
    assert str(register) == "tj_tajik.xlsx"
    assert str(RegisterRow.objects.first()).startswith("row ")
    for role in ("counsellor", "ministry_viewer"):
        with pytest.raises(PermissionDenied):
            take_over("uz_latin", home_centre, by=actor(role))
        with pytest.raises(PermissionDenied):
            imports(by=actor(role))
