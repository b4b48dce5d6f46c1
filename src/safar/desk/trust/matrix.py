"""Which role may do what, in words: the permissions of all domains against the roles."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from safar.kernel.actor import Permission
from safar.trust.permissions import ROLES, Role


@dataclass(frozen=True, slots=True)
class Row:
    """One permission and, role by role, whether it is held."""

    code: str
    description: str | Promise
    held: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The permissions of one domain."""

    name: str
    rows: tuple[Row, ...]


@cache
def _known() -> dict[str, Permission]:
    found: dict[str, Permission] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("safar.") and module_has_submodule(app.module, "permissions"):
            for permission in import_module(f"{app.name}.permissions").PERMISSIONS:
                found[permission.code] = permission
    return found


def groups() -> list[Group]:
    """Return the matrix domain by domain, in the order of the apps; a code nobody describes stands under its code."""
    named = {code for role in ROLES.values() for code in role.permissions}
    codes = [*_known(), *sorted(named - set(_known()))]
    domains: dict[str, list[Row]] = {}
    for code in codes:
        held = tuple(code in role.permissions for role in ROLES.values())
        description = _known()[code].description if code in _known() else code
        domains.setdefault(code.split(".")[0], []).append(Row(code, description, held))
    return [Group(name, tuple(rows)) for name, rows in domains.items()]


def allowed_by() -> list[tuple[Role, list[str | Promise]]]:
    """Return each role with what it allows, in words."""
    return [
        (role, [permission.description for code, permission in _known().items() if code in role.permissions])
        for role in ROLES.values()
    ]
