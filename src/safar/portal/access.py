"""Public pages opt out of sign-in by name, one by one."""

from collections.abc import Callable
from typing import ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse

P = ParamSpec("P")


def public(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Open the view to everybody, and say so where tests/architecture can read it."""
    opened = login_not_required(view)
    opened.access = "public"  # type: ignore[attr-defined]
    return opened
