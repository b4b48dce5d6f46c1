"""The theme travels in a cookie, so that the design kit need not know staff and a page is never painted twice."""

from django.conf import settings
from django.http import HttpResponse

from safar.trust.enums import Theme


def remember_theme(response: HttpResponse, theme: str) -> None:
    """Put the chosen theme where the base page reads it; none is needed to follow the device."""
    if theme == Theme.SYSTEM:
        response.delete_cookie("theme", path="/desk/", samesite="Lax")
    else:
        response.set_cookie(
            "theme",
            theme,
            max_age=365 * 24 * 60 * 60,
            path="/desk/",
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
