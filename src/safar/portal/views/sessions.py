"""The calendar of public sessions, and taking a place."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from safar.awareness.actions import signups
from safar.awareness.queries.sessions import PublicSession, public_calendar, public_session
from safar.kernel.actor import VISITOR
from safar.kernel.once import fresh_key
from safar.portal import guard
from safar.portal.access import public
from safar.portal.caching import cacheable, private
from safar.portal.forms import SignUpForm, calendar_window
from safar.portal.pages import TOO_MANY, UNPROCESSABLE, missing, show
from safar.portal.places import by_day, shown_session


@public
@cacheable
def calendar(request: HttpRequest) -> HttpResponse:
    return show(request, "sessions", {"days": by_day(public_calendar(*calendar_window()))})


@public
@require_http_methods(["GET", "POST"])
@private
def sign_up(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = public_session(session_id)
    if session is None:
        return missing(request)
    form = SignUpForm(request.POST or None)
    if request.method == "POST":
        return _take_place(request, session, form)
    return _form_page(request, session, form, fresh_key(), status=200)


def _take_place(request: HttpRequest, session: PublicSession, form: SignUpForm) -> HttpResponse:
    key = request.POST.get("form_key") or fresh_key()
    if guard.is_trap(request) or guard.too_many(request, "sign_up"):
        return show(request, "too_many", status=TOO_MANY)
    if form.is_valid():
        try:
            place = signups.sign_up(
                session_id=session.id,
                name=form.cleaned_data["name"],
                phone=form.cleaned_data["phone"],
                language=get_language() or "uz",
                form_key=key,
                by=VISITOR,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            return show(request, "signed_up", {"session": shown_session(session), "reference": place.reference})
    return _form_page(request, session, form, key, status=UNPROCESSABLE)


def _form_page(
    request: HttpRequest, session: PublicSession, form: SignUpForm, key: str, *, status: int
) -> HttpResponse:
    context = {"session": shown_session(session), "form": form, "form_key": key}
    return show(request, "sign_up", context, status=status)
