"""From bytes to a header and rows."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from safar.campaigns.importers import reading
from safar.campaigns.importers.problems import FileProblem
from safar.campaigns.importers.reading import read_sheet


def zipped(name):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, "not a workbook")
    return target.getvalue()


TEXT = 'Post ID,Views\r\n1,"18,400"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_sheet(encoding):
    sheet = read_sheet(TEXT.encode(encoding))
    assert sheet.header == ("Post ID", "Views")
    assert sheet.rows == ((2, ("1", "18,400")),)
    assert sheet.warnings == ()


def test_utf_16_with_its_mark_from_a_big_endian_machine():
    assert read_sheet(b"\xfe\xff" + TEXT.encode("utf-16-be")).header == ("Post ID", "Views")


def test_a_cyrillic_code_page_is_read_with_a_warning():
    sheet = read_sheet("Post ID;Заголовок\r\n1;Ташкент\r\n".encode("cp1251"))
    assert sheet.rows[0][1] == ("1", "Ташкент")
    assert sheet.warnings == ("not_utf8",)


@pytest.mark.parametrize(
    "text", ["sep=;\r\nA;B\r\n1;2", '"sep=;"\r\nA;B\r\n1;2', "SEP=|\nA|B\n1|2", "A\tB\n1\t2", "A;B\r1;2"]
)
def test_the_delimiter_is_stated_or_found(text):
    sheet = read_sheet(text.encode())
    assert (sheet.header, sheet.rows) == (("A", "B"), ((2, ("1", "2")),))


def test_a_caption_over_several_lines_is_one_row_and_a_line_may_start_with_a_hash():
    sheet = read_sheet(b'Post ID,Description\n1,"first\n#second\n\nthird ""quoted"""\n2,short\n')
    assert sheet.rows == ((2, ("1", 'first\n#second\n\nthird "quoted"')), (3, ("2", "short")))


def test_blank_lines_count_as_rows_in_excel_and_hold_nothing():
    assert [number for number, _ in read_sheet(b"\n,\nA,B\n1,2\n\n,\n3,4\n").rows] == [2, 5]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n ", "empty"),
        (b"sep=,\n,\n", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (zipped("word/document.xml"), "workbook"),
        (zipped("[Content_Types].xml"), "workbook"),
        (b"\xd0\xcf\x11\xe0old", "workbook"),
        (b"\xff\xfeA", "encoding"),
        (b"A,B\n1,\x98\n", "encoding"),
        (b"Post ID,Views\n1,\x00\n", "encoding"),
        (b'A,B\n1,"never closed\n2,3\n', "broken_quotes"),
        (b'A,B\n1,"closed"early\n', "broken_quotes"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content, code):
    with pytest.raises(FileProblem) as caught:
        read_sheet(content)
    assert caught.value.code == code


def test_broken_quotes_name_the_row_where_they_begin():
    with pytest.raises(FileProblem) as caught:
        read_sheet(b'A,B\n1,2\n3,"never closed\n4,5\n')
    assert caught.value.row == 3


def test_a_file_too_big_to_be_an_export_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(FileProblem, match="too_big"):
        read_sheet(b"A,B\n1,2\n3,4\n")


def test_a_header_longer_than_a_cell_may_be_is_refused():
    with pytest.raises(FileProblem, match="broken_quotes"):
        read_sheet(b"A" * 200_000)


def workbook(*rows):
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def test_a_workbook_is_read_as_text_and_notes_are_left_out():
    at = dt.datetime.fromisoformat("2026-03-22T09:12")
    sheet = read_sheet(
        workbook(
            ["# What to mend", "Post ID", "Publish time", "Views", "Saves"],
            ["mend it", 1.8e16, at, 5, 1.5],
            [None, "19"],
        )
    )
    assert sheet.header == ("Post ID", "Publish time", "Views", "Saves")
    assert sheet.rows == ((2, ("18000000000000000", "2026-03-22 09:12", "5", "1.5")), (3, ("19", "", "", "")))
    assert sheet.decimal_mark == "."


def test_an_empty_workbook_is_empty():
    with pytest.raises(FileProblem, match="empty"):
        read_sheet(workbook())
