"""What every test may ask for, and what no test may do."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db.models import QuerySet
from django.test import Client

from safar.kernel.actor import Actor
from safar.trust.models import Centre, Staff
from safar.trust.queries.actors import actor_for
from tests.factories import trust


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest) -> None:
    """Only journeys in the browser may open a socket, and only to this machine."""
    from pytest_socket import disable_socket, enable_socket

    if "browser" in request.keywords or "live_server" in request.fixturenames:
        enable_socket()
    else:
        disable_socket(allow_unix_socket=True)


_fetch_all = QuerySet._fetch_all


def _reversed_when_unordered(queryset: QuerySet) -> None:
    """Give rows of an unordered query in an order no database promised, so that a test cannot rely on luck."""
    fresh = queryset._result_cache is None
    _fetch_all(queryset)
    if fresh and not queryset.ordered and not queryset.query.is_sliced:
        queryset._result_cache.reverse()


QuerySet._fetch_all = _reversed_when_unordered


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def home_centre(db: None) -> Centre:
    return trust.centre("TAS")


@pytest.fixture
def staff_member(home_centre: Centre) -> Callable[..., Staff]:
    """Give a member of staff of the home centre: `staff_member("counsellor")`."""

    def make(*roles: str, **fields) -> Staff:
        return trust.staff(*roles, at=home_centre, **fields)

    return make


@pytest.fixture
def actor(staff_member: Callable[..., Staff]) -> Callable[..., Actor]:
    """Give the same as an actor, for actions and queries."""

    def make(*roles: str) -> Actor:
        return actor_for(staff_member(*roles))

    return make


@pytest.fixture
def client_of(staff_member: Callable[..., Staff]) -> Callable[..., Client]:
    """Give a browser-like client signed in with these roles; `client.staff` is who it is."""

    def make(*roles: str, **fields) -> Client:
        member = staff_member(*roles, **fields)
        client = Client()
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.staff = member
        return client

    return make
