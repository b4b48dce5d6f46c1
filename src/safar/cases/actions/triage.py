"""The three questions, and the restricted hand-over of what they bring up. Nothing here is sent to anybody."""

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.actions import referrals, shown_texts
from safar.cases.enums.offers import TextKind
from safar.cases.enums.triage import TriageCard
from safar.cases.models import Contact, Referral, Triage
from safar.cases.permissions import RECORD_CONTACT
from safar.cases.queries.triage import content_of, protocols
from safar.cases.rules.referrals import ReferralDetails
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.trust.actions import audit, sealed
from safar.trust.models import Centre


@transaction.atomic
def ask(
    *,
    yes: Collection[str],
    centre: Centre,
    person_id: UUID | None = None,
    contact_id: UUID | None = None,
    form_key: str = "",
    by: Actor,
) -> Triage:
    """Record that the three questions were asked and which cards were shown for a yes, in the very words."""
    check_may(by, RECORD_CONTACT)
    if earlier := once.result_of(form_key):
        return Triage.objects.get(pk=earlier)
    if not set(yes) <= set(TriageCard.values):
        raise ValidationError({"yes": _("Choose one of the values offered.")})
    if contact_id:
        person_id = Contact.objects.values_list("person_id", flat=True).get(pk=contact_id)
    listed = protocols()
    cards = [
        [
            card.code,
            shown_texts.keep(kind=TextKind.PROTOCOL, code=card.code, version=listed.version, content=content_of(card)),
        ]
        for card in listed.cards
        if card.code in yes
    ]
    triage = Triage.objects.create(
        person_id=person_id,
        contact_id=contact_id,
        centre=centre,
        staff_id=by.staff_id,
        cards=cards,
    )
    once.use(form_key, triage.pk)
    # The trail says that cards were shown and not which: it is read by more people than the sealed part.
    audit.record(by=by, action="cases.triage.ask", person_key=person_id, subject_key=triage.pk, fields=["cards"])
    return triage


@transaction.atomic
def hand_over(
    *, triage_id: UUID, kind: str, text: str, details: ReferralDetails, form_key: str = "", by: Actor
) -> Referral:
    """Seal what was told and draft a referral without any of it; whoever has no file gets the draft alone.

    Nothing leaves: a person decides about sending the draft, after the client agreed to its recipient.
    """
    check_may(by, RECORD_CONTACT)
    triage = Triage.objects.select_for_update(of=("self",)).select_related("centre", "referral").get(pk=triage_id)
    if triage.referral:
        return triage.referral
    if details.text:
        raise ValidationError({"text": _("What was told belongs into the sealed note, not into the referral.")})
    if text.strip() and triage.person_id is None:
        raise ValidationError({"text": _("A note is sealed to a file, and this client has none. Leave it empty.")})
    if text.strip() and triage.person_id:
        sealed.write(person_key=triage.person_id, kind=kind, text=text, about_key=triage.contact_id, by=by)
    triage.referral = referrals.draft(
        details=details,
        centre=triage.centre,
        person_id=triage.person_id,
        contact_id=triage.contact_id,
        form_key=form_key,
        by=by,
    )
    triage.save(update_fields=["referral"])
    audit.record(
        by=by, action="cases.triage.hand_over", person_key=triage.person_id, subject_key=triage.pk, fields=["referral"]
    )
    return triage.referral
