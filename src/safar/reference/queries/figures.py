"""Figures that others published: shown beside our own with source and date, never mixed into them."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from safar.kernel.multilingual import Multilingual
from safar.reference import datafiles
from safar.reference.queries import codes, places

# A node's centre is known by a short code; sources are kept under the centre's place in the network.
CENTRES = {"OSH": "MRC-KG-OSH", "DUS": "MRC-TJ-DUS"}

Unit = Literal["persons", "exposures", "mixed", "centres", "services", "cases"]
StockFlow = Literal["stock", "flow"]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ObservationRow(_Row):
    """One line of `data/figures/observations.csv`."""

    indicator: str
    geo_code: str
    counterpart: str
    sex: Literal["_T", "F", "M"]
    age: str
    breakdown: str
    period: str = Field(min_length=4)
    stock_flow: StockFlow
    value: float = Field(ge=0)
    unit: Unit
    qualifier: Literal["exact", "rounded", "rounded to 100", "about", "more than", "almost", "estimate"]
    source_id: str
    note: str


class SourceRow(_Row):
    """One line of `data/figures/sources.csv`; `published` is as exact as the page says."""

    source_id: str
    title: str
    publisher: str
    address: str
    published: str
    kind: str


class IndicatorRow(_Row):
    """One line of `data/figures/indicators.csv`."""

    indicator: str
    name_en: str
    name_ru: str
    name_uz: str
    stock_flow: str
    add_over_time: Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One number somebody else published.

    `value` is in `unit`; `qualifier` says how it was rounded ("more than", "about"); `period` is ISO 8601, an interval with a
    slash. Persons, exposures and mixed counts are different units: never add across units, and over time only what
    `may_add_over_time` allows. Conflicting figures of different sources stand side by side.
    """

    indicator: str
    name: Multilingual
    geo: str
    counterpart: str
    sex: str
    age: str
    breakdown: str
    period: str
    stock_flow: StockFlow
    value: float
    unit: Unit
    qualifier: str
    may_add_over_time: bool
    source: str
    publisher: str
    address: str
    published: str
    second_hand: bool
    note: str


def published_figures(centre_or_geo: str, indicator: str = "") -> list[PublishedFigure]:
    """Return the figures about a centre (OSH, DUS, MRC-NETWORK), a country (UZ) or a region (UZ-AN), latest period first."""
    geo = CENTRES.get(centre_or_geo, centre_or_geo)
    found = [figure for figure in _figures() if figure.geo == geo and indicator in ("", figure.indicator)]
    return sorted(found, key=lambda figure: figure.period, reverse=True)


def population(country: str) -> dict[str, PublishedFigure]:
    """Return the population of each region of a country at the latest date known for all its regions, by region code.

    For rates and maps: read `period`, `qualifier` and `note` before comparing countries. Empty when there is none.
    """
    wanted = {region.code for region in places.regions(country)}
    by_period: dict[str, dict[str, PublishedFigure]] = {}
    for figure in _figures():
        if figure.indicator == "population" and figure.geo in wanted:
            by_period.setdefault(figure.period, {})[figure.geo] = figure
    complete = [period for period, figures in by_period.items() if figures.keys() == wanted]
    return by_period[max(complete)] if complete else {}


def centre_codes() -> list[str]:
    """Return the centres and networks with published figures."""
    return sorted({figure.geo for figure in _figures() if figure.indicator.startswith("mrc_")})


@cache
def _figures() -> tuple[PublishedFigure, ...]:
    sources = {row.source_id: row for row in map(SourceRow.model_validate, datafiles.read_csv("figures/sources.csv"))}
    named = {
        row.indicator: row for row in map(IndicatorRow.model_validate, datafiles.read_csv("figures/indicators.csv"))
    }
    rows = map(ObservationRow.model_validate, datafiles.read_csv("figures/observations.csv"))
    return tuple(_figure(row, named[row.indicator], sources[row.source_id]) for row in rows)


def _figure(row: ObservationRow, indicator: IndicatorRow, source: SourceRow) -> PublishedFigure:
    return PublishedFigure(
        indicator=row.indicator,
        name=codes.multilingual({"en": indicator.name_en, "ru": indicator.name_ru, "uz": indicator.name_uz}),
        geo=row.geo_code,
        counterpart=row.counterpart,
        sex=row.sex,
        age=row.age,
        breakdown=row.breakdown,
        period=row.period,
        stock_flow=row.stock_flow,
        value=row.value,
        unit=row.unit,
        qualifier=row.qualifier,
        may_add_over_time=indicator.add_over_time == "yes",
        source=source.title,
        publisher=source.publisher,
        address=source.address,
        published=source.published,
        second_hand="quoting" in source.kind,
        note=row.note,
    )
