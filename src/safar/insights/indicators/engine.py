"""Counts what a definition says, over a period, for a centre or the whole node, by any of its disaggregations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, Literal

from safar.insights.indicators.definition import AnyOf, Condition, Indicator
from safar.insights.indicators.period import Period
from safar.insights.indicators.units import Figure
from safar.insights.store.reading import Store

ALL_CENTRES = ""


class NoSingleFigureError(ValueError):
    """The indicator has rows but no total."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Indicators over one opened build."""

    store: Store

    def figure(
        self,
        indicator: Indicator,
        period: Period,
        *,
        centre: str = ALL_CENTRES,
        filters: Mapping[str, str] | None = None,
    ) -> Figure[Any]:
        """Return one figure; `filters` may name disaggregations of the definition and nothing else."""
        if indicator.only_by:
            raise NoSingleFigureError(f"{indicator.code} has no total: {indicator.may_not_add_to[-1].reason}")
        filters = dict(filters or {})
        rows = self._chosen(indicator, period, centre=centre, filters=filters)
        value = _number(self.store.fetch(rows.aggregate(n=_measure(rows, indicator)))[0]["n"])
        part = tuple(sorted({"centre": centre, "month": period.label, **filters}.items()))
        return Figure(
            value=value,
            unit=indicator.unit,
            code=indicator.code,
            number=indicator.number,
            parts=frozenset({part}),
            additive_over=frozenset(indicator.additive_over),
            reason=indicator.may_not_add_to[0].reason,
        )

    def months(self, indicator: Indicator, period: Period) -> dict[tuple[str, str], int]:
        """Return the figure of every (centre, month) of the period, `ALL_CENTRES` for the node; absent means none."""
        table = self._table(indicator)
        has_centre = "centre" in table.columns
        counted: dict[tuple[str, str], int] = {}
        for row in self._grouped(self._chosen(indicator, period), indicator, ["month"]):
            counted[ALL_CENTRES, row["month"]] = _number(row["n"])
        if has_centre:
            chosen = self._chosen(indicator, period, each_centre=True)
            for row in self._grouped(chosen, indicator, ["centre", "month"]):
                counted[row["centre"], row["month"]] = _number(row["n"])
        return counted

    def breakdown(
        self, indicator: Indicator, period: Period, dimensions: Sequence[str]
    ) -> dict[str, dict[tuple[str, ...], int]]:
        """Return, per centre and for the node, the counts by one or two disaggregations; an empty value is "unknown".

        People are put in one cell each, that of their last row of the period, so that the cells add to the figure.
        """
        result: dict[str, dict[tuple[str, ...], int]] = {ALL_CENTRES: {}}
        for row, cell in self._cells(indicator, period, dimensions, ()):
            result.setdefault(row.get("centre", ALL_CENTRES), {})[cell] = _number(row["n"])
        return result

    def breakdown_by_month(
        self, indicator: Indicator, period: Period, dimensions: Sequence[str]
    ) -> dict[str, dict[str, dict[tuple[str, ...], int]]]:
        """Return the breakdown of each month with rows in it, as `breakdown` gives that of a single one, in one pass."""
        result: dict[str, dict[str, dict[tuple[str, ...], int]]] = {}
        for row, cell in self._cells(indicator, period, dimensions, ("month",)):
            scopes = result.setdefault(row["month"], {ALL_CENTRES: {}})
            scopes.setdefault(row.get("centre", ALL_CENTRES), {})[cell] = _number(row["n"])
        return result

    def _cells(
        self, indicator: Indicator, period: Period, dimensions: Sequence[str], each: Sequence[str]
    ) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
        """Give the row and the categories of every cell: first those of the node, then those of the centres."""
        _check(indicator, dimensions)
        for keys in ([*each], [*each, "centre"]):
            rows = self._chosen(indicator, period, each_centre="centre" in keys)
            if indicator.measure.kind == "distinct":
                rows = _last_of_each(rows, [*keys, str(indicator.measure.column)], indicator.date_column)
            labelled = rows.mutate(**{name: _or_unknown(rows[name]) for name in dimensions})
            for row in self._grouped(labelled, indicator, [*keys, *dimensions]):
                yield row, tuple(row[name] for name in dimensions)

    def lines(self, indicator: Indicator, period: Period) -> list[dict[str, Any]]:
        """Return an indicator without a total as its rows: value, first and last capture, per `only_by`."""
        rows = self._chosen(indicator, period)
        grouped = rows.group_by(list(indicator.only_by)).aggregate(
            value=rows[str(indicator.measure.column)].sum(),
            posts=rows.post_key.nunique(),
            window_start=rows.window_start.min(),
            window_end=rows.window_end.max(),
            captured_at=rows.captured_at.max(),
            campaign_code=rows.campaign_code.max(),
            organic_paid=rows.organic_paid.max(),
        )
        return self.store.fetch(grouped.order_by(list(indicator.only_by)))

    def rows(
        self, indicator: Indicator, period: Period, *, centre: str = ALL_CENTRES, limit: int, offset: int = 0
    ) -> tuple[int, list[dict[str, Any]]]:
        """Return how many event rows are behind the figure, and a page of them in order of their date."""
        chosen = self._chosen(indicator, period, centre=centre)
        ordered = chosen.order_by([indicator.date_column, *_tie_break(chosen)])
        count = int(self.store.fetch(chosen.aggregate(n=chosen.count()))[0]["n"])
        return count, self.store.fetch(ordered.limit(limit, offset=offset))

    def latest_month(self) -> str | None:
        """Return the last month anything happened in."""
        return max(self._ends("max"), default=None)

    def first_month(self) -> str | None:
        """Return the first month anything happened in."""
        return min(self._ends("min"), default=None)

    def _ends(self, which: Literal["min", "max"]) -> list[str]:
        tables = [self.store.table(name) for name in ("contacts", "sessions")]
        found = [self.store.fetch(table.aggregate(end=getattr(table.month, which)()))[0]["end"] for table in tables]
        return [month for month in found if month]

    def _table(self, indicator: Indicator) -> Any:
        return self.store.table(indicator.table)

    def _chosen(
        self,
        indicator: Indicator,
        period: Period,
        *,
        centre: str = ALL_CENTRES,
        each_centre: bool = False,
        filters: Mapping[str, str] | None = None,
    ) -> Any:
        """Return the rows the figure is about."""
        table = self._table(indicator)
        tests = [_test(table, condition) for condition in indicator.where]
        tests.append(table.month <= period.last_month)
        if not indicator.stock:
            tests.append(table.month >= period.first_month)
        if centre:
            tests.append(table.centre == centre)
        elif not each_centre:
            tests += [_test(table, condition) for condition in indicator.where_node]
        _check(indicator, list(filters or {}))
        tests += [_or_unknown(table[name]) == value for name, value in (filters or {}).items()]
        rows = table.filter(tests)
        if indicator.measure.kind == "latest":
            rows = _last_of_each(rows, list(indicator.measure.per), indicator.date_column)
        return rows

    def _grouped(self, rows: Any, indicator: Indicator, keys: list[str]) -> list[dict[str, Any]]:
        grouped = rows.group_by(keys).aggregate(n=_measure(rows, indicator))
        return self.store.fetch(grouped.order_by(keys))


def _check(indicator: Indicator, dimensions: Sequence[str]) -> None:
    if unknown := set(dimensions) - set(indicator.disaggregations):
        raise ValueError(f"{indicator.code} is not broken down by {', '.join(sorted(unknown))}")


def _test(table: Any, condition: Condition | AnyOf) -> Any:
    if isinstance(condition, AnyOf):
        return reduce(or_, (_test(table, one) for one in condition.any_of))
    column = table[condition.column]
    if condition.equals is not None:
        return column == condition.equals
    if condition.one_of is not None:
        return column.isin(condition.one_of)
    if condition.not_one_of is not None:
        return ~column.isin(condition.not_one_of)
    known = [column.notnull()] + ([column != ""] if column.type().is_string() else [])
    return reduce(and_, known) if condition.known else ~reduce(and_, known)


def _measure(rows: Any, indicator: Indicator) -> Any:
    column = indicator.measure.column
    if indicator.measure.kind == "rows":
        return rows.count()
    if indicator.measure.kind == "distinct":
        return rows[str(column)].nunique()
    return rows[str(column)].sum()


def _last_of_each(rows: Any, keys: list[str], date_column: str) -> Any:
    """Return one row for each combination of the keys: the last by date, ties broken by the row's own key."""
    import ibis

    order = [ibis.desc(rows[date_column]), *(ibis.desc(rows[name]) for name in _tie_break(rows))]
    numbered = rows.mutate(place_in_line=ibis.row_number().over(group_by=keys, order_by=order))
    return numbered.filter(numbered.place_in_line == 0).drop("place_in_line")


def _tie_break(rows: Any) -> list[str]:
    return [
        name for name in ("contact_key", "session_key", "case_key", "referral_key", "value") if name in rows.columns
    ]


def _or_unknown(column: Any) -> Any:
    return column.nullif("").fill_null("unknown")


def _number(value: Any) -> int:
    """Return a count as a plain number; a sum over no rows is empty, which for a count is zero."""
    return int(value or 0)
