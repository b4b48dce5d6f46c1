"""Facts as counsellors use them: cards for a topic, the freshness board, a fact with its versions."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from safar.guide.enums import FactKind, Freshness
from safar.guide.models import Fact, FactVersion
from safar.guide.permissions import READ_FACT
from safar.guide.rules import DUE_WITHIN_DAYS
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.kernel.multilingual import Multilingual


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to tell a person, as it stands today; `version_id` is what the record of the conversation keeps."""

    version_id: UUID
    key: str
    destination: str
    title: Multilingual
    statement: Multilingual
    is_advice: bool
    is_expired: bool
    verified_on: dt.date
    expires_on: dt.date
    source_title: str
    source_url: str


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """How many facts one member of staff answers for, and how many of those are past or near their date."""

    owner: str
    facts: int
    expired: int
    due: int


@dataclass(frozen=True, slots=True)
class Board:
    """All current facts by how far they can be relied on."""

    expired: list[FactVersion]
    due: list[FactVersion]
    fresh: list[FactVersion]
    owners: list[OwnerLine]


def live_versions() -> QuerySet[FactVersion]:
    """Return the current version of every fact that is not retired."""
    return FactVersion.objects.filter(is_current=True, fact__retired_on=None).select_related("fact", "fact__owner")


def cards(topics: str | Iterable[str] = (), destination: str = "") -> list[Card]:
    """Return what can be told on these topics: advice for everybody and facts of the destination, expired ones last."""
    wanted = [topics] if isinstance(topics, str) else list(topics)
    wanted = [topic for topic in wanted if topic]
    versions = live_versions().filter(Q(fact__destination="") | Q(fact__destination=destination))
    if wanted:
        versions = versions.filter(fact__topics__topic__in=wanted).distinct()
    day = today()
    found = [_card(version, day) for version in versions.order_by("fact__position", "fact__key")]
    return sorted(found, key=lambda card: (card.is_expired, not card.destination))


def told(version_ids: Iterable[UUID]) -> dict[UUID, Card]:
    """Return the cards that were told, exactly as they read then, current or not."""
    day = today()
    versions = FactVersion.objects.filter(id__in=list(version_ids)).select_related("fact")
    return {version.pk: _card(version, day) for version in versions}


def board(*, by: Actor) -> Board:
    check_may(by, READ_FACT)
    day = today()
    groups: dict[Freshness, list[FactVersion]] = {state: [] for state in Freshness}
    versions = list(live_versions().order_by("expires_on", "fact__key"))
    for version in versions:
        groups[version.freshness_on(day)].append(version)
    return Board(groups[Freshness.EXPIRED], groups[Freshness.DUE], groups[Freshness.FRESH], _owner_lines(versions, day))


def expired_count() -> int:
    """Return how many facts people can read today are past their date."""
    return live_versions().filter(expires_on__lt=today()).count()


def due_count() -> int:
    day = today()
    last = day + dt.timedelta(days=DUE_WITHIN_DAYS)
    return live_versions().filter(expires_on__gte=day, expires_on__lte=last).count()


def get(key: str, *, by: Actor) -> Fact:
    """Return the fact with all its versions, newest first."""
    check_may(by, READ_FACT)
    versions = FactVersion.objects.select_related("verified_by").order_by("-number")
    facts = Fact.objects.select_related("owner").prefetch_related(Prefetch("versions", versions), "topics")
    return get_object_or_404(facts, key=key)


def current(fact: Fact) -> FactVersion:
    version = next((version for version in fact.versions.all() if version.is_current), None)
    if version is None:
        raise Http404(fact.key)
    return version


def _card(version: FactVersion, day: dt.date) -> Card:
    fact = version.fact
    return Card(
        version_id=version.pk,
        key=fact.key,
        destination=fact.destination,
        title=version.title,
        statement=version.statement,
        is_advice=fact.kind == FactKind.ADVICE,
        is_expired=version.freshness_on(day) is Freshness.EXPIRED,
        verified_on=version.verified_on,
        expires_on=version.expires_on,
        source_title=version.source_title,
        source_url=version.source_url,
    )


def _owner_lines(versions: list[FactVersion], day: dt.date) -> list[OwnerLine]:
    def name(version: FactVersion) -> str:
        return version.fact.owner.full_name if version.fact.owner else ""

    lines = []
    for owner, group in groupby(sorted(versions, key=name), key=name):
        states = [version.freshness_on(day) for version in group]
        lines.append(
            OwnerLine(owner, len(states), states.count(Freshness.EXPIRED), states.count(Freshness.DUE)),
        )
    return sorted(lines, key=lambda line: (-line.expired, -line.due, line.owner))
