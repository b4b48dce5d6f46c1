"""Pages for what went wrong: each says what happened, that nothing was lost where that is so, and what to do next."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

_LAST_RESORT = (
    '<!DOCTYPE html><html lang="en"><title>Safar</title>'
    "<h1>Something went wrong on our side</h1><p>It is not your fault. Please try again in a minute.</p></html>"
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/400.html", status=400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault. Without the request: what context processors read may be the very thing that broke."""
    known = {"at_desk": request.path.startswith("/desk/"), "is_demo": settings.SAFAR_IS_DEMO}
    try:
        text: str = render_to_string("ui/errors/500.html", known)
    except Exception:  # noqa: BLE001  (whatever it is, the reader must get an answer)
        text = _LAST_RESORT
    return HttpResponse(text, status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "ui/errors/stale_form.html", status=403)
