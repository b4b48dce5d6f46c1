"""What every test may ask for, and what no test may do."""

import os
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from safar.kernel.actor import Actor
from safar.trust.models import Centre, Staff
from safar.trust.queries.actors import actor_for
from tests.architecture.pages import pages_never_shown
from tests.factories import trust

# A machine shared with a browser is slow at moments; how long an example takes says nothing about the code.
hypothesis_settings.register_profile("safar", deadline=None)
hypothesis_settings.load_profile("safar")


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


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Start each test in the language its words are compared in, whatever the page of the test before was shown in."""
    translation.activate("en")


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


# Which pages the suite showed without an error; compared at the end of a whole run with all there are.
_SHOWN: set[str] = set()
_request = Client.request


def _remembering(client: Client, **request) -> HttpResponse:
    response = _request(client, **request)
    if response.status_code < HTTPStatus.BAD_REQUEST:
        with suppress(Resolver404):
            _SHOWN.add(response.resolver_match.view_name)
    return response


Client.request = _remembering


def pytest_testnodedown(node: Any, error: object) -> None:
    """Gather what each parallel worker showed."""
    _SHOWN.update(getattr(node, "workeroutput", {}).get("shown", []))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a whole run in which some page of a door was never shown."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["shown"] = sorted(_SHOWN)
        return
    if os.environ.get("SAFAR_WHOLE_SUITE") == "1":
        session.config.stash[_UNSHOWN] = unshown = pages_never_shown(_SHOWN)
        if unshown and session.exitstatus == 0:
            session.exitstatus = 1


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for name in terminalreporter.config.stash.get(_UNSHOWN, []):
        terminalreporter.write_line(f"No test shows the page {name}", red=True)


_UNSHOWN: pytest.StashKey[list[str]] = pytest.StashKey()
