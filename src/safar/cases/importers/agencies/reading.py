"""Opens the file: which sheets list agencies, where the headings stand, which column means what. Nothing is lost on the way."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import openpyxl
from openpyxl.utils import get_column_letter

from safar.cases.importers.register.cells import text_of
from safar.cases.importers.register.words import fold

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
_MOST_BYTES_UNPACKED = 200 * 1024 * 1024
_SEARCHED_ROWS, _MOST_COLUMNS = 15, 60
_NEEDED = frozenset({"name", "number", "valid_from"})

HEADINGS: dict[str, tuple[str, ...]] = {
    "name": (
        *("name", "agency", "name of agency", "company", "nomi", "agentlik", "agentlik nomi", "tashkilot nomi", "номи"),
        *("агентлик", "агентлик номи", "ташкилот номи", "название", "наименование", "агентство", "наименование агентства"),
        *("наименование организации", "организация", "аталышы", "номгӯй", "ном"),
    ),
    "other_name": (
        *("other name", "former name", "name in russian", "name in cyrillic", "name in latin", "boshqa nomi"),
        *("avvalgi nomi", "бошқа номи", "аввалги номи", "другое название", "прежнее название", "название на русском"),
        *("название на узбекском", "название латиницей"),
    ),
    "number": (
        *("licence", "license", "licence number", "license number", "litsenziya", "litsenziya raqami", "лицензия рақами"),
        *("лицензия", "номер лицензии", "№ лицензии", "лицензия номери", "рақами иҷозатнома"),
    ),
    "valid_from": (
        *("from", "valid from", "issued", "issued on", "date of issue", "berilgan sana", "berilgan sanasi", "берилган сана"),
        *("берилган санаси", "дата выдачи", "выдана", "действует с", "с", "берилген күнү", "санаи дода шудан"),
    ),
    "valid_until": (
        *("until", "valid until", "expires", "expires on", "expiry", "amal qilish muddati", "tugash sanasi"),
        *("амал қилиш муддати", "тугаш санаси", "действует до", "срок действия", "дата окончания", "до", "жарактуу мөөнөтү"),
    ),
    "suspended_from": (
        *("suspended", "suspended from", "suspended on", "toʻxtatilgan", "toʻxtatilgan sana", "тўхтатилган", "тўхтатилган сана"),
        *("приостановлена", "приостановлена с", "дата приостановления"),
    ),
    "suspended_until": (
        *("suspended until", "resumed", "suspension ends", "tiklangan sana", "тикланган сана", "приостановлена до"),
        *("возобновлена", "дата возобновления"),
    ),
    "revoked_on": (
        *("revoked", "revoked on", "cancelled", "annulled", "bekor qilingan", "bekor qilingan sana", "бекор қилинган"),
        *("бекор қилинган сана", "аннулирована", "отозвана", "дата аннулирования", "прекращена", "дата отзыва"),
    ),
    "reason": ("reason", "ground", "sabab", "asos", "сабаб", "асос", "причина", "основание"),
    "tax_number": ("tax number", "tin", "stir", "inn", "стир", "инн", "рма"),
    "region": ("region", "viloyat", "hudud", "вилоят", "ҳудуд", "регион", "область"),
    "address": ("address", "manzil", "манзил", "адрес", "дарек", "суроға"),
    "phone": ("phone", "telephone", "telefon", "телефон"),
    "website": ("site", "website", "sayt", "сайт"),
    "is_state": ("state", "state owned", "davlat", "давлат", "государственная", "государственное"),
    "ignored": ("no", "t/r", "т/р", "№", "п/п", "№ п/п"),
}  # fmt: skip
_MANY = frozenset({"other_name", "ignored"})


class NotAnAgencyListError(ValueError):
    """The file cannot be read as a register of agencies; the text is a code."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands, what its heading says, and what it is taken for, empty for what is kept aside."""

    index: int
    letter: str
    heading: str
    field: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with its headings found; `rows` are (row number, cells)."""

    name: str
    number: int
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, tuple[object, ...]], ...] = field(repr=False)


def sheets_of(content: bytes) -> list[Sheet]:
    """Return every sheet that lists agencies; raises NotAnAgencyListError."""
    if len(content) > MOST_BYTES:
        raise NotAnAgencyListError("too_large")
    grids = _workbook(content) if content.startswith(b"PK") else [("", _csv(content))]
    found = [sheet for number, (name, grid) in enumerate(grids) if (sheet := _sheet(name, number, grid))]
    if not found:
        raise NotAnAgencyListError("no_agencies")
    if sum(len(sheet.rows) for sheet in found) > MOST_ROWS:
        raise NotAnAgencyListError("too_many_rows")
    return found


def _workbook(content: bytes) -> list[tuple[str, list[tuple[object, ...]]]]:
    if _unpacked_size(content) > _MOST_BYTES_UNPACKED:
        raise NotAnAgencyListError("too_large")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, read_only=True)
        return [(tab.title, list(tab.iter_rows(values_only=True, max_col=_MOST_COLUMNS))) for tab in book.worksheets]
    except Exception as error:  # openpyxl raises whatever its parsers raise on a damaged file
        raise NotAnAgencyListError("not_readable") from error


def _unpacked_size(content: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return sum(member.file_size for member in packed.infolist())
    except zipfile.BadZipFile as error:
        raise NotAnAgencyListError("not_readable") from error


def _csv(content: bytes) -> list[tuple[object, ...]]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t|", key=first.count)
    try:
        return [tuple(row[:_MOST_COLUMNS]) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise NotAnAgencyListError("not_readable") from error


def _decoded(content: bytes) -> str:
    """Return the text of a CSV file: UTF-8, or what Excel writes on a Russian machine."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1251")
    except UnicodeDecodeError as error:
        raise NotAnAgencyListError("not_readable") from error


def _sheet(name: str, number: int, grid: Sequence[Sequence[object]]) -> Sheet | None:
    for start, row in enumerate(grid[:_SEARCHED_ROWS]):
        columns = _columns(row)
        if {column.field for column in columns} >= _NEEDED:
            body = [(place, tuple(cells)) for place, cells in enumerate(grid[start + 1 :], start + 2)]
            kept = tuple((place, cells) for place, cells in body if any(text_of(cell) for cell in cells))
            return Sheet(name, number, start + 1, columns, kept)
    return None


def _columns(row: Sequence[object]) -> tuple[Column, ...]:
    taken: set[str] = set()
    found = []
    for index, cell in enumerate(row):
        heading = text_of(cell)
        if not heading:
            continue
        meaning = _fields().get(fold(heading), "")
        if meaning in taken and meaning not in _MANY:
            meaning = ""
        taken.add(meaning)
        found.append(Column(index, get_column_letter(index + 1), heading, meaning))
    return tuple(found)


@cache
def _fields() -> dict[str, str]:
    return {fold(heading): name for name, headings in HEADINGS.items() for heading in headings}
