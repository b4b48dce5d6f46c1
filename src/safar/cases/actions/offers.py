"""Keeping an offer check with the contact it was made in."""

from uuid import UUID

from django.db import transaction

from safar.cases.actions import shown_texts
from safar.cases.enums.offers import TextKind
from safar.cases.models import Contact, OfferCheck
from safar.cases.permissions import CHECK_OFFER
from safar.cases.queries import offer_checks, offers
from safar.cases.queries.offers import Reason
from safar.cases.rules.offers import OfferAnswers
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.trust.actions import audit
from safar.trust.models import Centre


@transaction.atomic
def record(
    *,
    answers: OfferAnswers,
    centre: Centre,
    person_id: UUID | None = None,
    contact_id: UUID | None = None,
    agency_id: UUID | None = None,
    form_key: str = "",
    by: Actor,
) -> OfferCheck:
    """Check an offer and keep what was answered, what the register said and the reasons in the very words."""
    check_may(by, CHECK_OFFER)
    if earlier := once.result_of(form_key):
        return OfferCheck.objects.get(pk=earlier)
    if contact_id:
        person_id = Contact.objects.values_list("person_id", flat=True).get(pk=contact_id)
    found = offers.check(answers, agency_id=agency_id)
    check = OfferCheck.objects.create(
        person_id=person_id,
        contact_id=contact_id,
        centre=centre,
        staff_id=by.staff_id,
        checked_on=today(),
        destination=answers.destination,
        agency=found.agency,
        standing=found.standing.state.value if found.standing else "",
        register_as_of=found.standing.as_of if found.standing else None,
        outcome=found.outcome,
        rules_version=found.rules_version,
        reasons=[[reason.code, reason.level, _kept(reason, found.rules_version)] for reason in found.reasons],
        answers=offer_checks.plain(answers),
    )
    once.use(form_key, check.pk)
    audit.record(by=by, action="cases.offer.check", person_key=person_id, subject_key=check.pk, fields=["outcome"])
    return check


def _kept(reason: Reason, version: str) -> str:
    content = {"text": dict(reason.text), "do": dict(reason.do), "source": reason.source.model_dump()}
    return shown_texts.keep(kind=TextKind.RULE, code=reason.code, version=version, content=content)
