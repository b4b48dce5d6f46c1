"""Public pages are small, may be kept by browsers and caches, and travel compressed."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import brotli  # type: ignore[import-untyped]  # comes with whitenoise, has no types
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.text import compress_string

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

A_FEW_MINUTES = 300
WORTH_COMPRESSING = 400  # bytes; below this the header of the compressed form eats the gain
_BROTLI_QUALITY = 6  # measured on our pages: a third of the time of 11 for 3 % more bytes


def cacheable(view: View[P]) -> View[P]:
    """Let everybody keep the page for five minutes and ask again by its ETag. Such a page must be the same for all readers."""

    @wraps(view)
    def kept(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != HttpResponse.status_code:
            return compressed(request, response)
        response["Cache-Control"] = f"public, max-age={A_FEW_MINUTES}"
        # Django's LoginRequiredMiddleware looks who is signed in before it asks whether the page is public. Nothing here
        # depends on it, and without this line every answer would vary by cookie and no cache could serve two readers.
        request.session.accessed = False
        etag = f'W/"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        response["ETag"] = etag
        patch_vary_headers(response, ["Accept-Encoding"])
        answer = get_conditional_response(request, etag=etag, response=response) or response
        return compressed(request, answer)

    return kept


def private(view: View[P]) -> View[P]:
    """Keep the page out of every cache: it holds a form's own key or what somebody wrote."""

    @wraps(view)
    def unkept(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return compressed(request, response)

    return unkept


def compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Compress the page in the best way the browser understands.

    Forms too: Django masks its token anew in every response, and the gzip form gets a random length, so that what an
    attacker adds to a page tells nothing about the rest.
    """
    if response.streaming or len(response.content) < WORTH_COMPRESSING:
        return response
    accepted = request.headers.get("Accept-Encoding", "")
    patch_vary_headers(response, ["Accept-Encoding"])
    if "br" in accepted and "csrfmiddlewaretoken" not in response.text:
        _encode(response, "br", brotli.compress(response.content, quality=_BROTLI_QUALITY))
    elif "gzip" in accepted:
        _encode(response, "gzip", compress_string(response.content, max_random_bytes=100))
    return response


def _encode(response: HttpResponse, name: str, content: bytes) -> None:
    response.content = content
    response["Content-Encoding"] = name
    response["Content-Length"] = str(len(content))
