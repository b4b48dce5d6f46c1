"""Checklists of documents: reviewed files, one a destination and scheme, each item with where its claim comes from."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from safar import cases
from safar.guide.rules import in_cyrillic
from safar.kernel.clock import today
from safar.kernel.multilingual import Multilingual

FOLDER = Path(cases.__path__[0]) / "checklists"
GENERAL = "general"
Who = Literal["you", "employer", "agency", "family", "centre"]


class Source(BaseModel):
    """Where a claim was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    url: str
    date: dt.date


class Item(BaseModel):
    """One paper: what it is, who gets it and where. It stands on a fact of the guide, on a source, or is to be verified."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    label: dict[str, str]
    where: dict[str, str] = {}
    who: Who = "you"
    fact: str = ""
    source: Source | None = None
    verify: bool = False

    @model_validator(mode="after")
    def _stands_on_something(self) -> "Item":
        if not (self.fact or self.source or self.verify):
            raise ValueError(f"{self.code}: name a fact of the guide or a source, or mark it `verify: true`")
        return self

    @property
    def name(self) -> Multilingual:
        return multilingual(self.label)

    @property
    def place(self) -> Multilingual:
        return multilingual(self.where)


class Checklist(BaseModel):
    """The papers one needs for one way of going, in the version that holds from a day on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    destination: str = ""
    version: str
    valid_from: dt.date
    review_by: dt.date
    title: dict[str, str]
    items: tuple[Item, ...]

    @property
    def name(self) -> Multilingual:
        return multilingual(self.title)

    @property
    def is_overdue(self) -> bool:
        """Whether somebody should have looked again whether it still holds."""
        return self.review_by < today()

    def item(self, code: str) -> Item | None:
        return next((item for item in self.items if item.code == code), None)


def multilingual(texts: dict[str, str]) -> Multilingual:
    """Return texts with the Uzbek Cyrillic one derived, in which names of tests and applications stay as they are written."""
    return Multilingual(texts if "uz" not in texts else {"uz-cyrl": in_cyrillic(texts["uz"]), **texts})


@cache
def checklists() -> dict[str, Checklist]:
    """Return every list by its code, the general one last."""
    found = {one.code: one for one in _read()}
    return {**{code: one for code, one in found.items() if code != GENERAL}, GENERAL: found[GENERAL]}


def _read() -> Iterator[Checklist]:
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.name != "words.yaml":
            yield Checklist.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def words() -> dict[str, Multilingual]:
    """Return what stands around a list in the client's language: the states of an item and who gets it."""
    read = yaml.safe_load((FOLDER / "words.yaml").read_text(encoding="utf-8"))
    return {key: multilingual(texts) for key, texts in read.items()}


def for_destination(destination: str) -> Checklist:
    """Return the list of a destination, else the general one."""
    return next((one for one in checklists().values() if one.destination == destination != ""), checklists()[GENERAL])
