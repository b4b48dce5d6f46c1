from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.trust.actions import audit
from safar.trust.enums import Theme
from safar.trust.models import Centre, RoleAssignment, Staff
from safar.trust.permissions import ADMINISTRATOR, MANAGE_STAFF, ROLES
from safar.trust.queries.staff import other_administrators


@transaction.atomic
def add(
    *,
    email: str,
    full_name: str,
    centre: Centre | None,
    roles: list[str],
    password: str | None = None,
    language: str = "en",
    form_key: str = "",
    by: Actor,
) -> Staff:
    """Add a member of staff; without a password they cannot sign in until one is set."""
    check_may(by, MANAGE_STAFF)
    _check_identity(email=email, full_name=full_name, language=language)
    staff = Staff.objects.create_user(
        email.strip(), password, full_name=full_name.strip(), centre=centre, language=language
    )
    audit.record(by=by, action="trust.staff.add", subject_key=staff.pk, fields=["email", "full_name", "centre"])
    set_roles(staff=staff, roles=roles, by=by)
    once.use(form_key, staff.pk)
    return staff


@transaction.atomic
def change(*, staff: Staff, email: str, full_name: str, centre: Centre | None, by: Actor) -> Staff:
    """Correct what is said about a member of staff; a new address is also the new name they sign in with."""
    check_may(by, MANAGE_STAFF)
    _check_identity(email=email, full_name=full_name, language=staff.language, of=staff)
    wanted = {"email": email.strip().lower(), "full_name": full_name.strip(), "centre": centre}
    changed = [field for field, value in wanted.items() if getattr(staff, field) != value]
    if changed:
        for field in changed:
            setattr(staff, field, wanted[field])
        staff.save(update_fields=changed)
        audit.record(by=by, action="trust.staff.change", subject_key=staff.pk, fields=changed)
    return staff


@transaction.atomic
def set_roles(*, staff: Staff, roles: Collection[str], by: Actor) -> None:
    """Make the open roles exactly these; an ended role stays on record with its end."""
    check_may(by, MANAGE_STAFF)
    if unknown := set(roles) - set(ROLES):
        raise ValidationError({"roles": _("Unknown role: %(roles)s") % {"roles": ", ".join(sorted(unknown))}})
    held = dict(RoleAssignment.objects.filter(staff=staff, ended_at=None).values_list("role", "id"))
    if set(held) == set(roles):
        return
    if by.id == staff.pk:
        # Who hands out roles could otherwise open people's files by giving themselves one more.
        raise ValidationError({"roles": _("You cannot change your own roles. Ask another administrator.")})
    if ADMINISTRATOR in held and ADMINISTRATOR not in roles:
        _check_an_administrator_remains(staff, "roles")
    RoleAssignment.objects.filter(id__in=[held[role] for role in held if role not in roles]).update(ended_at=now())
    RoleAssignment.objects.bulk_create(
        RoleAssignment(staff=staff, role=role, granted_by_id=by.id) for role in dict.fromkeys(roles) if role not in held
    )
    audit.record(by=by, action="trust.staff.set_roles", subject_key=staff.pk, fields=["roles"])


@transaction.atomic
def deactivate(*, staff: Staff, by: Actor) -> None:
    """Close somebody's access; everything they recorded keeps their name. An open session ends with its next page."""
    check_may(by, MANAGE_STAFF)
    if by.id == staff.pk:
        raise ValidationError(_("You cannot close your own access. Ask another administrator."))
    if staff.is_active:
        _check_an_administrator_remains(staff, None)
        staff.is_active = False
        staff.save(update_fields=["is_active"])
        audit.record(by=by, action="trust.staff.deactivate", subject_key=staff.pk, fields=["is_active"])


@transaction.atomic
def reactivate(*, staff: Staff, by: Actor) -> None:
    """Reopen somebody's access with the roles they held."""
    check_may(by, MANAGE_STAFF)
    if not staff.is_active:
        staff.is_active = True
        staff.save(update_fields=["is_active"])
        audit.record(by=by, action="trust.staff.reactivate", subject_key=staff.pk, fields=["is_active"])


@transaction.atomic
def allow_new_password(*, staff: Staff, by: Actor) -> None:
    """Put on record that a one-time link to choose a password is made; the door makes the link itself."""
    check_may(by, MANAGE_STAFF)
    if not staff.is_active:
        raise ValidationError(_("Reopen this person's access first."))
    audit.record(by=by, action="trust.staff.password_link", subject_key=staff.pk, fields=["password"])


@transaction.atomic
def set_preferences(*, staff: Staff, language: str, theme: str, by: Actor) -> Staff:
    """Change the language and appearance of the desk for oneself; nobody chooses them for somebody else."""
    if by.id != staff.pk:
        raise PermissionDenied
    _check_language(language)
    if theme not in Theme.values:
        raise ValidationError({"theme": _("Unknown appearance.")})
    changed = [field for field, value in (("language", language), ("theme", theme)) if getattr(staff, field) != value]
    if changed:
        staff.language, staff.theme = language, theme
        staff.save(update_fields=changed)
        audit.record(by=by, action="trust.staff.preferences", subject_key=staff.pk, fields=changed)
    return staff


def _check_identity(*, email: str, full_name: str, language: str, of: Staff | None = None) -> None:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise ValidationError({"email": _("This is not an e-mail address.")}) from error
    taken = Staff.objects.filter(email__iexact=email.strip())
    if (taken.exclude(pk=of.pk) if of else taken).exists():
        raise ValidationError({"email": _("Somebody already signs in with this address.")})
    if not full_name.strip():
        raise ValidationError({"full_name": _("Write the name colleagues know this person by.")})
    _check_language(language)


def _check_language(language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("The desk does not speak this language.")})


def _check_an_administrator_remains(staff: Staff, field: str | None) -> None:
    """Locks the others' rows, so that two administrators removing each other at once cannot both succeed."""
    if not list(other_administrators(staff).select_for_update()):
        message = _("This is the last administrator. Make somebody else administrator first.")
        raise ValidationError({field: message} if field else message)
