"""Loads the reviewed files of `safar/guide/content/` into the guide; loading them again changes nothing."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import yaml
from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from safar.guide.actions import facts
from safar.guide.enums import FactKind, Origin
from safar.guide.models import Fact, FactVersion, Guide
from safar.guide.permissions import MANAGE_FACT
from safar.guide.rules import DEFAULT_VALID_DAYS, FactContent, FactPlace
from safar.kernel.actor import Actor, check_may
from safar.trust.actions import audit

FOLDER = Path(__file__).resolve().parents[1] / "content"
Text = dict[str, Annotated[str, StringConstraints(min_length=1)]]


class Source(BaseModel):
    """Where a fact comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    url: str
    date: dt.date


class FactEntry(BaseModel):
    """One fact as written in a content file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str
    section: str = ""
    topics: list[str]
    title: Text
    statement: Text
    source: Source
    value: Decimal | None = None
    unit: str = ""
    law: str = ""
    valid_days: int = DEFAULT_VALID_DAYS

    def content(self) -> FactContent:
        return FactContent(
            title=self.title,
            statement=self.statement,
            source_title=self.source.title,
            source_url=self.source.url,
            source_date=self.source.date,
            value=self.value,
            unit=self.unit,
            law_version=self.law,
            valid_days=self.valid_days,
        )


class GuideFile(BaseModel):
    """One content file: a destination guide, or, without a destination, advice that holds everywhere."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    destination: str = ""
    position: int = 0
    title: Text = Field(default_factory=dict)
    lead: Text = Field(default_factory=dict)
    facts: list[FactEntry]


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load did: `kept` counts facts a centre has rewritten, which shipped text never replaces."""

    added: int
    changed: int
    unchanged: int
    kept: int


def read(folder: Path = FOLDER) -> list[GuideFile]:
    """Return the content files, validated; a wrong file stops here with the name of the field."""
    return [
        GuideFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.yaml"))
    ]


@transaction.atomic
def load(*, folder: Path = FOLDER, by: Actor) -> LoadResult:
    """Bring the guide up to the shipped files: add new facts, give changed ones a new version."""
    check_may(by, MANAGE_FACT)
    done: Counter[str] = Counter()
    for file in read(folder):
        if file.destination:
            _write_guide(file)
        for position, entry in enumerate(file.facts, start=1):
            done[_load_fact(file, entry, position, by)] += 1
    audit.record(by=by, action="guide.content.load", fields=["facts"])
    return LoadResult(done["added"], done["changed"], done["unchanged"], done["kept"])


def _write_guide(file: GuideFile) -> None:
    Guide.objects.update_or_create(
        destination=file.destination,
        defaults={
            "title": facts.with_cyrillic(file.title),
            "lead": facts.with_cyrillic(file.lead),
            "position": file.position,
        },
    )


def _load_fact(file: GuideFile, entry: FactEntry, position: int, by: Actor) -> str:
    fact = Fact.objects.filter(key=entry.key).first()
    content = entry.content()
    if fact is None:
        kind = FactKind.FACT if file.destination else FactKind.ADVICE
        place = FactPlace(entry.key, kind, file.destination, entry.section, position, tuple(entry.topics))
        facts.add(place=place, content=content, origin=Origin.SHIPPED, by=by)
        return "added"
    known = FactVersion.objects.filter(fact=fact, origin=Origin.SHIPPED, fingerprint=content.fingerprint()).exists()
    if known:
        return "unchanged"
    current = FactVersion.objects.get(fact=fact, is_current=True)
    if fact.retired_on or current.origin == Origin.CENTRE:
        return "kept"
    facts.change(fact_id=fact.pk, content=content, origin=Origin.SHIPPED, by=by)
    return "changed"
