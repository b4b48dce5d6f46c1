"""Who does something: every action takes one as `by=`."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


class ActorKind(StrEnum):
    STAFF = "staff"
    VISITOR = "visitor"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing a role may allow, named `<domain>.<subject>.<verb>`."""

    code: str
    description: str | Promise


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff, an unnamed visitor of the public pages, or the installation itself."""

    kind: ActorKind
    id: UUID | None = None
    name: str = ""
    permissions: frozenset[str] = field(default_factory=frozenset)
    centre_id: UUID | None = None

    @property
    def staff_id(self) -> UUID | None:
        """Return the member of staff to write beside what was done; visitors and the machine have none."""
        return self.id if self.kind is ActorKind.STAFF else None

    def may(self, permission: Permission) -> bool:
        return self.kind is ActorKind.MACHINE or permission.code in self.permissions


VISITOR = Actor(ActorKind.VISITOR)
MACHINE = Actor(ActorKind.MACHINE)


def check_may(by: Actor, permission: Permission) -> None:
    """Raise PermissionDenied unless the actor holds the permission."""
    if not by.may(permission):
        raise PermissionDenied(permission.code)
