"""Request handling that has to know which doors there are."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

WITHOUT_LANGUAGE_PREFIX = ("/desk/", "/field/", "/api/", "/gallery/", "/static/")


class DoorLocale(LocaleMiddleware):
    """Keeps a missing page of the desk missing, where Django would send the reader to the portal's page of that name."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(WITHOUT_LANGUAGE_PREFIX):
            return response
        return super().process_response(request, response)


def client_address(request: HttpRequest) -> str | None:
    """Return the visitor's address as the outermost proxy we trust saw it; what stands further left anybody can write."""
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    if proxies and len(seen) >= proxies:
        return seen[-proxies]
    return request.META.get("REMOTE_ADDR")
