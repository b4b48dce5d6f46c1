"""One row at a time: a licence as the register lists it, or what is wrong with the row."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from safar.cases.importers.agencies.reading import Sheet
from safar.cases.importers.register.cells import UnreadableError, date_of, text_of
from safar.cases.importers.register.words import fold
from safar.cases.rules.agency_names import parse

DATES = ("valid_from", "valid_until", "suspended_from", "suspended_until", "revoked_on")
_LONGEST = {"name": 200, "number": 60, "tax_number": 20, "address": 300, "phone": 64, "website": 200, "reason": 300}
_YES = frozenset(fold(word) for word in ("yes", "ha", "ҳа", "да", "ооба", "1", "true"))
_NO = frozenset(fold(word) for word in ("", "no", "yoʻq", "йўқ", "нет", "жок", "не", "0", "false"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A row that could be read: an agency with one licence and at most one suspension of it."""

    sheet: int
    row: int
    name: str
    number: str
    valid_from: dt.date
    valid_until: dt.date | None = None
    suspended_from: dt.date | None = None
    suspended_until: dt.date | None = None
    revoked_on: dt.date | None = None
    reason: str = ""
    tax_number: str = ""
    region: str = ""
    address: str = ""
    phone: str = ""
    website: str = ""
    is_state: bool = False
    other_names: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        return parse(self.name).key


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row stays out: the cell, a code, and what stands there."""

    sheet: int
    row: int
    letter: str
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows of a file: those that can be taken over and what is wrong with the others."""

    listed: tuple[Listed, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> int:
        return len({(problem.sheet, problem.row) for problem in self.problems})


def read(sheets: Sequence[Sheet]) -> Reading:
    """Read every row; a licence that two agencies claim stays out with both, since nobody can tell whose it is."""
    listed: list[Listed] = []
    problems: list[Problem] = []
    for sheet in sheets:
        for number, cells in sheet.rows:
            found = _row(sheet, number, cells)
            if isinstance(found, Listed):
                listed.append(found)
            else:
                problems += found
    disputed = _disputed(listed)
    letters = {sheet.number: _letter(sheet, "number") for sheet in sheets}
    problems += [Problem(one.sheet, one.row, letters[one.sheet], "licence_of_two", one.number) for one in disputed]
    kept = tuple(one for one in listed if one not in disputed)
    return Reading(kept, tuple(sorted(problems, key=lambda each: (each.sheet, each.row, each.letter))))


def _row(sheet: Sheet, number: int, cells: Sequence[object]) -> Listed | list[Problem]:
    texts = {column.field: text_of(_cell(cells, column.index)) for column in sheet.columns if column.field}
    dates, wrong = _dates(sheet, cells)
    wrong += [(name, f"{name}_missing", "") for name in ("name", "number") if not texts[name]]
    wrong += [
        (name, "too_long", texts[name][:40]) for name, most in _LONGEST.items() if len(texts.get(name, "")) > most
    ]
    if fold(texts.get("is_state", "")) not in _YES | _NO:
        wrong.append(("is_state", "state_unreadable", texts["is_state"]))
    valid_from = dates["valid_from"]
    if wrong or valid_from is None:
        return [Problem(sheet.number, number, _letter(sheet, name), code, text) for name, code, text in wrong]
    return _listed(sheet, number, cells, texts, dates)


def _dates(sheet: Sheet, cells: Sequence[object]) -> tuple[dict[str, dt.date | None], list[tuple[str, str, str]]]:
    """Return the dates of a row, and (field, code, text) of what is wrong with them."""
    dates: dict[str, dt.date | None] = dict.fromkeys(DATES)
    wrong = []
    for column in sheet.columns:
        if column.field in DATES:
            try:
                dates[column.field] = date_of(_cell(cells, column.index))
            except UnreadableError as error:
                wrong.append((column.field, "date_unreadable", error.text))
    if dates["valid_from"] is None and not any(name == "valid_from" for name, _code, _text in wrong):
        wrong.append(("valid_from", "from_missing", ""))
    for first, last, code in _ORDERS:
        if (begins := dates[first]) and (ends := dates[last]) and ends < begins:
            wrong.append((last, code, ends.isoformat()))
    if dates["suspended_until"] and not dates["suspended_from"]:
        wrong.append(("suspended_until", "suspension_without_start", ""))
    return dates, wrong


_ORDERS = (
    ("valid_from", "valid_until", "ends_before_it_begins"),
    ("suspended_from", "suspended_until", "suspension_ends_before_it_begins"),
    ("valid_from", "revoked_on", "revoked_before_it_begins"),
)


def _listed(
    sheet: Sheet, number: int, cells: Sequence[object], texts: dict[str, str], dates: dict[str, dt.date | None]
) -> Listed:
    others = [
        text
        for column in sheet.columns
        if column.field == "other_name"
        if (text := text_of(_cell(cells, column.index)))
    ]
    aside = [
        (column.heading, text)
        for column in sheet.columns
        if not column.field and (text := text_of(_cell(cells, column.index)))
    ]
    valid_from = dates["valid_from"]
    assert valid_from  # noqa: S101  (narrows the type; the caller has looked)
    return Listed(
        sheet=sheet.number,
        row=number,
        name=" ".join(texts["name"].split()),
        number=texts["number"],
        valid_from=valid_from,
        valid_until=dates["valid_until"],
        suspended_from=dates["suspended_from"],
        suspended_until=dates["suspended_until"],
        revoked_on=dates["revoked_on"],
        reason=texts.get("reason", ""),
        tax_number=texts.get("tax_number", ""),
        region=texts.get("region", ""),
        address=texts.get("address", ""),
        phone=texts.get("phone", ""),
        website=texts.get("website", ""),
        is_state=fold(texts.get("is_state", "")) in _YES,
        other_names=tuple(dict.fromkeys(others)),
        other=tuple(aside),
    )


def identities(listed: Sequence[Listed]) -> dict[Listed, str]:
    """Return what makes rows one agency: the tax number; without one, that of the only agency of this name, or the name."""
    numbers: dict[str, set[str]] = {}
    for one in listed:
        if one.tax_number:
            numbers.setdefault(one.key, set()).add(one.tax_number)

    def identity(one: Listed) -> str:
        known = numbers.get(one.key, set())
        return one.tax_number or (next(iter(known)) if len(known) == 1 else one.key)

    return {one: identity(one) for one in listed}


def _disputed(listed: Sequence[Listed]) -> list[Listed]:
    whose, owners = identities(listed), dict[str, set[str]]()
    for one in listed:
        owners.setdefault(one.number, set()).add(whose[one])
    return [one for one in listed if len(owners[one.number]) > 1]


def _cell(cells: Sequence[object], index: int) -> object:
    return cells[index] if index < len(cells) else None


def _letter(sheet: Sheet, name: str) -> str:
    return next((column.letter for column in sheet.columns if column.field == name), "A")
