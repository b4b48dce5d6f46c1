"""What an indicator is: everything a reader needs to repeat the count, checked when the file is read."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from safar.insights.extract.schemas import DERIVED, TABLES
from safar.insights.indicators.units import Unit
from safar.kernel.multilingual import Multilingual

_FOLDER = Path(__file__).parent / "definitions"
DATE_COLUMNS = {
    "contacts": "occurred_on",
    "persons": "first_contact_on",
    "sessions": "held_on",
    "attendances": "held_on",
    "services": "delivered_on",
    "referrals": "made_on",
    "exposures": "captured_at",
    "coverage": "on",
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(_Strict):
    """One simple statement about a column; exactly one of the comparisons is given."""

    column: str
    equals: str | bool | None = None
    one_of: tuple[str, ...] | None = None
    not_one_of: tuple[str, ...] | None = None
    known: bool | None = None

    @model_validator(mode="after")
    def _one_comparison(self) -> "Condition":
        given = [self.equals, self.one_of, self.not_one_of, self.known]
        if sum(value is not None for value in given) != 1:
            raise ValueError(f"a condition on {self.column} needs exactly one comparison")
        return self


class AnyOf(_Strict):
    """True when at least one of the conditions is."""

    any_of: tuple[Condition, ...] = Field(min_length=2)


class Measure(_Strict):
    """How rows become a number.

    `rows` counts them, `distinct` counts different values of a column, `sum` adds a column. `latest` first keeps, for each
    combination of the named columns, only the row captured last: a platform's running total must not be added to itself.
    """

    kind: Literal["rows", "distinct", "sum", "latest"]
    column: str | None = None
    per: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> "Measure":
        if (self.kind == "rows") == (self.column is not None):
            raise ValueError(f"a measure of kind {self.kind} has the wrong column")
        if (self.kind == "latest") != bool(self.per):
            raise ValueError("only `latest` says per what")
        return self


class NotWith(_Strict):
    """Another indicator this one may not be added to."""

    number: int
    reason: str


class Indicator(_Strict):
    """One indicator as its YAML file defines it."""

    number: int
    code: str = Field(pattern=r"^[a-z0-9_]+$")
    label: dict[str, str]
    definition: dict[str, str]
    unit: Unit
    source_form: str
    frequency: Literal["month", "quarter", "year"]
    table: str
    measure: Measure
    where: tuple[Condition | AnyOf, ...] = ()
    where_node: tuple[Condition, ...] = ()
    disaggregations: tuple[str, ...]
    additive_over: tuple[str, ...] = ()
    # A number without a sum is shown as rows per these columns and never as one figure.
    only_by: tuple[str, ...] = ()
    stock: bool = False
    dedup_scope: dict[str, str]
    may_not_add_to: tuple[NotWith, ...]
    domain_ref: str

    @model_validator(mode="after")
    def _columns_exist(self) -> "Indicator":
        columns = set(TABLES.get(self.table) or DERIVED.get(self.table) or ())
        used = {*self.disaggregations, *self.only_by, *self.measure.per, *filter(None, [self.measure.column])}
        used |= {condition.column for condition in self.conditions()}
        if unknown := used - columns:
            raise ValueError(f"{self.code}: table {self.table} has no column {', '.join(sorted(unknown))}")
        for texts in (self.label, self.definition, self.dedup_scope):
            if missing := {"en", "ru"} - texts.keys():
                raise ValueError(f"{self.code}: a text lacks {', '.join(sorted(missing))}")
        return self

    def conditions(self) -> Iterator[Condition]:
        for condition in (*self.where, *self.where_node):
            yield from condition.any_of if isinstance(condition, AnyOf) else (condition,)

    @property
    def name(self) -> Multilingual:
        return Multilingual(self.label)

    @property
    def text(self) -> Multilingual:
        return Multilingual(self.definition)

    @property
    def scope(self) -> Multilingual:
        return Multilingual(self.dedup_scope)

    @property
    def date_column(self) -> str:
        return DATE_COLUMNS[self.table]

    @property
    def is_about_people(self) -> bool:
        """Whether a small count can tell about somebody: sessions, posts and places are not people."""
        return self.unit in {Unit.PERSONS, Unit.CONTACTS, Unit.ATTENDANCES}


def load(folder: Path = _FOLDER) -> dict[str, Indicator]:
    """Read every definition; a wrong file, a number or a code taken twice stops the start, not the month's end."""
    found: dict[str, Indicator] = {}
    numbers: set[int] = set()
    for path in sorted(folder.glob("*.yaml")):
        raw: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        indicator = Indicator.model_validate(raw)
        if indicator.code in found or indicator.number in numbers:
            raise ValueError(f"{path.name}: {indicator.code} or number {indicator.number} is taken")
        found[indicator.code] = indicator
        numbers.add(indicator.number)
    return dict(sorted(found.items(), key=lambda item: item[1].number))


@cache
def indicators() -> dict[str, Indicator]:
    """Return all indicators by code, in the order of their numbers."""
    return load()


@cache
def definitions_version() -> str:
    """Return a short hash over the definition files: a frozen month names the definitions it was counted with."""
    digest = hashlib.sha256()
    for path in sorted(_FOLDER.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
