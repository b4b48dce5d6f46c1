"""Destination guides as anybody may read them."""

import datetime as dt
from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from safar.guide.enums import FactKind, Freshness, Section
from safar.guide.models import FactVersion, Guide
from safar.guide.queries.facts import live_versions
from safar.kernel.clock import today


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact on a guide page, and whether its date has passed."""

    version: FactVersion
    is_expired: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section of the guide; facts still in date come first."""

    code: str
    label: str
    facts: list[ShownFact]


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A guide with its sections, the day it was last checked and how many of its facts are past their date."""

    guide: Guide
    sections: list[SectionView]
    facts: int
    expired: int
    last_verified_on: dt.date | None

    @property
    def is_mostly_expired(self) -> bool:
        return self.expired * 2 > self.facts


def published() -> list[Guide]:
    return list(Guide.objects.filter(is_published=True))


def page(destination: str) -> GuidePage:
    """Return the published guide of a destination; raise Http404 when there is none. Three queries, whatever its length."""
    guide = get_object_or_404(Guide, destination=destination.upper(), is_published=True)
    day = today()
    versions = live_versions().filter(fact__destination=guide.destination, fact__kind=FactKind.FACT)
    shown = [
        ShownFact(version, version.freshness_on(day) is Freshness.EXPIRED)
        for version in versions.order_by("fact__position", "fact__key")
    ]
    sections = []
    for section in Section:
        facts = sorted(
            (fact for fact in shown if fact.version.fact.section == section), key=lambda fact: fact.is_expired
        )
        if facts:
            sections.append(SectionView(section.value, str(section.label), facts))
    return GuidePage(
        guide=guide,
        sections=sections,
        facts=len(shown),
        expired=sum(fact.is_expired for fact in shown),
        last_verified_on=max((fact.version.verified_on for fact in shown), default=None),
    )


def advice() -> list[ShownFact]:
    """Return the advice that holds wherever somebody goes, in reading order."""
    day = today()
    versions = live_versions().filter(fact__destination="", fact__kind=FactKind.ADVICE)
    shown = [
        ShownFact(version, version.freshness_on(day) is Freshness.EXPIRED)
        for version in versions.order_by("fact__position", "fact__key")
    ]
    return sorted(shown, key=lambda fact: fact.is_expired)
