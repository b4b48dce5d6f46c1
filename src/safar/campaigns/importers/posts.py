"""From the rows of a posts export to posts and their figures; a row is taken whole or refused whole."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from safar.campaigns.importers import permalinks
from safar.campaigns.importers.columns import Column, ColumnSet, Role, normal
from safar.campaigns.importers.dates import Order, order_of, parse_moment
from safar.campaigns.importers.numbers import (
    DecimalMark,
    Number,
    NumberError,
    looks_scientific,
    parse_amount,
    parse_count,
)
from safar.campaigns.importers.problems import RowCode, RowProblem, Warning_
from safar.campaigns.importers.reading import Sheet
from safar.campaigns.rules import FRACTIONAL_MEASURES, LIFETIME, Window

LONGEST_CAPTION = 280
LONGEST_ID = 64
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one post, under the name its platform gives it."""

    native_name: str
    measure: str
    number: Number


@dataclass(frozen=True, slots=True)
class Account:
    """The page or profile a post belongs to; the id is empty where Excel has ruined it."""

    id: str
    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class ParsedPost:
    """A row that could be read. `published_at` has no zone: exports state none."""

    row: int
    account: Account
    post_id: str
    permalink: str
    published_at: dt.datetime
    post_type: str
    caption: str
    window: Window
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of which nothing is taken, with everything that is wrong in it."""

    row: int
    cells: tuple[str, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """Everything a file says; `rows_read` is always the number of posts and refused rows together."""

    columns: ColumnSet
    header: tuple[str, ...]
    posts: tuple[ParsedPost, ...]
    refused: tuple[RefusedRow, ...]
    not_kept: tuple[str, ...]
    warnings: tuple[Warning_, ...]
    cells: dict[int, tuple[str, ...]]

    @property
    def rows_read(self) -> int:
        return len(self.posts) + len(self.refused)


@dataclass(frozen=True, slots=True)
class Parser:
    """What a kind of file has of its own besides its columns: how an id is read from an address."""

    kind: str
    id_from_permalink: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Layout:
    """What holds for every row of one file: where each role and measure stands and how dates and numbers are written."""

    parser: Parser
    columns: ColumnSet
    header: tuple[str, ...]
    roles: dict[Role, tuple[int, ...]]
    measures: tuple[tuple[int, Column], ...]
    order: Order
    decimal_mark: DecimalMark

    def text(self, cells: tuple[str, ...], role: Role) -> tuple[str, str]:
        """Return header and content of the first filled cell with this role, else of the first, else two empty texts."""
        found = [(self.header[place], cells[place].strip()) for place in self.roles.get(role, ())]
        return next((pair for pair in found if pair[1]), found[0] if found else ("", ""))


def parse(sheet: Sheet, columns: ColumnSet, parser: Parser) -> ParsedFile:
    """Read every row; a post that stands twice in one file for the same window is taken the first time only."""
    layout = _layout(sheet, columns, parser)
    posts: list[ParsedPost] = []
    refused: list[RefusedRow] = []
    seen: dict[tuple[str, Window], int] = {}
    for number, cells in sheet.rows:
        result = _row(layout, number, cells)
        if isinstance(result, ParsedPost):
            first = seen.setdefault((result.permalink, result.window), number)
            if first == number:
                posts.append(result)
                continue
            header, _ = layout.text(cells, "permalink")
            result = RefusedRow(number, cells, (RowProblem("permalink_repeated", header, str(first)),))
        refused.append(result)
    kept = {place for places in layout.roles.values() for place in places} | {place for place, _ in layout.measures}
    not_kept = tuple(name for place, name in enumerate(sheet.header) if place not in kept)
    warnings: tuple[Warning_, ...] = ("day_first",) if layout.order == "day_first" else ()
    return ParsedFile(
        columns, sheet.header, tuple(posts), tuple(refused), not_kept, sheet.warnings + warnings, dict(sheet.rows)
    )


def _layout(sheet: Sheet, columns: ColumnSet, parser: Parser) -> _Layout:
    known = columns.by_name()
    places = {known[normal(name)].name: place for place, name in enumerate(sheet.header)}
    roles: dict[Role, tuple[int, ...]] = {}
    for column in columns.columns:
        if column.role and column.name in places:
            roles[column.role] = (*roles.get(column.role, ()), places[column.name])
    measures = tuple((places[c.name], c) for c in columns.columns if c.measure and c.name in places)
    (published,) = roles["published_at"]
    dates = [cells[published] for _, cells in sheet.rows if len(cells) > published]
    return _Layout(parser, columns, sheet.header, roles, measures, order_of(dates), sheet.decimal_mark)


def _row(layout: _Layout, number: int, cells: tuple[str, ...]) -> ParsedPost | RefusedRow:
    if len(cells) != len(layout.header):
        code: RowCode = "cells_missing" if len(cells) < len(layout.header) else "cells_too_many"
        return RefusedRow(number, cells, (RowProblem(code, "", f"{len(cells)}/{len(layout.header)}"),))
    problems: list[RowProblem] = []
    permalink = _permalink(layout, cells, problems)
    published_at = _published_at(layout, cells, problems)
    account = _account(layout, cells, problems)
    window = _window(layout, cells, problems)
    figures = _figures(layout, cells, problems)
    post_id = _identifier(layout, cells, "post_id", problems) or layout.parser.id_from_permalink(permalink)
    if problems or published_at is None:
        return RefusedRow(number, cells, tuple(problems))
    post_type = layout.columns.post_type(layout.text(cells, "post_type")[1])
    caption = " ".join(layout.text(cells, "caption")[1].split())[:LONGEST_CAPTION]
    return ParsedPost(number, account, post_id, permalink, published_at, post_type, caption, window, figures)


def _permalink(layout: _Layout, cells: tuple[str, ...], problems: list[RowProblem]) -> str:
    header, text = layout.text(cells, "permalink")
    found = permalinks.canonical(text, layout.columns.platform)
    if found is None:
        problems.append(RowProblem("permalink_foreign" if text else "permalink_missing", header, text))
    return found or ""


def _published_at(layout: _Layout, cells: tuple[str, ...], problems: list[RowProblem]) -> dt.datetime | None:
    header, text = layout.text(cells, "published_at")
    moment = parse_moment(text, layout.order)
    if moment is None:
        problems.append(RowProblem("not_a_date", header, text))
    return moment


def _identifier(layout: _Layout, cells: tuple[str, ...], role: Role, problems: list[RowProblem]) -> str:
    """Return an id as text, or nothing where Excel has turned it into a power of ten."""
    header, text = layout.text(cells, role)
    if len(text) > LONGEST_ID:
        problems.append(RowProblem("id_too_long", header, text))
    return "" if looks_scientific(text) else text


def _account(layout: _Layout, cells: tuple[str, ...], problems: list[RowProblem]) -> Account:
    header, _ = layout.text(cells, "account_id")
    handle = layout.text(cells, "account_handle")[1].removeprefix("@")[:LONGEST_NAME]
    name = layout.text(cells, "account_name")[1][:LONGEST_NAME]
    account = Account(_identifier(layout, cells, "account_id", problems), handle, name)
    if not (account.id or account.handle or account.name):
        problems.append(RowProblem("account_missing", header))
    return account


def _window(layout: _Layout, cells: tuple[str, ...], problems: list[RowProblem]) -> Window:
    header, text = layout.text(cells, "window")
    if layout.columns.is_lifetime(text):
        return LIFETIME
    moment = parse_moment(text, layout.order)
    if moment is None:
        problems.append(RowProblem("not_a_window", header, text))
        return LIFETIME
    return Window(moment.date(), moment.date())


def _figures(layout: _Layout, cells: tuple[str, ...], problems: list[RowProblem]) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    for place, column in layout.measures:
        try:
            if column.measure in FRACTIONAL_MEASURES:
                number = parse_amount(cells[place], layout.decimal_mark)
            else:
                number = parse_count(cells[place])
        except NumberError as error:
            problems.append(RowProblem(error.code, layout.header[place], cells[place].strip()))
        else:
            # The platform's English name, so that a metric is one metric whatever language the export was made in.
            if number is not None and column.measure:
                figures.append(Figure(column.name, column.measure, number))
    return tuple(figures)
