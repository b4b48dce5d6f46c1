import datetime as dt
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, check_may
from safar.kernel.multilingual import Multilingual
from safar.reference.queries import places
from safar.trust.actions import audit
from safar.trust.enums import CentreKind
from safar.trust.models import Centre
from safar.trust.permissions import MANAGE_CENTRES
from safar.trust.queries.profile import CentreSeed
from safar.trust.rules import CentreDetails, coordinates_are_plausible


@transaction.atomic
def add(*, details: CentreDetails, by: Actor) -> Centre:
    """Open a centre, an outreach point of a centre, or a mobile team."""
    check_may(by, MANAGE_CENTRES)
    _check(details)
    centre = Centre.objects.create(**_values(details))
    audit.record(by=by, action="trust.centre.add", subject_key=centre.pk, fields=["code", "kind", "name", "region"])
    return centre


def add_from_profile(*, seed: CentreSeed, parent_id: UUID | None = None, by: Actor) -> Centre:
    """Open a centre as the country profile describes it."""
    details = CentreDetails(
        code=seed.code,
        kind=seed.kind,
        name=seed.name,
        region=seed.region,
        district=seed.district,
        parent_id=parent_id,
        hours=seed.hours,
        latitude=seed.latitude,
        longitude=seed.longitude,
        opened_on=seed.opened_on,
    )
    return add(details=details, by=by)


@transaction.atomic
def change(*, centre: Centre, details: CentreDetails, by: Actor) -> Centre:
    """Correct what is said about a centre; its code stays, because records and exports carry it."""
    check_may(by, MANAGE_CENTRES)
    if details.code != centre.code:
        raise ValidationError({"code": _("The code cannot change: records and exports carry it.")})
    _check(details, of=centre)
    wanted = _values(details)
    changed = sorted(field for field, value in wanted.items() if getattr(centre, field) != value)
    if changed:
        for field in changed:
            setattr(centre, field, wanted[field])
        centre.save(update_fields=changed)
        audit.record(by=by, action="trust.centre.change", subject_key=centre.pk, fields=changed)
    return centre


@transaction.atomic
def close(*, centre: Centre, on: dt.date, by: Actor) -> Centre:
    """Close a centre from a day on; its records stay, and no new ones can name it."""
    check_may(by, MANAGE_CENTRES)
    if centre.opened_on and on < centre.opened_on:
        raise ValidationError({"on": _("A centre cannot close before it opened.")})
    open_points = centre.points.filter(closed_on=None)
    if open_points.exists():
        names = ", ".join(str(point) for point in open_points)
        raise ValidationError({"on": _("Close what belongs to it first: %(names)s.") % {"names": names}})
    centre.closed_on = on
    centre.save(update_fields=["closed_on"])
    audit.record(by=by, action="trust.centre.close", subject_key=centre.pk, fields=["closed_on"])
    return centre


def _values(details: CentreDetails) -> dict[str, Any]:
    values = asdict(details)
    for field in ("name", "address", "hours"):
        values[field] = Multilingual({language: text.strip() for language, text in values[field].items()})
    return values | {"code": details.code.strip(), "phone": details.phone.strip()}


def _check(details: CentreDetails, of: Centre | None = None) -> None:
    errors: dict[str, str] = {}
    if not details.code.strip():
        errors["code"] = _("Give a short code, such as TAS.")
    elif of is None and Centre.objects.filter(code=details.code).exists():
        errors["code"] = _("Another centre has this code.")
    if details.kind not in CentreKind.values:
        errors["kind"] = _("Unknown kind of centre.")
    if not any(text.strip() for text in details.name.values()):
        errors["name"] = _("Give the name in at least one language.")
    errors |= _place_errors(details)
    if not coordinates_are_plausible(details.latitude, details.longitude):
        errors["latitude"] = _("Give both coordinates, in degrees, or none.")
    errors |= _parent_errors(details, of)
    if errors:
        raise ValidationError(errors)


def _place_errors(details: CentreDetails) -> dict[str, str]:
    """Check that the centre stands in a region we know, and its district in that region."""
    try:
        region = places.place(details.region)
    except LookupError:
        return {"region": _("Choose a region.")}
    if details.district and details.district not in {district.code for district in places.districts(region.code)}:
        return {"district": _("This district is not in that region.")}
    return {}


def _parent_errors(details: CentreDetails, of: Centre | None) -> dict[str, str]:
    if details.parent_id is None:
        return (
            {}
            if details.kind != CentreKind.OUTREACH_POINT
            else {"parent_id": _("An outreach point belongs to a centre.")}
        )
    parent = Centre.objects.filter(pk=details.parent_id, kind=CentreKind.CENTRE).first()
    if parent is None or parent == of or details.kind == CentreKind.CENTRE:
        return {"parent_id": _("Only a point or a team belongs to a centre, and only to a centre.")}
    return {}
