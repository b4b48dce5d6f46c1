"""Offer checks that were kept: one with its words, those of a person, those of a centre, and what figures count."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from safar.cases.enums.offers import OfferOutcome
from safar.cases.models import OfferCheck
from safar.cases.permissions import CHECK_OFFER, READ_CONTACT
from safar.cases.queries.offers import Reason
from safar.cases.queries.triage import Source, words
from safar.cases.rules.offers import Fee, OfferAnswers
from safar.kernel.actor import Actor, check_may
from safar.kernel.multilingual import Multilingual
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb

_SUMS = frozenset({"wage_promised"})
_DAYS = frozenset({"contract_on"})


@dataclass(frozen=True, slots=True)
class OfferCount:
    """Offers checked for one destination, and those in which something was seen; a unit of its own: checks."""

    destination: str
    checks: int
    with_signs: int


def plain(answers: OfferAnswers) -> dict[str, Any]:
    """Return answers as plain values that JSON holds, without what was left open."""
    told = asdict(answers) | {
        "payees": sorted(answers.payees),
        "fees": [{name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(fee).items()} for fee in answers.fees],
    }  # fmt: skip
    return {
        name: str(value) if isinstance(value, dt.date | Decimal) else value for name, value in told.items() if value
    }


def answers_of(kept: Mapping[str, Any]) -> OfferAnswers:
    """Return kept answers as they were given."""
    told: dict[str, Any] = dict(kept)
    for name in _SUMS & told.keys():
        told[name] = Decimal(told[name])
    for name in _DAYS & told.keys():
        told[name] = dt.date.fromisoformat(told[name])
    told["payees"] = frozenset(told.get("payees", ()))
    told["fees"] = tuple(
        Fee(**{**fee, "amount": Decimal(fee["amount"]) if fee["amount"] else None}) for fee in told.get("fees", ())
    )
    return OfferAnswers(**told)


def get(check_id: UUID, *, by: Actor) -> OfferCheck:
    """Return one check; of a person with a file this leaves a read row in the trail."""
    check_may(by, CHECK_OFFER)
    found = OfferCheck.objects.select_related("person", "contact", "centre", "staff", "agency").get(pk=check_id)
    if found.person_id:
        audit.record(
            by=by, action="cases.offer.open", verb=AuditVerb.READ, person_key=found.person_id, subject_key=found.pk
        )
    return found


def reasons_of(check: OfferCheck) -> list[Reason]:
    """Return the reasons in the very words the client was given, the loudest first."""
    kept = words([fingerprint for _code, _level, fingerprint in check.reasons])
    return [_reason(code, level, kept[fingerprint].content) for code, level, fingerprint in check.reasons]


def _reason(code: str, level: str, content: Mapping[str, Any]) -> Reason:
    text, do = Multilingual(content["text"]), Multilingual(content["do"])
    return Reason(code, level, text, do, Source.model_validate(content["source"]))


def of_person(person_id: UUID, *, by: Actor) -> list[OfferCheck]:
    """Return a person's checks, newest first, leaving a read row in the trail."""
    check_may(by, READ_CONTACT)
    audit.record(by=by, action="cases.offer.of_person", verb=AuditVerb.READ, person_key=person_id)
    return list(OfferCheck.objects.filter(person_id=person_id).select_related("agency"))


def recent(*, by: Actor) -> QuerySet[OfferCheck]:
    """Return the checks of the actor's centre, newest first, without names."""
    check_may(by, CHECK_OFFER)
    found = OfferCheck.objects.select_related("agency", "staff")
    return found.filter(centre_id=by.centre_id) if by.centre_id else found


def counted(first: dt.date, last: dt.date, *, centre_id: UUID | None = None) -> list[OfferCount]:
    """Return offers checked by destination between two days, both included; those of voided contacts do not count."""
    found = OfferCheck.objects.filter(checked_on__range=(first, last)).filter(
        Q(contact=None) | Q(contact__voided_at=None)
    )
    if centre_id:
        found = found.filter(centre_id=centre_id)
    signs = ~Q(outcome=OfferOutcome.NO_WARNING)
    rows = found.order_by("destination").values("destination")
    return [OfferCount(**row) for row in rows.annotate(checks=Count("id"), with_signs=Count("id", filter=signs))]
