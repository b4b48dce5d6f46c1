"""Days off by law, of the country this installation serves; movable ones are entered by staff in the rota."""

import datetime as dt
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field

from safar.cases.rules.day import Holiday, holidays_of
from safar.kernel.multilingual import Multilingual
from safar.reference.queries import codes
from safar.trust.queries.profile import profile


class _Day(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    label: dict[str, str] = Field(min_length=2)


class HolidayFile(BaseModel):
    """A country's holidays of fixed date, with the law they stand in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    country: str
    source: str = Field(min_length=10)
    moves_from_weekend: bool
    days: tuple[_Day, ...] = Field(min_length=1)


@cache
def load(country: str) -> HolidayFile | None:
    """Return a country's holidays; None where nobody has written them down yet, and then staff enter every one."""
    file = resources.files("safar.cases") / "holidays" / f"{country.lower()}.yaml"
    return HolidayFile.model_validate(yaml.safe_load(file.read_text(encoding="utf-8"))) if file.is_file() else None


@cache
def _of_year(country: str, year: int, weekend: tuple[int, ...]) -> dict[dt.date, Holiday]:
    file = load(country)
    if file is None:
        return {}
    fixed = [(day.month, day.day, f"{day.month}-{day.day}") for day in file.days]
    return holidays_of(year, fixed, weekend, moves=file.moves_from_weekend)


@cache
def _labels(country: str) -> dict[str, Multilingual]:
    file = load(country)
    return {f"{day.month}-{day.day}": codes.multilingual(day.label) for day in (file.days if file else ())}


def holiday_on(day: dt.date) -> Multilingual | None:
    """Return the name of the holiday by law on a day, or None; one that was moved keeps its name."""
    country = profile()
    found = _of_year(country.country, day.year, tuple(country.weekend)).get(day)
    return _labels(country.country)[found.name] if found else None
