"""What a chart says, apart from how it is drawn: pages, Word and PDF draw the same spec."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one colour; a value that is not known or not shown is None, never zero."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Values over categories. `unit` names what is counted; `note` says period, source and what is missing.

    A "step" is a line that holds each value until the next.
    """

    kind: Literal["bar", "line", "step", "stacked"]
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegionMap:
    """One value a region. `shapes` is a GeoJSON FeatureCollection whose features carry `properties.code` and `properties.name`."""

    title: str
    shapes: Mapping[str, Any]
    values: Mapping[str, float | None]
    unit: str
    note: str = ""


Picture: TypeAlias = Chart | RegionMap
# Domains may not import the design kit, so a door hands them the pen: spec in, PNG bytes out.
DrawPng: TypeAlias = Callable[[Picture], bytes]
