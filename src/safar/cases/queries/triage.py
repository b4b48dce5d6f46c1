"""The three first questions and the protocol card each yes opens, from the reviewed file of the country."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Annotated, Any, Self
from uuid import UUID

import yaml
from django.conf import settings
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from safar.cases.enums.triage import TriageCard
from safar.cases.models import ShownText, Triage
from safar.cases.permissions import RECORD_CONTACT
from safar.kernel.actor import Actor, check_may
from safar.kernel.multilingual import Multilingual
from safar.reference.queries import codes
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.queries.profile import Hotline, load, profile

Texts = Annotated[Multilingual, BeforeValidator(codes.multilingual)]


class Written(BaseModel):
    """A part of a reviewed file: a mistyped key is an error, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Source(Written):
    """Where words come from; the day is as exact as it is known, empty when nobody knows it."""

    title: str = Field(min_length=1)
    url: str = Field(pattern=r"^https://")
    date: str = Field(pattern=r"^(\d{4}(-\d{2}){0,2})?$")


class Protocol(Written):
    """One card: what to ask, what to do now, whom to call, what not to do, and the service a hand-over asks for."""

    code: str
    title: Texts
    question: Texts
    now: tuple[Texts, ...] = Field(min_length=1)
    call: tuple[str, ...]
    avoid: tuple[Texts, ...] = Field(min_length=1)
    service: str
    source: Source


class Protocols(Written):
    """The cards of a country; `verify` says who has still to read them."""

    version: str
    verify: str
    cards: tuple[Protocol, ...]

    @model_validator(mode="after")
    def _has_all_cards(self) -> Self:
        if [card.code for card in self.cards] != TriageCard.values:
            raise ValueError(f"Cards are needed for {', '.join(TriageCard.values)}, in this order")
        return self


def protocols() -> Protocols:
    """Return the cards of the country this installation serves."""
    return protocols_of(getattr(settings, "SAFAR_COUNTRY", "UZ"))


@cache
def protocols_of(country: str) -> Protocols:
    """Return the cards of a country; raises ValueError where one names a number or a service nobody listed."""
    file = resources.files("safar.cases") / "content" / "triage" / f"{country.lower()}.yaml"
    read = Protocols.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    known = {line.number for line in load(country).hotlines}
    for card in read.cards:
        if unknown := set(card.call) - known:
            raise ValueError(f"{card.code}: the profile has no number {', '.join(sorted(unknown))}")
        if not codes.is_known("referral_service", card.service):
            raise ValueError(f"{card.code}: there is no service {card.service}")
    return read


def numbers(card: Protocol) -> list[Hotline]:
    """Return the numbers of a card with their day and source, in its order."""
    by_number = {line.number: line for line in profile().hotlines}
    return [by_number[number] for number in card.call]


def content_of(card: Protocol) -> dict[str, Any]:
    """Return the words of a card as plain values, with the numbers as they stood when it was shown."""
    return {
        "title": dict(card.title),
        "question": dict(card.question),
        "now": [dict(text) for text in card.now],
        "call": [
            {"number": line.number, "name": dict(line.name), "as_of": str(line.as_of), "source": line.source, "verify": line.verify}
            for line in numbers(card)
        ],
        "avoid": [dict(text) for text in card.avoid],
        "service": card.service,
        "source": card.source.model_dump(),
    }  # fmt: skip


def get(triage_id: UUID, *, by: Actor) -> Triage:
    """Return a triage; of a person with a file this leaves a read row in the trail."""
    check_may(by, RECORD_CONTACT)
    found = Triage.objects.select_related("person", "contact", "staff", "referral").get(pk=triage_id)
    audit.record(
        by=by, action="cases.triage.open", verb=AuditVerb.READ, person_key=found.person_id, subject_key=found.pk
    )
    return found


def shown(triage: Triage) -> list[ShownText]:
    """Return the cards of a triage in the very words that were shown."""
    by_print = words([fingerprint for _code, fingerprint in triage.cards])
    return [by_print[fingerprint] for _code, fingerprint in triage.cards]


def words(fingerprints: list[str]) -> Mapping[str, ShownText]:
    """Return kept words by fingerprint."""
    return {text.fingerprint: text for text in ShownText.objects.filter(fingerprint__in=fingerprints).order_by("code")}
