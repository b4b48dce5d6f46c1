"""Ask a question, ask for a visit, read the answer. The code stands in no address, no log and no cookie."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safar.kernel.once import fresh_key
from safar.messaging.actions import enquiries
from safar.messaging.queries import enquiries as answers
from safar.portal import guard
from safar.portal.access import public
from safar.portal.caching import private
from safar.portal.forms import CodeForm, QuestionForm, VisitForm
from safar.portal.pages import TOO_MANY, UNPROCESSABLE, show


@public
@require_http_methods(["GET", "POST"])
@private
def ask(request: HttpRequest) -> HttpResponse:
    return _take(request, QuestionForm(request.POST or None), "ask")


@public
@require_http_methods(["GET", "POST"])
@private
def visit(request: HttpRequest) -> HttpResponse:
    return _take(request, VisitForm(request.POST or None), "visit")


@public
@require_http_methods(["GET", "POST"])
@private
def answer(request: HttpRequest) -> HttpResponse:
    """Show what the holder of a code may read; a POST, so that the code stays out of addresses and histories."""
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return show(request, "code", {"form": form})
    if guard.too_many(request, "code"):
        return show(request, "too_many", status=TOO_MANY)
    if form.is_valid():
        found = answers.by_code(form.cleaned_data["code"])
        if found:
            return show(request, "answer", {"enquiry": found})
        form.add_error("code", _("We find nothing under this code. Compare it sign by sign."))
    return show(request, "code", {"form": form}, status=UNPROCESSABLE)


def _take(request: HttpRequest, form: QuestionForm, name: str) -> HttpResponse:
    """Take what was sent and show its code on the spot.

    No redirect: without cookie and session the code would have to travel in the address. Loading the page again sends
    the same form key, which gives the same enquiry and the same code.
    """
    key = request.POST.get("form_key") or fresh_key()
    if request.method != "POST":
        return show(request, name, {"form": form, "form_key": key})
    if guard.is_trap(request) or guard.too_many(request, "enquiry"):
        return show(request, "too_many", status=TOO_MANY)
    if form.is_valid():
        try:
            enquiry = enquiries.submit(details=form.details(), form_key=key)
        except ValidationError as error:
            form.add_problems(error)
        else:
            return show(request, "sent", {"enquiry": enquiry})
    return show(request, name, {"form": form, "form_key": key}, status=UNPROCESSABLE)
