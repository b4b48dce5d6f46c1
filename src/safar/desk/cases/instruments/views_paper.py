from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from safar.cases.actions import assessments as actions
from safar.cases.enums.instruments import HowFilled
from safar.cases.models import InstrumentVersion
from safar.cases.permissions import FILL_ASSESSMENT
from safar.cases.queries import instruments
from safar.cases.rules.instruments import Filled
from safar.desk import papers
from safar.desk.access import requires
from safar.desk.cases.instruments import filling, keying, paper
from safar.desk.cases.instruments.forms import KeyBackForm, PaperDayForm
from safar.desk.cases.instruments.subjects import KINDS, named
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import now, today
from safar.kernel.once import fresh_key


def readable_version(version_id: UUID, request: DeskRequest) -> InstrumentVersion:
    """Return a version the actor may fill, whatever its state: paper may be older than what is asked now."""
    try:
        version = InstrumentVersion.objects.select_related("instrument").get(pk=version_id)
    except InstrumentVersion.DoesNotExist as error:
        raise Http404 from error
    if not instruments.may_fill(version.instrument, request.actor):
        raise PermissionDenied(version.instrument.code)
    return version


@require_GET
@requires(FILL_ASSESSMENT)
def print_blank(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """Give the empty form on paper, in the language asked for."""
    version = readable_version(version_id, request)
    language = instruments.language_of(version, request.GET.get("language") or get_language() or "")
    content = papers.pdf(paper.paper_of(version, language), made_at=now())
    return papers.download(
        content, name=f"{version.instrument.code}-{version.number}.pdf", content_type="application/pdf"
    )


@require_GET
@requires(FILL_ASSESSMENT)
def blanks(request: DeskRequest) -> HttpResponse:
    """Show which instruments can be printed, and where the code of a filled paper is typed."""
    found = {each.pk: each for kind in KINDS for each in instruments.offered(kind, by=request.actor)}
    ordered = sorted(found.values(), key=lambda each: str(each.instrument))
    return render(request, "desk/cases/instruments/blanks.html", {"versions": ordered})


@requires(FILL_ASSESSMENT)
def key_back(request: DeskRequest, kind: str, subject_id: UUID) -> HttpResponse:
    """Ask for the code on the paper."""
    whom = named(_kind(kind), subject_id, by=request.actor)
    form = KeyBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = paper.version_of(form.cleaned_data["form_code"])
        except ValidationError as error:
            form.add_problems(error)
        else:
            return redirect("desk:cases:key_back_answers", kind, subject_id, version.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"whom": whom, "kind": kind, "form": form}
    return render(request, "desk/cases/instruments/key_back.html", context, status=status)


@requires(FILL_ASSESSMENT)
def key_back_answers(request: DeskRequest, kind: str, subject_id: UUID, version_id: UUID) -> HttpResponse:
    """Key the numbers of a paper back, one line a question."""
    whom = named(_kind(kind), subject_id, by=request.actor)
    version = readable_version(version_id, request)
    language = instruments.language_of(version, get_language() or "")
    lines = keying.lines(version, language, request.POST if request.method == "POST" else None)
    form = PaperDayForm(request.POST or None, initial={"completed_on": today()})
    if request.method == "POST" and form.is_valid() and not any(line.problem for line in lines):
        filled = Filled(keying.answers(version, lines), language, HowFilled.PAPER, form.cleaned_data["completed_on"])
        try:
            stored = actions.fill(
                version_id=version.pk,
                about=whom.about,
                filled=filled,
                centre=whom.centre,
                form_key=request.POST.get("form_key", ""),
                by=request.actor,
            )
        except actions.NotAnsweredError as error:
            told = {node.path: str(filling.words_of(trouble)) for node, trouble in error.state.troubles()}
            lines = keying.with_problems(lines, told)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The paper is keyed back."))
            return redirect("desk:cases:assessment", stored.pk)
    context = {
        "whom": whom,
        "kind": kind,
        "version": version,
        "lines": lines,
        "troubles": [line for line in lines if line.problem],
        "form": form,
        "can_be_keyed": paper.can_be_keyed(version),
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/instruments/keying.html", context, status=status)


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise Http404
    return kind
