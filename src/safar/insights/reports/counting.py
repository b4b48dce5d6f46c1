"""Counts one month for the node and for every centre at once: one pass over the store, true figures, nothing hidden yet."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from safar.insights.indicators.definition import Indicator, indicators
from safar.insights.indicators.engine import ALL_CENTRES, Engine
from safar.insights.indicators.period import Month, Period
from safar.insights.reports.content import Breakdown, PlatformLine, PostLine, SessionLine
from safar.insights.reports.tables import TABLES, TableSpec, ordered

COUNTED = ("approved", "locked")
TREND_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Counts:
    """One month of one scope."""

    values: Mapping[str, int | None]
    breakdowns: tuple[Breakdown, ...]
    sessions: tuple[SessionLine, ...]
    sessions_waiting: int


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """One month: what each scope counted, and what platforms said, which belongs to no centre."""

    month: Month
    scopes: Mapping[str, Counts]
    posts: tuple[PostLine, ...]
    platforms: tuple[PlatformLine, ...]
    followers: tuple[PostLine, ...]


def with_figure() -> list[Indicator]:
    """Return the indicators that have one figure."""
    return [indicator for indicator in indicators().values() if not indicator.only_by]


def year(engine: Engine, month: Month, centres: Sequence[str]) -> dict[str, dict[str, Counts]]:
    """Return each month's counts of the node and of every centre, from a year before to this month, in one pass."""
    return _scopes(engine, Period(month.plus(-TREND_MONTHS), month), (ALL_CENTRES, *centres))


def count(engine: Engine, month: Month, centres: Sequence[str]) -> MonthCounts:
    """Count everything a month report of any of the centres needs."""
    scopes = _scopes(engine, Period.of(month), (ALL_CENTRES, *centres))
    return with_platforms(engine, month, scopes[str(month)])


def with_platforms(engine: Engine, month: Month, scopes: Mapping[str, Counts]) -> MonthCounts:
    """Return the counts together with what the platforms said of the month."""
    period = Period.of(month)
    return MonthCounts(
        month,
        scopes,
        _posts(engine, "reach", period),
        _platforms(engine, period),
        _posts(engine, "followers", period),
    )


def _scopes(engine: Engine, period: Period, scopes: Sequence[str]) -> dict[str, dict[str, Counts]]:
    values = {indicator.code: engine.months(indicator, period) for indicator in with_figure()}
    tables = {
        spec.code: engine.breakdown_by_month(indicators()[spec.indicator], period, spec.dimensions) for spec in TABLES
    }
    sessions, waiting = _sessions(engine, period)
    return {
        month: {
            scope: Counts(
                {code: found.get((scope, month), 0) for code, found in values.items()},
                tuple(_breakdown(spec, tables[spec.code].get(month, {}), scope) for spec in TABLES),
                tuple(line for centre, line in sessions.get(month, ()) if scope in {ALL_CENTRES, centre}),
                sum(scope in {ALL_CENTRES, centre} for centre in waiting.get(month, ())),
            )
            for scope in scopes
        }
        for month in map(str, period.months())
    }


def _breakdown(spec: TableSpec, found: Mapping[str, Mapping[tuple[str, ...], int]], scope: str) -> Breakdown:
    # Rows are those of the whole node, so that the tables of all centres line up.
    everywhere = [cell for cells in found.values() for cell in cells]
    rows = ordered(spec.dimensions[0], (cell[0] for cell in everywhere))
    two_way = len(spec.dimensions) > 1
    columns = ordered(spec.dimensions[1], (cell[1] for cell in everywhere)) if two_way else ()
    here = found.get(scope, {})
    cells = tuple(tuple(here.get((row, column), 0) for column in columns) for row in rows)
    row_totals = tuple(sum(cells[i]) if two_way else here.get((row,), 0) for i, row in enumerate(rows))
    return Breakdown(
        code=spec.code,
        indicator=spec.indicator,
        unit=indicators()[spec.indicator].unit,
        row_dimension=spec.dimensions[0],
        column_dimension=spec.dimensions[1] if two_way else "",
        rows=rows,
        columns=columns,
        cells=cells,
        row_totals=row_totals,
        column_totals=tuple(sum(line[j] for line in cells) for j in range(len(columns))),
        total=sum(row_totals),
    )


def _sessions(engine: Engine, period: Period) -> tuple[dict[str, list[tuple[str, SessionLine]]], dict[str, list[str]]]:
    """Return by month the counted sessions with their centre, and the centre of each that still waits for approval."""
    table = engine.store.table("sessions")
    held = table.filter(table.month >= period.first_month, table.month <= period.last_month)
    seats = engine.store.table("attendances")
    taken = seats.filter(seats.month >= period.first_month, seats.month <= period.last_month)
    sums = engine.store.fetch(taken.group_by("session_key").aggregate(n=taken["count"].sum()))
    heads = {row["session_key"]: int(row["n"]) for row in sums}
    lines: dict[str, list[tuple[str, SessionLine]]] = {}
    waiting: dict[str, list[str]] = {}
    for row in engine.store.fetch(held.order_by(["held_on", "session_key"])):
        if row["status"] in COUNTED:
            lines.setdefault(row["month"], []).append((row["centre"], _session(row, heads)))
        else:
            waiting.setdefault(row["month"], []).append(row["centre"])
    return lines, waiting


def _session(row: Mapping[str, Any], heads: Mapping[int, int]) -> SessionLine:
    return SessionLine(
        key=row["session_key"],
        held_on=row["held_on"],
        session_type=row["session_type"],
        region=row["region"] or "",
        district=row["district"] or "",
        host=row["host"] or "",
        language=row["language"] or "",
        attendances=heads.get(row["session_key"], 0),
    )


def _posts(engine: Engine, code: str, period: Period) -> tuple[PostLine, ...]:
    return tuple(
        PostLine(
            platform=row["platform"],
            account=row["account"],
            post=row.get("post_key") or "",
            campaign=row["campaign_code"] or "",
            promotion=row["organic_paid"] or "",
            native_name=row["native_name"],
            value=int(row["value"]),
            window_start=row["window_start"],
            window_end=row["window_end"],
            captured_on=_day(row["captured_at"]),
        )
        for row in engine.lines(indicators()[code], period)
    )


def _platforms(engine: Engine, period: Period) -> tuple[PlatformLine, ...]:
    return tuple(
        PlatformLine(row["platform"], row["measure"], int(row["posts"]), int(row["value"]))
        for row in engine.lines(indicators()["views"], period)
    )


def _day(moment: dt.datetime) -> dt.date:
    from django.utils import timezone

    return timezone.localtime(moment).date()
