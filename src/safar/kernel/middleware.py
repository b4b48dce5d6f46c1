"""Request handling that belongs to no domain."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from safar.kernel.database import read_only

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class ReadonlyOnSafeMethods:
    """Runs every safe request under the read-only guard. It sits inside the session middleware, whose own write must pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Sign-in pages belong to allauth and axes, which clean up expired attempts and keys while showing a form.
        if request.method in SAFE_METHODS and not request.path.startswith("/desk/account/"):
            with read_only():
                return self.get_response(request)
        return self.get_response(request)
