"""Puts a month report together: figures with their months before, tables, platforms, and what others published."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from django.conf import settings
from django.core.cache import cache

from safar.insights.indicators.definition import definitions_version, indicators
from safar.insights.indicators.engine import ALL_CENTRES, Engine
from safar.insights.indicators.period import Month
from safar.insights.reports import counting, protection, references
from safar.insights.reports.content import FORMAT, FigureLine, MonthReport, Protection, canonical, digest
from safar.insights.reports.counting import Counts, MonthCounts
from safar.insights.store import folder, reading
from safar.insights.store.folder import Manifest
from safar.methods.disclosure.protection import METHOD
from safar.trust.models import Centre
from safar.trust.queries.profile import profile

Year = Mapping[str, Mapping[str, Counts]]
Trend = Mapping[tuple[str, str], Mapping[str, int | None]]


class UnknownCentreError(LookupError):
    """There is no centre of this code."""


def true_report(month: Month, centre: str = ALL_CENTRES) -> MonthReport:
    """Return the month with true counts: for people who may see the rows anyway."""
    return _reports(month, hide=False)[_known(centre)]


def protected_report(month: Month, centre: str = ALL_CENTRES) -> MonthReport:
    """Return the month as it may leave the centre."""
    return _reports(month, hide=True)[_known(centre)]


def _known(centre: str) -> str:
    if centre and not Centre.objects.filter(code=centre).exists():
        raise UnknownCentreError(centre)
    return centre


def _reports(month: Month, *, hide: bool) -> dict[str, MonthReport]:
    """Return the reports of all scopes; counting one costs nearly as much as counting all."""
    store, manifest = reading.current()
    key = f"insights:{manifest.build}:{definitions_version()}:{month}:{hide}"
    found: dict[str, MonthReport] | None = cache.get(key)
    if found is None:
        found = _build(Engine(store), manifest, month, hide=hide)
        cache.set(key, found, timeout=None)
    return found


def _build(engine: Engine, manifest: Manifest, month: Month, *, hide: bool) -> dict[str, MonthReport]:
    centres = list(Centre.objects.order_by("code"))
    codes = [centre.code for centre in centres]
    year, how = counting.year(engine, month, codes), None
    counts = counting.with_platforms(engine, month, year[str(month)])
    if hide:
        trend = _protected_trend(year, month)
        counts, how = protection.protected(counts)
    else:
        trend = _true_trend(year)
    names = {ALL_CENTRES: dict(profile().name), **{centre.code: dict(centre.name) for centre in centres}}
    return {
        scope: _report(counts, scope, name=names[scope], trend=trend, how=how, manifest=manifest)
        for scope in counts.scopes
    }


def _report(
    counts: MonthCounts,
    scope: str,
    *,
    name: dict[str, str],
    trend: Trend,
    how: Protection | None,
    manifest: Manifest,
) -> MonthReport:
    found = counts.scopes[scope]
    return MonthReport(
        format=FORMAT,
        country=profile().country,
        centre=scope,
        centre_name=name,
        month=str(counts.month),
        data_version=manifest.data_version,
        definitions_version=definitions_version(),
        is_demo=settings.SAFAR_IS_DEMO,
        figures=tuple(_line(counts.month, code, value, trend, scope) for code, value in found.values.items()),
        breakdowns=found.breakdowns,
        sessions=found.sessions,
        sessions_waiting=found.sessions_waiting,
        posts=counts.posts,
        platforms=counts.platforms,
        followers=counts.followers,
        references=references.published(scope),
        protection=how,
    )


def _line(month: Month, code: str, value: int | None, trend: Trend, scope: str) -> FigureLine:
    indicator = indicators()[code]
    before = [month.plus(-step) for step in range(counting.TREND_MONTHS, 0, -1)]
    earlier = [(str(one), trend.get((scope, str(one)), {}).get(code, 0)) for one in before]
    return FigureLine(
        number=indicator.number,
        code=code,
        unit=indicator.unit,
        value=value,
        previous=earlier[-1][1],
        trend=(*earlier, (str(month), value)),
    )


def _true_trend(year: Year) -> Trend:
    return {(scope, month): found.values for month, scopes in year.items() for scope, found in scopes.items()}


def _protected_trend(year: Year, month: Month) -> Trend:
    """Return earlier months as their own reports show them: a count hidden there must not appear here."""
    trend: dict[tuple[str, str], Mapping[str, int | None]] = {}
    for name, scopes in year.items():
        if name != str(month) and any(value for found in scopes.values() for value in found.values.values()):
            values = _protected_values(MonthCounts(Month.parse(name), scopes, (), (), ()))
            trend |= {(scope, name): found for scope, found in values.items()}
    return trend


def _protected_values(counts: MonthCounts) -> dict[str, dict[str, int | None]]:
    """Return the figures of a month after protection; kept in a file by content, since past months rarely change."""
    limits = profile().disclosure
    content = canonical([asdict(scope) for scope in counts.scopes.values()])
    path = folder.root() / "protected" / f"{digest(f'{FORMAT}|{METHOD}|{limits}|{list(counts.scopes)}|{content}')}.json"
    if path.exists():
        kept: dict[str, dict[str, int | None]] = json.loads(path.read_text(encoding="utf-8"))
        return kept
    shown, _ = protection.protected(counts)
    values = {scope: dict(found.values) for scope, found in shown.scopes.items()}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(canonical(values), encoding="utf-8")
    return values
