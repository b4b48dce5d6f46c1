import hashlib
import json
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from safar.field.access import public
from safar.reference.queries import codes

SHEET_ROWS = 20  # as many as one printed page holds
_WORKER = Path(__file__).parent / "worker.js"
# What the pages draw with. Fonts are found by the worker in the style sheets, where alone they are named.
_STYLES = ("ui/tokens.css", "ui/base.css", "ui/components.css", "field/field.css")
_OTHERS = ("ui/ui.js", "field/field.js", "ui/icons.svg", "ui/mark.svg")


@require_safe
@public
def shell(request: HttpRequest) -> HttpResponse:
    """Show what works without network today; the page a device installs."""
    return render(request, "field/shell.html")


@require_safe
@public
def sheet(request: HttpRequest) -> HttpResponse:
    """Show the empty sign sheet and tally form, to print or to copy by hand."""
    context = {
        "rows": range(1, SHEET_ROWS + 1),
        "sexes": [str(code.label) for code in codes.code_list("sex").active],
        "bands": [str(code.label) for code in codes.code_list("age_band").active],
    }
    return render(request, "field/sheet.html", context)


@require_safe
@public
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the worker from the field's own folder, because a worker governs only what lies below it."""
    pages = [reverse("field:shell"), reverse("field:sheet")]
    kept = {"pages": pages, "files": [static(name) for name in (*_STYLES, *_OTHERS)]}
    code = _WORKER.read_text(encoding="utf-8")
    # Any change of code or of a file's address makes a new version, which replaces the old one whole.
    version = hashlib.sha256((json.dumps(kept) + code).encode()).hexdigest()[:12]
    head = f"const KEPT = {json.dumps({**kept, 'version': version})};\n"
    return HttpResponse(head + code, content_type="text/javascript; charset=utf-8")


@require_safe
@public
def manifest(request: HttpRequest) -> HttpResponse:
    start = reverse("field:shell")
    icon = {"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    content = {
        "name": _("Safar in the field"),
        "short_name": "Safar",
        "id": start,
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": "#f8f4ec",
        "theme_color": "#0d5a66",
        "icons": [icon],
    }
    return JsonResponse(content, content_type="application/manifest+json")
