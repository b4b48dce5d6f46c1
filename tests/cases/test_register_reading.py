"""Headings, odd rows and people, on small sheets made for one thing each."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest

from safar.cases.importers.register import people, reading, rows
from safar.cases.importers.register.cells import Born
from safar.cases.importers.register.fingerprints import Mark, compare, marks_of
from safar.cases.importers.register.people import Someone, Verdict
from safar.cases.importers.register.rows import Name, Visit

PLACES = {
    ("andijon viloyati", "UZ"): "UZ-AN",
    ("oltinkoʻl tumani", "UZ"): "UZ1703202",
    ("oltinkoʻl tumani", "UZ-AN"): "UZ1703202",
    ("andijon", "UZ-AN"): "UZ1703401",
    ("france", ""): "FR",
}
AROUND = rows.Surroundings(
    dt.date(2026, 4, 1),
    "UZ",
    lambda text, within: PLACES.get((text.casefold(), within)),
    lambda text: PLACES.get((text.casefold(), "UZ")),
    lambda _code: "UZ-AN",
    {"heard_via": {"a friend": "friend_relative"}},
)
HEAD = ["Sana", "F.I.Sh.", "Tugʻilgan yili", "Jinsi", "Telefon", "Mavzu", "Rozilik", "Izoh"]
VISIT = ["02.03.2026", "Karimov Anvar", 1990, "erkak", "901234567", "patent", "ha", ""]


def book(*lines, merge=(), title="Mart", more=()):
    made = openpyxl.Workbook()
    made.active.title = title
    for line in lines:
        made.active.append(line)
    for area in merge:
        made.active.merge_cells(area)
    for name, sheet_lines, state in more:
        tab = made.create_sheet(name)
        tab.sheet_state = state
        for line in sheet_lines:
            tab.append(line)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def read(*lines, **options):
    return rows.read(reading.sheets_of(book(*lines, **options)), AROUND)


def fields(sheet):
    return {column.letter: column.field for column in sheet.columns}


class TestHeadings:
    def test_stand_below_a_title_over_all_columns(self):
        sheet = reading.sheets_of(book(["Murojaatlar jurnali", *[None] * 7], HEAD, VISIT, merge=["A1:H1"]))[0]
        assert (sheet.header_row, sheet.first_row) == (2, 3)

    def test_of_two_lines_are_read_together(self):
        upper = ["Sana", "Murojaatchi", None, None, "Telefon"]
        lower = [None, "Familiya", "Ism", "Jinsi", None]
        content = book(upper, lower, ["02.03.2026", "Karimov", "Anvar", "e", "901234567"], merge=["B1:D1"])
        sheet = reading.sheets_of(content)[0]
        assert fields(sheet) == {"A": "date", "B": "family_name", "C": "given_name", "D": "sex", "E": "phone"}
        assert sheet.columns[1].header == "Murojaatchi / Familiya"

    def test_that_say_nothing_are_made_up_for_by_what_stands_below(self):
        sheet = reading.sheets_of(book(["Sana", "F.I.Sh.", "Mavzu", "?", None, "!", "Boshqa", None], *[
            ["02.03.2026", "Karimov Anvar", "patent", "901234567", "erkak", "telegram", "xyz", None]] * 3))[0]  # fmt: skip
        assert fields(sheet) == {
            "A": "date",
            "B": "full_name",
            "C": "topic",
            "D": "phone",
            "E": "sex",
            "F": "mode",
            "G": "",
        }
        assert {column.letter: column.by for column in sheet.columns}["D"] == "content"

    def test_that_nothing_explains_stay_open(self):
        lines = [["02.03.2026", "Karimov Anvar", "patent", "xyz"]] * 3
        assert fields(reading.sheets_of(book(["Sana", "F.I.Sh.", "Mavzu", "?"], *lines))[0])["D"] == ""

    def test_a_long_sentence_is_no_heading(self):
        with pytest.raises(reading.NotARegisterError, match="no_register"):
            reading.sheets_of(
                book(["Bu jurnalga har kuni kelgan murojaatchilarning sanasi va telefoni yoziladi, rahmat"])
            )

    def test_two_columns_of_one_kind_are_told(self):
        sheet = reading.sheets_of(book(HEAD, VISIT), {"s0H": "date"})[0]
        assert reading.doubled_fields(sheet) == ["date"]
        assert reading.doubled_fields(reading.sheets_of(book(HEAD, VISIT))[0]) == []


class TestFiles:
    @pytest.mark.parametrize("content", [b"", b"PK", b"a,b\n1,2", book(HEAD)[:400]])
    def test_what_is_no_workbook_is_refused(self, content):
        with pytest.raises(reading.NotARegisterError, match="not_xlsx"):
            reading.sheets_of(content)

    def test_a_zip_that_is_no_workbook_is_refused(self):
        import zipfile

        out = BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("hello.txt", "hello")
        with pytest.raises(reading.NotARegisterError, match="not_xlsx"):
            reading.sheets_of(out.getvalue())

    def test_what_unpacks_to_too_much_is_refused(self, monkeypatch):
        monkeypatch.setattr(reading, "_MOST_BYTES_UNPACKED", 10)
        with pytest.raises(reading.NotARegisterError, match="too_large"):
            reading.sheets_of(book(HEAD))

    def test_too_many_rows_are_refused(self, monkeypatch):
        monkeypatch.setattr(reading, "_MOST_ROWS", 1)
        with pytest.raises(reading.NotARegisterError, match="too_many_rows"):
            reading.sheets_of(book(HEAD, VISIT))

    def test_every_visible_sheet_with_headings_is_read(self):
        more = [("Aprel", [HEAD, VISIT], "visible"), ("Eski", [HEAD, VISIT], "hidden"), ("Boʻsh", [], "visible")]
        assert [sheet.name for sheet in reading.sheets_of(book(HEAD, VISIT, more=more))] == ["Mart", "Aprel"]


class TestRows:
    @pytest.mark.parametrize(
        ("line", "kind"),
        [
            ([], "empty"),
            ([None, "Jami:", 12], "totals"),
            (["ИТОГО"], "totals"),
            (["Mart oyi"] * 8, "headings"),
            (HEAD, "headings"),
            ([1, 2, 3, 4, 5, 6, 7, 8], "headings"),
        ],
    )
    def test_that_are_no_visits_are_passed_over(self, line, kind):
        found = read(HEAD, VISIT, line, VISIT)
        assert len(found.visits) == 2
        assert not found.problems
        assert getattr(found, kind) == 1

    def test_numbered_in_advance_are_empty(self):
        found = read(["№", *HEAD], [1, *VISIT], [2], [3])
        assert (len(found.visits), found.empty) == (1, 2)

    def test_a_ditto_mark_repeats_the_day_above(self):
        found = read(HEAD, VISIT, ["//", *VISIT[1:]], ["Shu kuni", *VISIT[1:]])
        assert {visit.day for visit in found.visits} == {dt.date(2026, 3, 2)}

    @pytest.mark.parametrize(
        ("day", "code"),
        [
            ("//", "date_missing"),
            (None, "date_missing"),
            ("soon", "date_unreadable"),
            ("02.03.2027", "date_future"),
            ("02.03.1999", "date_too_early"),
        ],
    )
    def test_without_a_day_are_refused(self, day, code):
        found = read(HEAD, [day, *VISIT[1:]])
        assert [(p.letter, p.row, p.code, p.blocks) for p in found.problems] == [("A", 2, code, True)]
        assert found.refused == [(0, 2)]

    def test_of_a_day_alone_are_refused(self):
        assert [p.code for p in read(HEAD, ["02.03.2026"]).problems] == ["only_a_date"]

    def test_of_a_sheet_without_days_are_refused(self):
        sheets = reading.sheets_of(book(HEAD, VISIT), {"s0A": ""})
        assert [p.code for p in rows.read(sheets, AROUND).problems] == ["no_date_column"]

    def test_lose_a_cell_that_cannot_be_read_and_keep_the_rest(self):
        found = read(HEAD, ["02.03.2026", "Karimov Anvar", "soon", "xx", "12", "patent", "perhaps", ""])
        assert [(p.letter, p.code, p.blocks) for p in found.problems] == [
            ("C", "birth_unreadable", False), ("D", "sex_unknown", False), ("E", "phone_unreadable", False), ("G", "consent_unknown", False),
        ]  # fmt: skip
        assert (found.visits[0].name, found.visits[0].consent) == (Name("Karimov", "Anvar", ""), None)

    def test_keep_topics_apart_and_words_nobody_listed(self):
        found = read(HEAD, ["02.03.2026", None, None, "e", None, "Patent, viza; uy masalasi / patent", None, None])
        assert found.visits[0].topics == ("patent_registration_RU", "visa_work_permit", "other")
        assert (found.visits[0].topic_text, found.unknown_topics) == ("uy masalasi", {"uy masalasi": 1})

    def test_find_places_in_one_column_or_three(self):
        head = ["Sana", "F.I.Sh.", "Viloyat", "Tuman", "Manzil", "Mavzu"]

        def where(region, district, place):
            found = read(head, ["02.03.2026", "Karimov Anvar", region, district, place, "viza"])
            return found.visits[0].region, found.visits[0].district, [p.code for p in found.problems]

        assert where("Andijon viloyati", "Oltinkoʻl tumani", None) == ("UZ-AN", "UZ1703202", [])
        assert where("Andijon viloyati", "Andijon", None) == ("UZ-AN", "UZ1703401", [])
        assert where(None, "Oltinkoʻl tumani", None) == ("UZ-AN", "UZ1703202", [])
        assert where(None, None, "Andijon viloyati") == ("UZ-AN", "", [])
        assert where(None, None, "Andijon viloyati, Oltinkoʻl tumani") == ("UZ-AN", "UZ1703202", [])
        assert where("Nowhere", None, None) == ("", "", ["region_unknown"])
        assert where(None, None, "Nowhere") == ("", "", ["place_unknown"])

    def test_read_what_else_a_register_holds(self):
        head = ["Sana", "F.I.Sh.", "Davlat", "Toifa", "Til", "Qayerdan eshitgan", "Yoshi", "Murojaat turi"]
        found = read(head, ["02.03.2026", "Karimov Anvar", "France", "qaytgan", "ruscha", "a friend", 30, "telegram"])
        visit = found.visits[0]
        assert (visit.destination, visit.category, visit.language, visit.heard_via, visit.age, visit.mode) == (
            "FR", "returnee_recent", "ru", "friend_relative", 30, "telegram",
        )  # fmt: skip
        assert [p.code for p in read(head, ["02.03.2026", "K", "Atlantis"]).problems] == ["destination_unknown"]

    @pytest.mark.parametrize(
        ("cells", "name"),
        [
            ({"Familiya": "Karimov", "Ism": "Anvar", "Sharif": "Botirovich"}, Name("Karimov", "Anvar", "Botirovich")),
            ({"Name": "Karimov", "First name": "Anvar"}, Name("Karimov", "Anvar", "")),
            ({"F.I.Sh.": "Anvar Karimov Botir oʻgʻli"}, Name("Karimov", "Anvar", "Botir oʻgʻli")),
            ({"F.I.Sh.": "Karimova Nodira", "Otasining ismi": "Botirovna"}, Name("Karimova", "Nodira", "Botirovna")),
            ({"F.I.Sh.": "anonim"}, Name()),
            ({"F.I.Sh.": "--- 5"}, Name()),
        ],
    )
    def test_take_a_name_apart_and_keep_its_spelling(self, cells, name):
        found = read(["Sana", "Mavzu", "Jins", *cells], ["02.03.2026", "viza", "e", *cells.values()])
        assert found.visits[0].name == name


ANVAR = Name("Karimov", "Anvar", "")


def someone(name=ANVAR, sex="male", born=None, years=None, phones=()):
    return Someone(name, sex, born, years or (born and (born.year, born.year)), frozenset(phones))


class TestOnePerson:
    @pytest.mark.parametrize(
        ("one", "two", "verdict"),
        [
            ({"born": Born(1990)}, {"born": Born(1990)}, Verdict.SAME),
            ({"born": Born(1990)}, {"born": Born(1990), "name": Name("Каримов", "Анвар", "")}, Verdict.SAME),
            ({"born": Born(1990)}, {"born": Born(1991)}, Verdict.OTHER),
            ({"born": Born(1990), "phones": ["1"]}, {"born": Born(1991), "phones": ["1"]}, Verdict.UNSURE),
            ({"born": Born(1990, 5, 2)}, {"born": Born(1990, 6, 2)}, Verdict.OTHER),
            ({"born": Born(1990, 5, 2)}, {"born": Born(1990)}, Verdict.SAME),
            ({"phones": ["1"]}, {"phones": ["1"]}, Verdict.SAME),
            ({"phones": ["1"]}, {"phones": ["2"]}, Verdict.UNSURE),
            ({}, {"born": Born(1990)}, Verdict.UNSURE),
            ({"years": (1989, 1990)}, {"years": (1990, 1991)}, Verdict.UNSURE),
            ({"years": (1987, 1988)}, {"years": (1990, 1991)}, Verdict.OTHER),
            (
                {"born": Born(1990), "phones": ["1"]},
                {"born": Born(1990), "phones": ["1"], "name": Name("Karimov", "Akbar", "")},
                Verdict.OTHER,
            ),
            ({"born": Born(1990)}, {"born": Born(1990), "sex": "female"}, Verdict.OTHER),
        ],
    )
    def test_is_told_by_name_with_birth_or_phone(self, one, two, verdict):
        assert people.compare(someone(**one), someone(**two)) is verdict
        assert people.compare(someone(**two), someone(**one)) is verdict

    def test_father_and_age_are_enough_together(self):
        name = Name("Karimov", "Anvar", "Botirovich")
        assert people.compare(someone(name, years=(1989, 1990)), someone(name, years=(1990, 1991))) is Verdict.SAME

    def test_a_slip_of_the_pen_is_forgiven_when_birth_and_phone_agree(self):
        slip = Name("Karimov", "Anbar", "")
        known = {"born": Born(1990), "phones": ["1"]}
        assert people.compare(someone(**known), someone(slip, **known)) is Verdict.SAME
        assert people.compare(someone(**known), someone(slip, born=Born(1990))) is Verdict.OTHER


def visit(row, name=ANVAR, **known):
    return Visit(0, row, dt.date(2026, 3, 2), name=name, **known)


class TestGrouping:
    def test_a_later_row_can_join_two_and_end_the_doubt(self):
        one, two = visit(1, born=Born(1990)), visit(2, phones=("1",))
        assert len(people.group([one, two]).unsure) == 1
        both = people.group([one, two, visit(3, born=Born(1990), phones=("1",))])
        assert (len(both.groups), both.unsure) == (1, [])

    def test_knows_the_most_any_row_says(self):
        full = Name("Karimov", "Anvar", "Botirovich")
        group = people.group([
            visit(1, born=Born(1990), sex="male"), visit(2, full, born=Born(1990, 5, 2), phones=("1",), language="uz"),
            visit(3, born=Born(1990), phones=("2", "1")),
        ]).groups[0]  # fmt: skip
        assert (group.first.row, group.name(), group.born(), group.phones()) == (1, full, Born(1990, 5, 2), ("1", "2"))
        assert (group.known("sex"), group.known("language"), group.known("region")) == ("male", "uz", "")

    def test_an_age_leaves_two_years(self):
        assert people.of_visit(visit(1, age=30)).years == (1995, 1996)
        assert people.of_visit(visit(1)).years is None


class TestFingerprints:
    def test_equal_rows_are_counted(self):
        marks = marks_of([visit(1), visit(2), visit(3, sex="male")], "TAS", "secret")
        assert len({mark.exact for mark in marks}) == 3
        assert len({mark.base for mark in marks}) == 1

    def test_do_not_tell_who_without_the_key(self):
        assert marks_of([visit(1)], "TAS", "one") != marks_of([visit(1)], "TAS", "two")

    @pytest.mark.parametrize(
        ("taken", "now", "fresh", "changed"),
        [
            ([], ["a", "b"], {0, 1}, 0),
            (["a", "b"], ["a", "b"], set(), 0),
            (["a"], ["b", "a"], {0}, 0),
            (["a"], ["b"], set(), 1),
            (["a", "b"], ["c", "a", "d"], {2}, 1),
        ],
    )
    def test_neither_a_mended_cell_nor_a_row_put_between_counts_twice(self, taken, now, fresh, changed):
        found = compare([Mark("day", exact) for exact in now], [Mark("day", exact) for exact in taken])
        assert (found.fresh, found.changed) == (frozenset(fresh), changed)
