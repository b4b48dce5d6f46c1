from importlib import import_module
from importlib.util import find_spec

import pytest

from safar.kernel.actor import Permission
from safar.trust import permissions
from safar.trust.permissions import ROLES, permissions_of


def _defined_in(domain: str) -> set[str] | None:
    """Return the codes a domain defines, or None while it has none at all."""
    if not find_spec(f"safar.{domain}.permissions"):
        return None
    return {permission.code for permission in import_module(f"safar.{domain}.permissions").PERMISSIONS}


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_a_role_names_only_permissions_that_exist(role: permissions.Role) -> None:
    defined = {code.split(".")[0]: _defined_in(code.split(".")[0]) for code in role.permissions}
    assert [
        code
        for code in sorted(role.permissions)
        if (known := defined[code.split(".")[0]]) is not None and code not in known
    ] == []


def test_every_permission_of_a_domain_is_held_by_some_role() -> None:
    """One that nobody holds is a page nobody can open."""
    domains = {code.split(".")[0] for role in ROLES.values() for code in role.permissions}
    defined = set().union(*(_defined_in(domain) or set() for domain in domains))
    assert sorted(defined - permissions_of(list(ROLES))) == []


def test_the_permissions_of_a_module_are_the_constants_in_it() -> None:
    constants = {value for value in vars(permissions).values() if isinstance(value, Permission)}
    assert set(permissions.PERMISSIONS) == constants


SEES_PEOPLE = (
    "people.person.",
    "people.consent.",
    "people.register.",
    "cases.",
    "insights.report.rows",
    "messaging.inbox.",
)


@pytest.mark.parametrize("role", [role for role in ROLES.values() if not role.sees_people], ids=lambda role: role.code)
def test_a_role_that_never_sees_a_person_holds_nothing_that_shows_one(role: permissions.Role) -> None:
    assert [code for code in role.permissions if code.startswith(SEES_PEOPLE)] == []


@pytest.mark.parametrize("role", [role for role in ROLES.values() if role.sees_people], ids=lambda role: role.code)
def test_a_role_said_to_see_people_does(role: permissions.Role) -> None:
    assert "people.person.read" in role.permissions


def test_roles_add_up_and_an_unknown_one_allows_nothing() -> None:
    together = permissions_of(["counsellor", "administrator", "king"])
    assert together == ROLES["counsellor"].permissions | ROLES["administrator"].permissions
    assert permissions_of(["king"]) == permissions_of([]) == frozenset()


def test_everybody_with_a_role_may_sign_in() -> None:
    assert [role.code for role in ROLES.values() if permissions.USE_DESK.code not in role.permissions] == []


def test_only_the_administrator_gives_out_roles() -> None:
    assert [role.code for role in ROLES.values() if permissions.MANAGE_STAFF.code in role.permissions] == [
        "administrator"
    ]
