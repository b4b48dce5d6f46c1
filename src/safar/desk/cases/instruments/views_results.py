from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from safar.cases.actions import assessments as actions
from safar.cases.enums.instruments import ASSESSMENT_MOVES, DECISIONS, AssessmentState
from safar.cases.models import Assessment
from safar.cases.permissions import DECIDE_ASSESSMENT, FILL_ASSESSMENT
from safar.cases.queries import instruments
from safar.desk.access import requires
from safar.desk.cases.instruments import results
from safar.desk.cases.instruments.forms import DecisionForm, VoidForm
from safar.desk.cases.instruments.subjects import named
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.trust.permissions import WRITE_SEALED


def _get(request: DeskRequest, assessment_id: UUID) -> Assessment:
    try:
        return instruments.get(assessment_id, by=request.actor)
    except Assessment.DoesNotExist as error:
        raise Http404 from error


@require_GET
@requires(FILL_ASSESSMENT)
def assessment(request: DeskRequest, assessment_id: UUID) -> HttpResponse:
    """Show what was answered and what the scores say."""
    return _shown(request, _get(request, assessment_id))


def _shown(
    request: DeskRequest,
    found: Assessment,
    *,
    decision: DecisionForm | None = None,
    voiding: VoidForm | None = None,
) -> HttpResponse:
    scoring = instruments.scoring_of(found.version)
    state = results.state_for(found)
    allowed = ASSESSMENT_MOVES[AssessmentState(found.state)]
    may_decide = bool(allowed & DECISIONS) and request.actor.may(DECIDE_ASSESSMENT)
    if may_decide and decision is None:
        decision = DecisionForm()
    if may_decide and decision is not None:
        decision.offer("to", [(each.value, each.label) for each in AssessmentState if each in allowed & DECISIONS])
    context = {
        "assessment": found,
        "figures": results.figures(found, scoring),
        "picture": results.picture(found, scoring),
        "note": results.text(scoring.note) if scoring else "",
        "scoring": scoring,
        "evidence": results.evidence(found, scoring, state),
        "answered": results.answered(state),
        "decision": decision if may_decide else None,
        "voiding": (voiding or VoidForm()) if AssessmentState.VOIDED in allowed else None,
        "may_seal": bool(found.person_id) and request.actor.may(WRITE_SEALED),
    }
    is_refused = (decision is not None and decision.is_bound) or (voiding is not None and voiding.is_bound)
    return render(request, "desk/cases/instruments/result.html", context, status=UNPROCESSABLE if is_refused else 200)


@require_POST
@requires(DECIDE_ASSESSMENT)
def decide(request: DeskRequest, assessment_id: UUID) -> HttpResponse:
    """Record what the supervisor decided."""
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            actions.decide(assessment_id=assessment_id, by=request.actor, **form.cleaned_data)
        except Assessment.DoesNotExist as error:
            raise Http404 from error
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The decision is recorded."))
            return redirect("desk:cases:assessment", assessment_id)
    return _shown(request, _get(request, assessment_id), decision=form)


@require_POST
@requires(FILL_ASSESSMENT)
def void(request: DeskRequest, assessment_id: UUID) -> HttpResponse:
    """Take back what was filled by mistake."""
    form = VoidForm(request.POST)
    if form.is_valid():
        try:
            actions.void(assessment_id=assessment_id, reason=form.cleaned_data["reason"], by=request.actor)
        except Assessment.DoesNotExist as error:
            raise Http404 from error
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("Marked as filled by mistake."))
            return redirect("desk:cases:assessment", assessment_id)
    return _shown(request, _get(request, assessment_id), voiding=form)


@require_GET
@requires(FILL_ASSESSMENT)
def over_time(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Show how the scores of a person went, an instrument a picture."""
    whom = named("person", person_id, by=request.actor)
    groups = instruments.over_time(instruments.assessments_of(person_id=person_id, by=request.actor))
    lines = [(found, results.over_time(found, instruments.scoring_of(found[-1].version))) for found in groups.values()]
    return render(request, "desk/cases/instruments/over_time.html", {"whom": whom, "lines": lines})


@require_GET
@requires(DECIDE_ASSESSMENT)
def waiting(request: DeskRequest) -> HttpResponse:
    """Show sensitive assessments that wait for a decision, without names and without answers."""
    return render(
        request, "desk/cases/instruments/waiting.html", {"found": list(instruments.waiting(by=request.actor)[:200])}
    )
