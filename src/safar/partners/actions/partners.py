import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.kernel.multilingual import Multilingual
from safar.partners.enums import TRANSITIONS, AgreementKind, PartnerKind, PartnerState
from safar.partners.models import Agreement, Partner, PartnerTopic, Touchpoint
from safar.partners.permissions import MANAGE_PARTNER
from safar.partners.rules import AgreementDetails, PartnerDetails
from safar.reference.queries import codes
from safar.trust.actions import audit

_PLAIN_FIELDS = (
    "kind",
    "type",
    "region",
    "district",
    "focal_name",
    "focal_role",
    "focal_phone",
    "focal_email",
    "website",
    "note",
)


@transaction.atomic
def add(*, details: PartnerDetails, form_key: str | None = None, by: Actor) -> Partner:
    """Add a partner as identified; the same form sent twice adds one."""
    check_may(by, MANAGE_PARTNER)
    if earlier := once.result_of(form_key):
        return Partner.objects.get(pk=earlier)
    _check(details)
    partner = Partner()
    _fill(partner, details)
    partner.save()
    _set_topics(partner, details.topics)
    once.use(form_key, partner.pk)
    audit.record(by=by, action="partners.partners.add", subject_key=partner.pk, fields=["name", *_PLAIN_FIELDS])
    return partner


@transaction.atomic
def change(*, partner_id: UUID, details: PartnerDetails, by: Actor) -> Partner:
    """Replace what is recorded of the partner; state, agreements and touchpoints stay."""
    check_may(by, MANAGE_PARTNER)
    _check(details)
    partner = get_object_or_404(Partner.objects.select_for_update(), pk=partner_id)
    changed = [field for field in _PLAIN_FIELDS if getattr(partner, field) != getattr(details, field)]
    changed += [] if dict(partner.name) == dict(details.name) else ["name"]
    _fill(partner, details)
    partner.save()
    _set_topics(partner, details.topics)
    audit.record(by=by, action="partners.partners.change", subject_key=partner.pk, fields=changed)
    return partner


@transaction.atomic
def move(*, partner_id: UUID, to: PartnerState, by: Actor) -> Partner:
    """Move the partnership to another state, along the transitions of `enums.TRANSITIONS`."""
    check_may(by, MANAGE_PARTNER)
    partner = get_object_or_404(Partner.objects.select_for_update(), pk=partner_id)
    state = PartnerState(partner.state)
    if to not in TRANSITIONS[state]:
        raise ValidationError(
            {"state": _("A partner cannot go from “%(old)s” to “%(new)s”.") % {"old": state.label, "new": to.label}}
        )
    _set_state(partner, to)
    audit.record(by=by, action="partners.partners.move", subject_key=partner.pk, fields=["state"])
    return partner


@transaction.atomic
def sign(*, partner_id: UUID, details: AgreementDetails, form_key: str | None = None, by: Actor) -> Agreement:
    """Record a signed agreement; a partner that was only identified, contacted or dormant counts as agreed from then on."""
    check_may(by, MANAGE_PARTNER)
    if earlier := once.result_of(form_key):
        return Agreement.objects.get(pk=earlier)
    _check_agreement(details)
    partner = get_object_or_404(Partner.objects.select_for_update(), pk=partner_id)
    agreement = Agreement.objects.create(
        partner=partner,
        kind=details.kind,
        signed_on=details.signed_on,
        expires_on=details.expires_on,
        note=details.note,
    )
    if PartnerState.AGREED in TRANSITIONS[PartnerState(partner.state)]:
        _set_state(partner, PartnerState.AGREED)
    once.use(form_key, agreement.pk)
    audit.record(by=by, action="partners.partners.sign", subject_key=partner.pk, fields=["agreement"])
    return agreement


@transaction.atomic
def touch(*, partner_id: UUID, on: dt.date, what: str, form_key: str | None = None, by: Actor) -> Touchpoint:
    """Record a conversation; the first one makes an identified partner a contacted one."""
    check_may(by, MANAGE_PARTNER)
    if earlier := once.result_of(form_key):
        return Touchpoint.objects.get(pk=earlier)
    errors = {}
    if not what.strip():
        errors["what"] = _("Write what was talked about.")
    if on > today():
        errors["on"] = _("This day is still to come.")
    if errors:
        raise ValidationError(errors)
    partner = get_object_or_404(Partner.objects.select_for_update(), pk=partner_id)
    touchpoint = Touchpoint.objects.create(partner=partner, on=on, what=what.strip(), staff_id=by.id)
    if partner.state == PartnerState.IDENTIFIED:
        _set_state(partner, PartnerState.CONTACTED)
    once.use(form_key, touchpoint.pk)
    audit.record(by=by, action="partners.partners.touch", subject_key=partner.pk, fields=["touchpoint"])
    return touchpoint


def _set_state(partner: Partner, state: PartnerState) -> None:
    partner.state = state
    partner.save(update_fields=["state"])


def _fill(partner: Partner, details: PartnerDetails) -> None:
    for field in _PLAIN_FIELDS:
        setattr(partner, field, getattr(details, field))
    names = {language: text.strip() for language, text in details.name.items() if text.strip()}
    partner.name = Multilingual(names)
    partner.search_text = " ".join(names.values()).casefold()


def _set_topics(partner: Partner, topics: Iterable[str]) -> None:
    PartnerTopic.objects.filter(partner=partner).exclude(topic__in=list(topics)).delete()
    held = set(PartnerTopic.objects.filter(partner=partner).values_list("topic", flat=True))
    PartnerTopic.objects.bulk_create(
        PartnerTopic(partner=partner, topic=topic) for topic in dict.fromkeys(topics) if topic not in held
    )


def _check(details: PartnerDetails) -> None:
    errors: dict[str, str] = {}
    if not any(text.strip() for text in details.name.values()):
        errors["name"] = _("Give the name in one language at least.")
    if details.kind not in PartnerKind.values:
        errors["kind"] = _("Choose institution or person.")
    if not codes.is_known("partner_type", details.type):
        errors["type"] = _("Choose a type from the list.")
    if unknown := [topic for topic in details.topics if not codes.is_known("topic", topic)]:
        errors["topics"] = _("Not a topic of the list: %(topics)s") % {"topics": ", ".join(unknown)}
    if not (details.region or not details.district):
        errors["district"] = _("A district needs its region.")
    errors |= _format_errors(details)
    if errors:
        raise ValidationError(errors)


def _format_errors(details: PartnerDetails) -> dict[str, str]:
    errors = {}
    for field, value, check, message in (
        ("focal_email", details.focal_email, validate_email, _("This is not an e-mail address.")),
        (
            "website",
            details.website,
            URLValidator(["http", "https"]),
            _("Write the web address with https:// in front."),
        ),
    ):
        try:
            if value:
                check(value)
        except ValidationError:
            errors[field] = message
    return errors


def _check_agreement(details: AgreementDetails) -> None:
    errors = {}
    if details.kind not in AgreementKind.values:
        errors["kind"] = _("Choose what was signed.")
    if details.signed_on > today():
        errors["signed_on"] = _("This day is still to come.")
    if details.expires_on and details.expires_on < details.signed_on:
        errors["expires_on"] = _("The agreement cannot end before it was signed.")
    if errors:
        raise ValidationError(errors)
