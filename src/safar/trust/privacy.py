"""How private the fields of trust are, and what the trail can tell a person about themselves."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from safar.kernel.privacy import Part, Privacy, register_part
from safar.trust.models import AuditEntry

FIELDS: dict[str, Privacy] = {
    "Centre.id": Privacy.PUBLIC,
    "Centre.recorded_at": Privacy.INTERNAL,
    "Centre.code": Privacy.PUBLIC,
    "Centre.kind": Privacy.PUBLIC,
    "Centre.name": Privacy.PUBLIC,
    "Centre.parent": Privacy.PUBLIC,
    "Centre.region": Privacy.PUBLIC,
    "Centre.district": Privacy.PUBLIC,
    "Centre.address": Privacy.PUBLIC,
    "Centre.hours": Privacy.PUBLIC,
    "Centre.phone": Privacy.PUBLIC,
    "Centre.latitude": Privacy.PUBLIC,
    "Centre.longitude": Privacy.PUBLIC,
    "Centre.opened_on": Privacy.PUBLIC,
    "Centre.closed_on": Privacy.PUBLIC,
    "Staff.id": Privacy.INTERNAL,
    "Staff.recorded_at": Privacy.INTERNAL,
    "Staff.email": Privacy.PERSONAL,
    "Staff.full_name": Privacy.PERSONAL,
    "Staff.password": Privacy.SEALED,
    "Staff.last_login": Privacy.PERSONAL,
    "Staff.centre": Privacy.INTERNAL,
    "Staff.language": Privacy.INTERNAL,
    "Staff.theme": Privacy.INTERNAL,
    "Staff.is_active": Privacy.INTERNAL,
    "RoleAssignment.id": Privacy.INTERNAL,
    "RoleAssignment.recorded_at": Privacy.INTERNAL,
    "RoleAssignment.staff": Privacy.INTERNAL,
    "RoleAssignment.role": Privacy.INTERNAL,
    "RoleAssignment.granted_by": Privacy.INTERNAL,
    "RoleAssignment.ended_at": Privacy.INTERNAL,
    "AuditEntry.id": Privacy.INTERNAL,
    "AuditEntry.recorded_at": Privacy.INTERNAL,
    "AuditEntry.verb": Privacy.INTERNAL,
    "AuditEntry.action": Privacy.INTERNAL,
    "AuditEntry.actor_kind": Privacy.INTERNAL,
    "AuditEntry.staff": Privacy.PERSONAL,
    "AuditEntry.person_key": Privacy.PERSONAL,
    "AuditEntry.subject_key": Privacy.PERSONAL,
    "AuditEntry.fields": Privacy.INTERNAL,
    "AuditEntry.reason": Privacy.PERSONAL,
}


def _export(person_key: UUID) -> Mapping[str, Any]:
    """Tell when the person's file was opened or changed and how; which colleague did it is the centre's to answer."""
    entries = AuditEntry.objects.filter(person_key=person_key).order_by("recorded_at", "id")
    return {
        "accesses": [
            {"at": entry.recorded_at, "verb": entry.verb, "action": entry.action, "fields": entry.fields}
            for entry in entries
        ]
    }


def _erase(person_key: UUID) -> None:
    """Leave the trail whole: it holds a key that leads nowhere once the person is erased, and never a value."""


TRAIL = Part(name="trust", export=_export, erase=_erase)
register_part(TRAIL)
