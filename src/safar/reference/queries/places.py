"""Places: countries, regions and districts with their codes and their names in every language we have."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from safar.kernel.multilingual import Multilingual
from safar.reference import datafiles, place_names

COUNTRY, REGION, DISTRICT = 0, 1, 2
DETAILED = ("UZ", "KG", "TJ")
LANGUAGES = ("en", "ru", "uz", "uz-cyrl", "tg", "ky", "kaa")
_SEPARATORS = re.compile(r"[,;/|\n]|->|→")
SHAPE_FILES = {"UZ": "odbl/uz", "KG": "kg", "TJ": "tj"}
SHAPE_NOTICES = {
    "UZ": "© OpenStreetMap contributors, ODbL 1.0 (openstreetmap.org/copyright)",
    "KG": "OCHA COD-AB Kyrgyzstan, CC BY-IGO",
    "TJ": "OCHA COD-AB Tajikistan, CC BY-IGO",
}


@dataclass(frozen=True)
class Place:
    """A country, region or district; `level` 0, 1, 2. `kind` tells a city from the district of the same name."""

    code: str
    level: int
    parent: str
    country: str
    name: Multilingual
    kind: str
    aliases: tuple[str, ...] = ()
    p_code: str = ""
    p_code_status: str = ""
    national_code: str = ""
    valid_from: str = ""
    source: str = ""
    note: str = ""


@cache
def _table() -> dict[str, Place]:
    rows = [
        row for name in ("countries", *map(str.lower, DETAILED)) for row in datafiles.read_csv(f"places/{name}.csv")
    ]
    return {row["code"]: _place(row) for row in rows}


def _place(row: dict[str, str]) -> Place:
    return Place(
        code=row["code"],
        level=int(row["level"]),
        parent=row["parent"],
        country=row["country"],
        name=Multilingual({language: row[f"name_{language}"] for language in LANGUAGES}),
        kind=row["kind"],
        aliases=tuple(alias for alias in row["aliases"].split(";") if alias),
        p_code=row["p_code"],
        p_code_status=row["p_code_status"],
        national_code=row["national_code"],
        valid_from=row["valid_from"],
        source=row["source"],
        note=row["note"],
    )


def place(code: str) -> Place:
    """Return the place of a code; raises LookupError when there is none."""
    found = _table().get(code)
    if found is None:
        raise LookupError(f"There is no place {code!r}")
    return found


def is_known(code: str) -> bool:
    return code in _table()


def name(code: str) -> Multilingual:
    """Return the name of a place; a code we do not know shows as itself rather than break a page."""
    found = _table().get(code)
    return found.name if found else Multilingual({"en": code})


def countries() -> list[Place]:
    return [found for found in _table().values() if found.level == COUNTRY]


def regions(country: str) -> list[Place]:
    """Return the regions of one of the detailed countries; empty for the others."""
    return [found for found in _table().values() if found.level == REGION and found.country == country]


def districts(region: str) -> list[Place]:
    """Return the districts and cities of a region, districts first as in the registers."""
    return [found for found in _table().values() if found.level == DISTRICT and found.parent == region]


def region_of(code: str) -> str:
    """Return the region code of a district or region, an empty text for a country."""
    found = place(code)
    return {COUNTRY: "", REGION: found.code, DISTRICT: found.parent}[found.level]


@cache
def _geometries(country: str) -> list[tuple[str, dict[str, Any]]]:
    features = datafiles.read_json(f"shapes/{SHAPE_FILES[country]}.geojson")["features"]
    return [(feature["properties"]["code"], feature["geometry"]) for feature in features]


def shapes(country: str) -> dict[str, Any]:
    """Return the regions of a country as a GeoJSON FeatureCollection; `properties` are `code` and `name`.

    The name is in the reader's language. Simplified for choropleths, WGS 84, 3 decimals: not for measuring or deciding on a
    border. Show `shapes_notice(country)` beside every map. Raises LookupError for a country without shapes.
    """
    if country not in SHAPE_FILES:
        raise LookupError(f"There are no shapes of {country!r}")
    features = [
        {"type": "Feature", "properties": {"code": code, "name": str(name(code))}, "geometry": geometry}
        for code, geometry in _geometries(country)
    ]
    return {"type": "FeatureCollection", "features": features}


def shapes_notice(country: str) -> str:
    """Return the attribution that the licence of the shapes asks for."""
    return SHAPE_NOTICES[country]


def find(text: str, country: str = "", *, within: str = "") -> str | None:
    """Return the code of a place written in any script and spelling, None when nothing or more than one thing fits.

    `country` limits to one country's regions and districts (the countries of the world are searched when it is empty),
    `within` to the districts of one region. "Toshkent" alone is both the city and the region, so it gives None; so does
    "Andijon". "Andijon viloyati, Asaka tumani" is read from the region down.
    """
    pieces = [piece for piece in _SEPARATORS.split(text) if piece.strip()]
    if len(pieces) == 1 or within or not country:
        return place_names.find(_index(country, within), text)
    found = [place_names.find(_index(country, ""), piece) for piece in pieces]
    region = next((code for code in found if code and place(code).level == REGION), None)
    inside = [place_names.find(_index(country, region), piece) for piece in pieces] if region else found
    return next((code for code in inside if code), region)


@cache
def _index(country: str, within: str) -> place_names.Index:
    if within:
        chosen = districts(within)
    elif country:
        chosen = [found for found in _table().values() if found.level != COUNTRY and found.country == country]
    else:
        chosen = countries()
    return place_names.index(
        place_names.Entry(
            found.code,
            found.kind,
            found.level,
            (*found.name.values(), *found.aliases),
            (found.p_code, found.national_code),
        )
        for found in chosen
    )
