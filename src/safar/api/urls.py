from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path

from safar.api import feeds
from safar.api.v1 import api

app_name = "api"


def _public(
    routes: tuple[list[URLPattern | URLResolver], str, str],
) -> tuple[list[URLPattern | URLResolver], str, str]:
    """Open the routes the library makes to everybody, and say so where tests/architecture can read it."""
    for route in routes[0]:
        # The library makes plain patterns only; should it ever nest, this fails at start and not silently.
        view: Any = login_not_required(cast("URLPattern", route).callback)
        view.access = "public"
    return routes


urlpatterns = [
    path("v1/", _public(api.urls)),
    path("calendar/sessions.ics", feeds.sessions_calendar, name="sessions_calendar"),
    path("calendar/<str:secret>.ics", feeds.own_calendar, name="calendar"),
]
