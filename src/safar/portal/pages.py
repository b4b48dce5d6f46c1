"""How every public page is rendered: same frame, no session touched."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

UNPROCESSABLE = 422
TOO_MANY = 429


def show(
    request: HttpRequest, name: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render `portal/<name>.html`. `messages` is emptied, because looking whether there are any would read the session."""
    return render(request, f"portal/{name}.html", {"messages": (), "page_name": name, **(context or {})}, status=status)


def missing(request: HttpRequest) -> HttpResponse:
    return show(request, "missing", status=404)
