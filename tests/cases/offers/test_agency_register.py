"""A register of agencies comes in from a file: by row and sheet what is wrong, nothing lost, history kept."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import agencies as actions
from safar.cases.importers.agencies import messages, reading, returned, rows, store
from safar.cases.models import Agency, AgencyChange, AgencyImport, AgencyLicence
from safar.cases.queries import agencies, agency_imports
from safar.cases.rules.agencies import Standing
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from tests.factories import offers as make
from tests.factories.offers import days_ago, register, row, sheet

pytestmark = pytest.mark.django_db


def problems_of(*lines):
    return [
        (problem.letter, problem.row, problem.code) for problem in rows.read(reading.sheets_of(sheet(lines))).problems
    ]


class TestReading:
    @pytest.mark.parametrize(
        ("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-8"), (";", "cp1251")]
    )
    def test_csv_of_any_office_is_read(self, delimiter, encoding):
        found = reading.sheets_of(sheet([row("Намуна Сафар")], delimiter=delimiter, encoding=encoding))
        assert rows.read(found).listed[0].name == "Намуна Сафар"

    def test_a_workbook_is_read_sheet_by_sheet_with_headings_of_the_country(self):
        book = openpyxl.Workbook()
        book.active.append(["Note: nothing here"])
        tab = book.create_sheet("2026")
        tab.append(["Реестр на 1 ноября"])
        tab.append(["№", "Агентлик номи", "Лицензия рақами", "Берилган сана", "Бекор қилинган сана", "Изоҳ"])
        tab.append([1, "Namuna", "L-7", dt.date(2025, 1, 5), None, "x"])
        tab.append([2, "", "L-8", "хато", None, "x"])
        out = io.BytesIO()
        book.save(out)
        found = reading.sheets_of(out.getvalue())
        assert [(one.name, one.number, one.header_row) for one in found] == [("2026", 1, 2)]
        read = rows.read(found)
        assert read.refused == 1
        assert {problem.code for problem in read.problems} == {"name_missing", "date_unreadable"}
        back = openpyxl.load_workbook(io.BytesIO(returned.workbook(found, read.problems)))["2026"]
        assert back.cell(2, 1).value == 4
        assert "B4: The name of the agency is missing." in back.cell(2, back.max_column).value
        assert "It says “хато”" in back.cell(2, back.max_column).value

    def test_only_sheets_with_something_to_mend_go_back(self):
        book = openpyxl.Workbook()
        for name, number in (("Good", "L-1"), ("Bad", "")):
            tab = book.create_sheet(name)
            tab.append(["Name", "Licence", "From"])
            tab.append(["Namuna", number, "2025-01-05"])
            tab.append(["Misol", "L-2" if name == "Bad" else "L-3", "2025-01-05"])
        out = io.BytesIO()
        book.save(out)
        found = reading.sheets_of(out.getvalue())
        back = openpyxl.load_workbook(io.BytesIO(returned.workbook(found, rows.read(found).problems)))
        assert [(tab.title, tab.max_row) for tab in back.worksheets] == [("Bad", 2)]

    def test_a_text_that_begins_like_a_formula_goes_back_as_a_text(self):
        found = reading.sheets_of(sheet([row("=cmd()", number="")]))
        back = openpyxl.load_workbook(io.BytesIO(returned.workbook(found, rows.read(found).problems))).worksheets[0]
        assert (back.cell(2, 2).value, back.cell(2, 2).data_type) == ("=cmd()", "s")

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"PK\x03\x04 broken", "not_readable"),
            (b"just;some;words", "no_agencies"),
            (b"\x98\xff", "not_readable"),
            (b'name;licence;from\n"' + b"x" * 200_000, "not_readable"),
        ],
    )
    def test_another_file_is_refused(self, content, code):
        with pytest.raises(reading.NotAnAgencyListError, match=code):
            reading.sheets_of(content)

    def test_a_damaged_workbook_is_refused(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("nothing.txt", "x")
        with pytest.raises(reading.NotAnAgencyListError, match="not_readable"):
            reading.sheets_of(out.getvalue())

    @pytest.mark.parametrize(
        ("name", "most", "code"),
        [("MOST_BYTES", 10, "too_large"), ("MOST_ROWS", 0, "too_many_rows")],
    )
    def test_a_file_too_large_is_refused(self, monkeypatch, name, most, code):
        monkeypatch.setattr(reading, name, most)
        with pytest.raises(reading.NotAnAgencyListError, match=code):
            reading.sheets_of(sheet([row("Namuna")]))

    def test_a_workbook_that_unpacks_too_large_is_refused(self, monkeypatch):
        out = io.BytesIO()
        openpyxl.Workbook().save(out)
        monkeypatch.setattr(reading, "_MOST_BYTES_UNPACKED", 10)
        with pytest.raises(reading.NotAnAgencyListError, match="too_large"):
            reading.sheets_of(out.getvalue())

    @pytest.mark.parametrize(
        ("cells", "problem"),
        [
            ({"valid_from": ""}, ("D", 2, "from_missing")),
            ({"valid_from": "soon"}, ("D", 2, "date_unreadable")),
            ({"valid_until": "2001-01-01"}, ("E", 2, "ends_before_it_begins")),
            ({"suspended_until": "2026-01-01"}, ("G", 2, "suspension_without_start")),
            (
                {"suspended_from": "2026-01-02", "suspended_until": "2026-01-01"},
                ("G", 2, "suspension_ends_before_it_begins"),
            ),
            ({"revoked_on": "2001-01-01"}, ("H", 2, "revoked_before_it_begins")),
            ({"tin": "1" * 21}, ("I", 2, "too_long")),
            ({"state": "maybe"}, ("J", 2, "state_unreadable")),
        ],
    )
    def test_what_is_wrong_is_said_by_cell(self, cells, problem):
        assert problems_of(row("Namuna", **cells)) == [problem]
        assert set(messages.PROBLEMS) >= {problem[2]}

    def test_a_licence_two_agencies_claim_stays_out_with_both(self):
        assert problems_of(row("Namuna"), row("Misol")) == [("C", 2, "licence_of_two"), ("C", 3, "licence_of_two")]

    def test_a_row_without_a_tax_number_belongs_to_the_only_firm_of_its_name(self):
        assert problems_of(row("Namuna", tin="77"), row("Намуна")) == []

    def test_columns_nobody_asked_for_are_kept_and_a_short_row_is_read(self):
        content = b"Name;Licence;From;Name;Director\nNamuna;L-1;2025-01-05\nMisol;L-2;2025-01-05;Again;Somebody"
        first, second = rows.read(reading.sheets_of(content)).listed
        assert first.other == ()
        assert second.other == (("Name", "Again"), ("Director", "Somebody"))


class TestTakingOver:
    def test_agencies_licences_and_suspensions_are_written_once(self):
        taken = register(
            row("Namuna MChJ", other="Намуна МЧЖ", tin="77", suspended_from=days_ago(90), suspended_until=days_ago(60)),
            row("Namuna MChJ", tin="77", suspended_from=days_ago(30), state="yes"),
            row("Misol XK", "L-2"),
        )
        assert (taken.agencies_new, taken.rows, taken.rows_refused) == (2, 3, 0)
        agency = agencies.full().get(tax_number="77")
        assert [name.name for name in agency.names.all()] == ["Namuna MChJ", "Намуна МЧЖ"]
        assert agency.is_state
        assert [agencies.standing_on(agency, days_ago(days)).state for days in (100, 70, 45, 10)] == [
            Standing.LICENSED, Standing.SUSPENDED, Standing.LICENSED, Standing.SUSPENDED,
        ]  # fmt: skip

    def test_the_same_file_twice_is_no_change_and_neither_is_the_same_content_in_another_file(self):
        first = register(row("Namuna"))
        again = register(row("Namuna"))
        assert again == first
        other = register(row("Namuna"), row("", "L-9"))
        assert (other.agencies_new, other.agencies_changed, other.agencies_same, other.rows_refused) == (0, 0, 1, 1)
        assert Agency.objects.count() == AgencyLicence.objects.count() == 1

    def test_what_a_later_register_says_otherwise_is_changed_and_what_it_said_before_is_kept(self):
        register(row("Namuna", tin="77", suspended_from=days_ago(50)), as_of=days_ago(40))
        register(
            row("Namuna Plus", tin="77", suspended_from=days_ago(50), suspended_until=days_ago(20), valid_until=days_ago(-900), state="1"),
            row("Namuna Plus", tin="77", revoked_on=days_ago(3)),
            row("Namuna Plus", "L-2", tin="77"),
        )  # fmt: skip
        agency = Agency.objects.get()
        assert (agency.name, agency.as_of) == ("Namuna Plus", today())
        told = {(change.field, change.licence) for change in AgencyChange.objects.all()}
        assert told == {
            ("name", ""), ("is_state", ""), ("valid_until", "L-1"), ("suspended_until", "L-1"), ("revoked_on", "L-1"), ("licence", "L-2"),
        }  # fmt: skip
        assert AgencyChange.objects.get(field="name").old == "Namuna"
        assert {name.name for name in agency.names.all()} == {"Namuna", "Namuna Plus"}

    def test_a_tax_number_learnt_later_is_a_change_of_the_same_agency(self):
        register(row("Namuna"))
        register(row("Namuna", tin="77"))
        assert Agency.objects.get().tax_number == "77"
        assert str(AgencyChange.objects.get()) == "tax_number:  → 77"

    def test_everything_says_what_it_is(self):
        taken = register(row("Namuna", suspended_from=days_ago(3)))
        agency = Agency.objects.get()
        licence = agency.licences.get()
        assert [str(one) for one in (taken, agency, agency.names.get(), licence, licence.suspensions.get())] == [
            "list.csv", "Namuna", "Namuna", "L-1", str(days_ago(3)),
        ]  # fmt: skip

    def test_a_blank_in_a_later_register_takes_nothing_back(self):
        register(row("Namuna", revoked_on=days_ago(3)), as_of=days_ago(2))
        register(row("Namuna"))
        assert AgencyLicence.objects.get().revoked_on == days_ago(3)

    def test_an_older_register_brought_late_overrules_nothing(self):
        register(row("Namuna", tin="77", valid_until=days_ago(-10)))
        register(
            row("Namuna eski", tin="77", valid_until=days_ago(-5), suspended_from=days_ago(70)), as_of=days_ago(60)
        )
        agency = Agency.objects.get()
        assert (agency.name, agency.as_of) == ("Namuna", today())
        licence = agency.licences.get()
        assert licence.valid_until == days_ago(-10)
        assert licence.suspensions.count() == 1

    def test_a_licence_known_of_another_agency_stays_out(self):
        register(row("Namuna", tin="77"))
        taken = register(row("Misol", tin="88"), row("Misol", "L-2", tin="88"))
        assert (taken.rows_refused, taken.agencies_new) == (1, 1)
        only = agency_imports.preview(sheet([row("Uchinchi", tin="99")]), as_of=today(), by=MACHINE)
        assert [problem.code for problem in only.read.problems] == ["licence_of_another"]
        assert only.plans == []

    def test_two_firms_of_one_name_stay_two(self):
        register(row("Namuna", tin="77"), row("Namuna", "L-2", tin="88"))
        register(row("Namuna", "L-3", tin="88"))
        assert Agency.objects.count() == 2

    def test_the_dry_run_says_who_is_no_longer_listed_and_what_is_kept_aside(self):
        register(row("Namuna", tin="77"), row("Misol", "L-2", tin="88"))
        content = sheet([[*row("Misol", "L-2", tin="88"), "x"]]).replace(b"State", b"State;Note")
        found = agency_imports.preview(content, as_of=today(), by=MACHINE)
        assert [str(agency) for agency in found.missing] == ["Namuna"]
        assert found.aside == ["Note"]
        assert (found.new, found.changed, found.same, found.earlier) == ([], [], 1, None)

    def test_a_day_to_come_or_no_source_is_refused_and_so_is_another_file(self):
        with pytest.raises(ValidationError) as refused:
            actions.take_over(content=b"", file_name="x", as_of=days_ago(-1), source=" ", by=MACHINE)
        assert set(refused.value.message_dict) == {"as_of", "source"}
        with pytest.raises(ValidationError) as refused:
            actions.take_over(content=b"a;b", file_name="x", as_of=today(), source="x", by=MACHINE)
        assert set(refused.value.message_dict) == {"file"}

    @pytest.mark.parametrize("role", ["counsellor", "ministry_viewer"])
    def test_who_does_not_keep_the_register_cannot_change_it(self, actor, role):
        by = actor(role)
        for forbidden in (
            lambda: make.register(row("Namuna"), by=by),
            lambda: agency_imports.preview(sheet([row("Namuna")]), as_of=today(), by=by),
            lambda: agencies.imports(by=by),
        ):
            with pytest.raises(PermissionDenied):
                forbidden()
        assert not AgencyImport.objects.exists()


class TestFinding:
    def test_an_agency_is_found_in_any_script_and_form_with_two_queries_more_than_names(
        self, django_assert_max_num_queries
    ):
        make.agency("«Намуна Сафар» МЧЖ")
        register(*(row(f"Boshqa Firma {number}", f"M-{number}") for number in range(15)))
        with django_assert_max_num_queries(5):
            (hit,) = agencies.find("Namuna Safar")
        assert (hit.agency.name, hit.is_same) == ("«Намуна Сафар» МЧЖ", True)

    def test_who_is_in_no_register_has_no_licence_as_far_as_it_speaks(self):
        assert agencies.standing_of_unlisted(today()).state is Standing.UNKNOWN
        register(row("Namuna"), as_of=days_ago(10))
        assert agencies.standing_of_unlisted(today()).state is Standing.NEVER
        assert agencies.standing_of_unlisted(days_ago(-60)).state is Standing.UNKNOWN

    def test_one_left_out_of_the_newest_register_grows_old(self):
        register(row("Namuna"), as_of=days_ago(100))
        register(row("Misol", "L-2"))
        assert agencies.standing_on(agencies.full().get(name="Namuna"), today()).state is Standing.UNKNOWN


def test_a_kept_file_is_asked_for_by_its_hash_alone():
    name = store.keep(b"content")
    assert store.content_of(name) == b"content"
    assert store.keep(b"content") == name
    for wrong in ("", "../" + name, "z" * 64, "a" * 64):
        assert store.content_of(wrong) is None
    store.discard("a" * 64)
    store.discard(name)
    assert store.content_of(name) is None
