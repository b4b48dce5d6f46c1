import pytest
from django.core.exceptions import PermissionDenied

from safar.kernel.actor import MACHINE, VISITOR, Actor, ActorKind, Permission, check_may

OPEN = Permission("door.open", "Open the door")
CLOSE = Permission("door.close", "Close the door")


def test_a_member_of_staff_may_what_their_roles_allow_and_nothing_else() -> None:
    porter = Actor(ActorKind.STAFF, permissions=frozenset({"door.open"}))
    check_may(porter, OPEN)
    with pytest.raises(PermissionDenied):
        check_may(porter, CLOSE)


def test_a_visitor_may_nothing() -> None:
    assert not VISITOR.may(OPEN)


def test_the_installation_itself_may_everything() -> None:
    assert MACHINE.may(CLOSE)
