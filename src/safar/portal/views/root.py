"""Addresses without a language: the way in, and what machines look for."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from safar.guide.queries import guides
from safar.kernel.clock import now
from safar.portal.access import public
from safar.portal.caching import A_FEW_MINUTES, cacheable
from safar.trust.queries.profile import profile
from safar.ui.context import language_tag


@public
def enter(request: HttpRequest) -> HttpResponse:
    """Lead to the language the browser asks for, else to the country's own. No cookie remembers it: the address does."""
    with translation.override(_wanted_language(request)):
        response = HttpResponseRedirect(reverse("portal:home"))
    response["Cache-Control"] = f"public, max-age={A_FEW_MINUTES}"
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public
@cacheable
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines read the public pages and nothing else; a demo is not to be found at all."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    closed = ["/"] if settings.SAFAR_IS_DEMO else ["/desk/", "/field/", "/api/", "/gallery/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
@cacheable
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every page to read, in every language, each naming the others."""
    names: list[tuple[str, list[str]]] = [
        (f"portal:{name}", [])
        for name in ("home", "centres", "sessions", "guides", "check_offer", "ask", "visit", "book", "about")
    ]
    names += [("portal:guide", [guide.destination.lower()]) for guide in guides.published()]
    pages = [_in_all_languages(request, name, arguments) for name, arguments in names]
    content = render_to_string("portal/sitemap.xml", {"pages": pages})
    return HttpResponse(content, content_type="application/xml; charset=utf-8")


@public
@cacheable
def security_text(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116); without an address in the settings there is honestly none."""
    contact = getattr(settings, "SAFAR_SECURITY_CONTACT", "")
    if not contact:
        return HttpResponse(status=404)
    expires = now().replace(month=12, day=31, hour=23, minute=59, second=0, microsecond=0)
    languages = ", ".join(language_tag(code) for code, _name in settings.LANGUAGES)
    lines = [f"Contact: {contact}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}", f"Preferred-Languages: {languages}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _wanted_language(request: HttpRequest) -> str:
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if wanted == "*":
            break
        try:
            return translation.get_supported_language_variant(wanted)
        except LookupError:
            continue
    return profile().default_language


def _in_all_languages(request: HttpRequest, name: str, arguments: Iterable[str]) -> list[dict[str, str]]:
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            address = request.build_absolute_uri(reverse(name, args=list(arguments)))
        found.append({"tag": language_tag(code), "url": address})
    return found
