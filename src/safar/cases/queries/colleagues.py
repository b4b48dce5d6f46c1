"""Who at the node works with contacts and case files: those a piece of work may be given to, and nobody else."""

from uuid import UUID

from safar.cases.permissions import MANAGE_CASE, RECORD_CONTACT
from safar.kernel.actor import Permission
from safar.trust.models import RoleAssignment, Staff
from safar.trust.permissions import ROLES


def case_workers() -> list[Staff]:
    """Return everybody who may sign in and manage case files, by name."""
    return _who_may(MANAGE_CASE)


def contact_workers(centre_id: UUID | None = None) -> list[Staff]:
    """Return everybody who may sign in and record contacts, of one centre or of all, by name."""
    found = _who_may(RECORD_CONTACT)
    return [member for member in found if centre_id is None or member.centre_id == centre_id]


def choices(members: list[Staff], *, without: UUID | None = None) -> list[tuple[str, str]]:
    """Return members of staff for a form, the one who asks left out."""
    return [(str(member.pk), member.full_name) for member in members if member.pk != without]


def _who_may(permission: Permission) -> list[Staff]:
    roles = [code for code, role in ROLES.items() if permission.code in role.permissions]
    holding = RoleAssignment.objects.filter(role__in=roles, ended_at=None).values("staff")
    return list(Staff.objects.filter(pk__in=holding, is_active=True).order_by("full_name", "id"))
