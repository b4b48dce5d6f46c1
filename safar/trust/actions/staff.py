from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.trust.actions import audit
from safar.trust.models import Centre, RoleAssignment, Staff
from safar.trust.permissions import MANAGE_STAFF, ROLES


@transaction.atomic
def add(
    *,
    email: str,
    full_name: str,
    centre: Centre | None,
    roles: list[str],
    password: str | None = None,
    language: str = "en",
    by: Actor,
) -> Staff:
    """Add a member of staff; without a password they cannot sign in until one is set."""
    check_may(by, MANAGE_STAFF)
    if Staff.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": _("Somebody already signs in with this address.")})
    staff = Staff.objects.create_user(email, password, full_name=full_name, centre=centre, language=language)
    audit.record(by=by, action="trust.staff.add", subject_key=staff.pk, fields=["email", "full_name", "centre"])
    set_roles(staff=staff, roles=roles, by=by)
    return staff


@transaction.atomic
def set_roles(*, staff: Staff, roles: list[str], by: Actor) -> None:
    """Make the open roles exactly these; an ended role stays on record with its end."""
    check_may(by, MANAGE_STAFF)
    if unknown := set(roles) - set(ROLES):
        raise ValidationError({"roles": _("Unknown role: %(roles)s") % {"roles": ", ".join(sorted(unknown))}})
    held = dict(RoleAssignment.objects.filter(staff=staff, ended_at=None).values_list("role", "id"))
    RoleAssignment.objects.filter(id__in=[held[role] for role in held if role not in roles]).update(ended_at=now())
    RoleAssignment.objects.bulk_create(
        RoleAssignment(staff=staff, role=role, granted_by_id=by.id) for role in roles if role not in held
    )
    audit.record(by=by, action="trust.staff.set_roles", subject_key=staff.pk, fields=["roles"])
