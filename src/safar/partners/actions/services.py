"""Writing the service directory: what a partner offers, and that somebody made sure it is still so."""

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.partners.enums import Capacity, Cost, ServiceStatus
from safar.partners.models import Partner, Service
from safar.partners.permissions import CHECK_SERVICE, MANAGE_PARTNER
from safar.partners.rules import ServiceDetails
from safar.reference.queries import codes
from safar.trust.actions import audit

_PLAIN_FIELDS = (
    *("service_type", "description", "region", "district", "address", "schedule", "cost", "fees_description"),
    *("capacity", "capacity_available", "wait_days", "eligibility_description", "application_process"),
    *("phone", "email", "url", "status"),
)


@transaction.atomic
def add(
    *,
    partner_id: UUID,
    details: ServiceDetails,
    checked_on: dt.date | None = None,
    form_key: str | None = None,
    by: Actor,
) -> Service:
    """Enter a service of a partner, checked today or on the day it was asked; the same form sent twice enters one."""
    check_may(by, MANAGE_PARTNER)
    if earlier := once.result_of(form_key):
        return Service.objects.get(pk=earlier)
    _check(details)
    service = Service(partner=get_object_or_404(Partner, pk=partner_id))
    _fill(service, details)
    _assure(service, by, checked_on)
    service.save(force_insert=True)
    once.use(form_key, service.pk)
    audit.record(by=by, action="partners.services.add", subject_key=service.pk, fields=_PLAIN_FIELDS)
    return service


@transaction.atomic
def change(*, service_id: UUID, details: ServiceDetails, by: Actor) -> Service:
    """Replace what the directory says of a service; whoever changes it has checked it."""
    check_may(by, MANAGE_PARTNER)
    _check(details)
    service = get_object_or_404(Service.objects.select_for_update(of=("self",)), pk=service_id)
    changed = [field for field in _PLAIN_FIELDS if getattr(service, field) != getattr(details, field)]
    changed += [] if service.languages == list(details.languages) else ["languages"]
    _fill(service, details)
    _assure(service, by)
    service.save()
    audit.record(by=by, action="partners.services.change", subject_key=service.pk, fields=changed)
    return service


@transaction.atomic
def confirm(*, service_id: UUID, capacity: str = "", by: Actor) -> Service:
    """Note that the entry is still true today, and with it how things stand with places when that was asked too."""
    check_may(by, CHECK_SERVICE)
    service = get_object_or_404(Service.objects.select_for_update(of=("self",)), pk=service_id)
    fields = ["assured_on", "assured_by"]
    if capacity:
        if capacity not in Capacity.values:
            raise ValidationError({"capacity": _("Choose one of the values offered.")})
        # The number of places was that of the earlier check; nobody gave a new one.
        service.capacity, service.capacity_available = capacity, None
        fields += ["capacity", "capacity_available"]
    _assure(service, by)
    service.save(update_fields=fields)
    audit.record(by=by, action="partners.services.confirm", subject_key=service.pk, fields=fields)
    return service


def _assure(service: Service, by: Actor, on: dt.date | None = None) -> None:
    if on and on > today():
        raise ValidationError({"assured_on": _("This day is still to come.")})
    service.assured_on = on or today()
    service.assured_by_id = by.staff_id


def _fill(service: Service, details: ServiceDetails) -> None:
    for field in _PLAIN_FIELDS:
        value = getattr(details, field)
        setattr(service, field, value.strip() if isinstance(value, str) else value)
    service.languages = list(details.languages)


def _check(details: ServiceDetails) -> None:
    errors: dict[str, str] = {}
    unknown = _("Choose one of the values offered.")
    if not codes.is_known("referral_service", details.service_type):
        errors["service_type"] = unknown
    closed = {"cost": Cost.values, "capacity": Capacity.values, "status": ServiceStatus.values}
    errors |= {field: unknown for field, values in closed.items() if getattr(details, field) not in values}
    if not all(codes.is_known("language", language) for language in details.languages):
        errors["languages"] = unknown
    if details.district and not details.region:
        errors["district"] = _("A district needs its region.")
    if not (details.phone.strip() or details.email.strip() or details.application_process.strip()):
        errors["application_process"] = _(
            "Say how a person gets there: a phone, an address to write to, or the way in words."
        )
    errors |= _address_errors(details)
    if errors:
        raise ValidationError(errors)


def _address_errors(details: ServiceDetails) -> dict[str, str]:
    errors = {}
    checks = (
        ("email", details.email, validate_email, _("This is not an e-mail address.")),
        ("url", details.url, URLValidator(["http", "https"]), _("Write the web address with https:// in front.")),
    )
    for field, value, check, message in checks:
        try:
            if value.strip():
                check(value.strip())
        except ValidationError:
            errors[field] = message
    return errors
