from uuid import UUID

from django.db.models import Prefetch, QuerySet

from safar.trust.models import RoleAssignment, Staff
from safar.trust.permissions import ADMINISTRATOR


def all_staff() -> QuerySet[Staff]:
    """Return everybody with centre and open roles (`open_assignments`), those who may sign in first; two queries."""
    open_roles = RoleAssignment.objects.filter(ended_at=None).order_by("recorded_at")
    return (
        Staff.objects.select_related("centre")
        .prefetch_related(Prefetch("role_assignments", queryset=open_roles, to_attr="open_assignments"))
        .order_by("-is_active", "full_name", "id")
    )


def member(staff_id: UUID) -> Staff:
    return all_staff().get(pk=staff_id)


def roles_of(staff: Staff) -> list[str]:
    """Return the codes of the roles held now, in the order they were given."""
    held = RoleAssignment.objects.filter(staff=staff, ended_at=None).order_by("recorded_at")
    return list(held.values_list("role", flat=True))


def choices() -> list[tuple[str, str]]:
    """Return everybody who ever had access, for a filter."""
    return [(str(key), name) for key, name in Staff.objects.order_by("full_name", "id").values_list("id", "full_name")]


def other_administrators(staff: Staff) -> QuerySet[RoleAssignment]:
    """Return the open administrator roles of everybody else who may sign in."""
    return RoleAssignment.objects.filter(role=ADMINISTRATOR, ended_at=None, staff__is_active=True).exclude(staff=staff)
