from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from safar.cases.actions import assessments as actions
from safar.cases.models import InstrumentVersion
from safar.cases.permissions import FILL_ASSESSMENT
from safar.cases.queries import instruments
from safar.cases.questionnaires.engine.host import FormFailedError
from safar.cases.questionnaires.states import FormState
from safar.cases.rules.instruments import Filled
from safar.desk.access import requires
from safar.desk.cases.instruments import filling
from safar.desk.cases.instruments.subjects import Named, named
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key


@requires(FILL_ASSESSMENT)
def assess_person(request: DeskRequest, person_id: UUID, code: str) -> HttpResponse:
    """Fill an instrument about a person with a file."""
    return _fill(request, named("person", person_id, by=request.actor), code)


@requires(FILL_ASSESSMENT)
def assess_case(request: DeskRequest, case_id: UUID, code: str) -> HttpResponse:
    """Fill an instrument in a case file."""
    return _fill(request, named("case", case_id, by=request.actor), code)


@requires(FILL_ASSESSMENT)
def assess_contact(request: DeskRequest, contact_id: UUID, code: str) -> HttpResponse:
    """Fill an instrument with somebody met in a contact, who may have no file."""
    return _fill(request, named("contact", contact_id, by=request.actor), code)


@require_GET
@requires(FILL_ASSESSMENT)
def choose_person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Show what may be filled about a person, and what was filled before."""
    return _choose(request, named("person", person_id, by=request.actor), "person")


@require_GET
@requires(FILL_ASSESSMENT)
def choose_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    return _choose(request, named("case", case_id, by=request.actor), "case")


@require_GET
@requires(FILL_ASSESSMENT)
def choose_contact(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    return _choose(request, named("contact", contact_id, by=request.actor), "contact")


def _choose(request: DeskRequest, whom: Named, kind: str) -> HttpResponse:
    about = whom.about
    found = (
        instruments.assessments_of(person_id=about.person_id, case_id=about.case_id, by=request.actor)
        if kind != "contact"
        else []
    )
    groups = instruments.over_time(found)
    context = {
        "whom": whom,
        "kind": kind,
        "url_name": f"desk:cases:assess_{kind}",
        "offered": [
            (each, len(groups.get(each.instrument.code, []))) for each in instruments.offered(kind, by=request.actor)
        ],
        "found": found,
    }
    return render(request, "desk/cases/instruments/choose.html", context)


def version_in_use(code: str, request: DeskRequest) -> InstrumentVersion:
    try:
        return instruments.in_use(code, by=request.actor)
    except InstrumentVersion.DoesNotExist as error:
        raise Http404 from error


def _fill(request: DeskRequest, whom: Named, code: str) -> HttpResponse:
    version = version_in_use(code, request)
    if whom.about.subject not in version.instrument.subjects:
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    language = instruments.language_of(version, data.get("language") or get_language() or "")
    answers = filling.with_rows(filling.typed(request.POST), request.POST)
    if request.method == "POST" and "store" in request.POST:
        return _store(request, whom, version, language, answers)
    return shown_form(request, whom, version, language=language, answers=answers)


def _store(
    request: DeskRequest, whom: Named, version: InstrumentVersion, language: str, answers: dict[str, str]
) -> HttpResponse:
    try:
        stored = actions.fill(
            version_id=version.pk,
            about=whom.about,
            filled=Filled(answers=answers, language=language),
            centre=whom.centre,
            form_key=request.POST.get("form_key", ""),
            by=request.actor,
        )
    except actions.NotAnsweredError:
        return shown_form(request, whom, version, language=language, answers=answers, told=True)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return shown_form(request, whom, version, language=language, answers=answers, told=True)
    messages.success(request, _("The answers are kept."))
    return redirect("desk:cases:assessment", stored.pk)


def shown_form(
    request: DeskRequest,
    whom: Named,
    version: InstrumentVersion,
    *,
    language: str,
    answers: dict[str, str],
    told: bool = False,
) -> HttpResponse:
    """Render the form as it stands; after a refusal with everything that was typed still in it."""
    try:
        state = instruments.state_of(version, language=language, answers=answers)
    except FormFailedError:
        messages.error(
            request, _("This form cannot be run at the moment. Use the paper version and tell your coordinator.")
        )
        return redirect(whom.back)
    number, is_stopped = _page_number(request, state, told=told)
    page = filling.page_of(state, number, answers=answers, told=told or is_stopped)
    troubles = [each for each in every(page.shown) if each.problem]
    context = {
        "whom": whom,
        "version": version,
        "page": page,
        "troubles": troubles,
        "form_language": language,
        "form_languages": version.languages,
        "lang_code": filling.code_of(language),
        "direction": filling.direction_of(language),
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    status = UNPROCESSABLE if (told or is_stopped) and request.method == "POST" else 200
    name = "_answers" if request.headers.get("X-Part") else "fill"
    return render(request, f"desk/cases/instruments/{name}.html", context, status=status)


def every(shown: tuple[filling.Shown, ...]) -> list[filling.Shown]:
    """Return what is shown, with everything inside it."""
    return [found for each in shown for found in (each, *every(each.inside))]


def _page_number(request: DeskRequest, state: FormState, *, told: bool) -> tuple[int, bool]:
    """Return which page comes now, and whether going on was stopped because something on this one is missing."""
    typed = request.POST.get("page", "0")
    here = int(typed) if typed.isdigit() else 0
    wrong = list(filling.pages_with_trouble(state))
    if told:
        return (wrong[0] if wrong else here), False
    if "back" in request.POST:
        return here - 1, False
    if "next" in request.POST:
        return (here, True) if here in wrong else (here + 1, False)
    return here, False
