"""Hides small counts of a month in all its tables and for all centres in one problem, because a reader can subtract them.

The node's table minus all centres but one is that one's table; contacts in all modes minus two modes is the third.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from safar.insights.indicators.definition import Indicator, indicators
from safar.insights.indicators.engine import ALL_CENTRES
from safar.insights.release.tables import ProtectedTable
from safar.insights.reports.content import Breakdown, Protection
from safar.insights.reports.counting import Counts, MonthCounts
from safar.insights.reports.tables import TABLES, is_sensitive
from safar.methods.disclosure.protection import protect
from safar.methods.disclosure.system import HEADLINE, MARGIN, CountSystem, Equation, Key
from safar.reference.queries.codes import code_list
from safar.trust.queries.profile import profile

# What outsiders miss more, below the headlines of the node: figures of a centre, then margins, then inner cells.
_CENTRE_FIGURE = 4
_MARGIN = 2
_OF_THE_NODE = 1
_GROUPS = {"contacts_in_person": "in_person", "contacts_phone": "phone", "contacts_online": "online"}


def protected(counts: MonthCounts) -> tuple[MonthCounts, Protection]:
    """Return the month as outsiders may see it, and how it was made so."""
    limits = profile().disclosure
    cells = protect(system(counts), threshold=limits.ordinary, sensitive_threshold=limits.sensitive)
    table = ProtectedTable(title=f"month {counts.month}", unit="mixed", cells=cells)
    scopes = {scope: _shown(found, scope, table) for scope, found in counts.scopes.items()}
    audit = table.audit
    protection = Protection(
        table.method, *table.thresholds, hidden=audit.hidden, exposed=audit.exposed, passed=audit.passed
    )
    return replace(counts, scopes=scopes), protection


def system(counts: MonthCounts) -> CountSystem:
    """Return every count about people of the month, with all that ties them together."""
    cells: dict[Key, int] = {}
    equations: list[Equation] = []
    sensitive: set[Key] = set()
    for scope, found in counts.scopes.items():
        for code, value in found.values.items():
            if indicators()[code].is_about_people:
                cells[_headline(code, scope)] = value or 0
        for table in found.breakdowns:
            if indicators()[table.indicator].is_about_people:
                equations += _table(table, scope, cells, sensitive)
        equations += _sessions(found, scope, cells)
        equations += _modes(found, scope, cells)
    equations += list(_across_centres(cells, [scope for scope in counts.scopes if scope != ALL_CENTRES]))
    return CountSystem(cells, tuple(equations), frozenset(sensitive), {key: _rank(key) for key in cells})


def _rank(key: Key) -> int:
    """Say how much a reader misses the count: a donor reads the node's figures, fewer read a breakdown of one centre."""
    if key[0] == "session":
        return 0
    if key[0] in indicators():
        return HEADLINE if key[1] == MARGIN else _CENTRE_FIGURE
    return _MARGIN * (MARGIN in key[2:]) + _OF_THE_NODE * (key[1] == MARGIN)


def _headline(code: str, scope: str) -> Key:
    return (code, scope or MARGIN)


def _table(table: Breakdown, scope: str, cells: dict[Key, int], sensitive: set[Key]) -> Iterator[Equation]:
    """Enter a breakdown's cells and give back how they add up; its total is the indicator's own figure."""
    place, total = (table.code, scope or MARGIN), _headline(table.indicator, scope)
    for i, row in enumerate(table.rows):
        cells[*place, row, MARGIN] = table.row_totals[i] or 0
        for j, column in enumerate(table.columns):
            cells[*place, row, column] = table.cells[i][j] or 0
    for j, column in enumerate(table.columns):
        cells[*place, MARGIN, column] = table.column_totals[j] or 0
    sensitive.update(key for key in cells if key[:2] == place and _marked(table, key))
    if table.rows:
        yield Equation(total, tuple((*place, row, MARGIN) for row in table.rows))
    if table.columns:
        yield Equation(total, tuple((*place, MARGIN, column) for column in table.columns))
        for row in table.rows:
            yield Equation((*place, row, MARGIN), tuple((*place, row, column) for column in table.columns))
        for column in table.columns:
            yield Equation((*place, MARGIN, column), tuple((*place, row, column) for row in table.rows))


def _marked(table: Breakdown, key: Key) -> bool:
    return is_sensitive(table.row_dimension, key[2]) or is_sensitive(table.column_dimension, key[3])


def _sessions(found: Counts, scope: str, cells: dict[Key, int]) -> Iterator[Equation]:
    """Heads per session add to the centre's attendances."""
    if scope != ALL_CENTRES and found.sessions:
        for line in found.sessions:
            cells["session", str(line.key)] = line.attendances or 0
        parts = tuple(("session", str(line.key)) for line in found.sessions)
        yield Equation(_headline("session_attendances", scope), parts)


def _modes(found: Counts, scope: str, cells: dict[Key, int]) -> Iterator[Equation]:
    """Contacts in person, by phone and online are sums of modes in the table of modes."""
    table = next(table for table in found.breakdowns if table.code == "contacts_by_mode")
    modes = code_list("mode")
    for code, group in _GROUPS.items():
        members = [row for row in table.rows if (value := modes.get(row)) and value.roll_up == group]
        if members:
            parts = tuple((table.code, scope or MARGIN, row, MARGIN) for row in members)
            yield Equation(_headline(code, scope), parts)


def _across_centres(cells: Mapping[Key, int], centres: list[str]) -> Iterator[Equation]:
    """The node's cell against the same cell of every centre."""
    specs = {table.code: table for table in TABLES}
    for key in cells if centres else ():
        if key[0] == "session" or key[1] != MARGIN:
            continue
        spec = specs.get(key[0])
        indicator = indicators()[spec.indicator if spec else key[0]]
        parts = tuple((key[0], centre, *key[2:]) for centre in centres)
        yield Equation(key, parts, _kind(indicator, cells[key], [cells[part] for part in parts]))


def _kind(indicator: Indicator, total: int, parts: list[int]) -> Literal["sum", "union", "bounded"]:
    """Say how a node's count follows from its centres'; where it may be more than one way, the one an attacker knows most by.

    People are not additive over centres. A birthday in the month can put a person in one age band at a centre and in the
    next for the node; only then the node's cell can be smaller than a centre's.
    """
    if "centre" in indicator.additive_over:
        return "sum"
    return "union" if total >= max(parts) else "bounded"


def _shown(found: Counts, scope: str, table: ProtectedTable) -> Counts:
    """Return the scope with hidden counts as None; what is not about people stays."""

    def value(key: Key, own: int | None) -> int | None:
        return table.shown.get(key, own)

    return Counts(
        values={code: value(_headline(code, scope), own) for code, own in found.values.items()},
        breakdowns=tuple(_shown_table(one, scope, value) for one in found.breakdowns),
        sessions=tuple(
            replace(line, attendances=value(("session", str(line.key)), line.attendances)) for line in found.sessions
        ),
        sessions_waiting=found.sessions_waiting,
    )


def _shown_table(table: Breakdown, scope: str, value: Callable[[Key, int | None], int | None]) -> Breakdown:
    place = (table.code, scope or MARGIN)
    return replace(
        table,
        cells=tuple(
            tuple(value((*place, row, column), table.cells[i][j]) for j, column in enumerate(table.columns))
            for i, row in enumerate(table.rows)
        ),
        row_totals=tuple(value((*place, row, MARGIN), table.row_totals[i]) for i, row in enumerate(table.rows)),
        column_totals=tuple(
            value((*place, MARGIN, column), table.column_totals[j]) for j, column in enumerate(table.columns)
        ),
        total=value(_headline(table.indicator, scope), table.total),
    )
