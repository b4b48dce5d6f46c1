from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import approvals as approval_actions
from safar.cases.actions import plan_steps, plans
from safar.cases.enums.approvals import Act
from safar.cases.models import PlanGoal, PlanStep, ReintegrationPlan
from safar.cases.permissions import MANAGE_CASE
from safar.cases.queries import approvals, reintegration
from safar.cases.queries.supervision_rules import why
from safar.desk import papers
from safar.desk.access import requires
from safar.desk.cases.reintegration import facts
from safar.desk.cases.reintegration.forms import AgreeForm, ApprovalForm, FinishForm, GoalForm, StepForm, StepMoveForm
from safar.desk.cases.reintegration.paper import plan_pdf
from safar.desk.cases.reintegration.views import return_file
from safar.desk.forms import UNPROCESSABLE, ActionForm
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import now
from safar.kernel.once import fresh_key


@requires(MANAGE_CASE)
def plan(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Show the plan: the draft being written, else the one in force, with the versions before."""
    return_file(case_id)
    return _page(request, case_id)


@require_POST
@requires(MANAGE_CASE)
def draft(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Begin a plan, or the next version of the one in force."""
    return_file(case_id)
    try:
        plans.draft(case_id=case_id, by=request.actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("desk:cases:plan", case_id)


@require_POST
@requires(MANAGE_CASE)
def add_goal(request: DeskRequest, plan_id: UUID) -> HttpResponse:
    found = get_object_or_404(ReintegrationPlan, pk=plan_id)
    form = GoalForm(request.POST, prefix="goal")
    key = request.POST.get("form_key", "")
    act = lambda: plan_steps.add_goal(plan_id=plan_id, details=form.details(), form_key=key, by=request.actor)  # noqa: E731
    return _answer(request, found.case_file_id, "goal_form", form, act)


@require_POST
@requires(MANAGE_CASE)
def add_step(request: DeskRequest, plan_id: UUID) -> HttpResponse:
    found = get_object_or_404(ReintegrationPlan, pk=plan_id)
    form = StepForm(request.POST, prefix="step", goals=found.goals.all())

    def act() -> None:
        goal_id, details = form.details()
        key = request.POST.get("form_key", "")
        plan_steps.add_step(goal_id=goal_id, details=details, form_key=key, by=request.actor)

    return _answer(request, found.case_file_id, "step_form", form, act)


@require_POST
@requires(MANAGE_CASE)
def remove_goal(request: DeskRequest, goal_id: UUID) -> HttpResponse:
    goal = get_object_or_404(PlanGoal.objects.select_related("plan"), pk=goal_id)
    return _removed(request, goal.plan, lambda: plan_steps.remove_goal(goal_id=goal_id, by=request.actor))


@require_POST
@requires(MANAGE_CASE)
def remove_step(request: DeskRequest, step_id: UUID) -> HttpResponse:
    step = get_object_or_404(PlanStep.objects.select_related("goal__plan"), pk=step_id)
    return _removed(request, step.goal.plan, lambda: plan_steps.remove_step(step_id=step_id, by=request.actor))


@require_POST
@requires(MANAGE_CASE)
def agree(request: DeskRequest, plan_id: UUID) -> HttpResponse:
    found = get_object_or_404(ReintegrationPlan.objects.select_related("case_file__person"), pk=plan_id)
    form = AgreeForm(request.POST, prefix="agree", person=found.case_file.person)
    act = lambda: plans.agree(plan_id=plan_id, agreement=form.agreement(), by=request.actor)  # noqa: E731
    return _answer(request, found.case_file_id, "agree_form", form, act)


@require_POST
@requires(MANAGE_CASE)
def ask_approval(request: DeskRequest, plan_id: UUID) -> HttpResponse:
    """Ask a second person to look at a plan before it is agreed."""
    found = get_object_or_404(ReintegrationPlan.objects.select_related("case_file__person"), pk=plan_id)
    form = ApprovalForm(request.POST, prefix="approval")

    def act() -> None:
        approval_actions.ask(
            act=Act.AGREE_PLAN,
            subject_key=found.case_file_id,
            reason=form.cleaned_data["reason"],
            about=reintegration.circumstances_of_plan(found),
            by=request.actor,
        )

    return _answer(request, found.case_file_id, "approval_form", form, act)


@require_POST
@requires(MANAGE_CASE)
def finish(request: DeskRequest, plan_id: UUID) -> HttpResponse:
    found = get_object_or_404(ReintegrationPlan, pk=plan_id)
    form = FinishForm(request.POST, prefix="finish", plan=found)
    act = lambda: plans.finish(plan_id=plan_id, **form.cleaned_data, by=request.actor)  # noqa: E731
    return _answer(request, found.case_file_id, "finish_form", form, act)


@requires(MANAGE_CASE)
def step(request: DeskRequest, step_id: UUID) -> HttpResponse:
    """Say how one step of the plan in force stands."""
    found = get_object_or_404(PlanStep.objects.select_related("goal__plan"), pk=step_id)
    case_id = found.goal.plan.case_file_id
    form = StepMoveForm(request.POST if request.method == "POST" else None, step=found)
    if request.method == "POST" and form.is_valid():
        try:
            plan_steps.move(step_id=step_id, **form.cleaned_data, by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The step is up to date."))
            return redirect("desk:cases:plan", case_id)
    file = reintegration.get(case_id, by=request.actor)
    context = {"form": form, "step": found, "case": file.case, "doer": facts.doer_of(found)}
    context |= {"cost": facts.written_cost(found.cost, found.currency)}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/reintegration/step.html", context, status=status)


@requires(MANAGE_CASE)
def paper(request: DeskRequest, plan_id: UUID) -> HttpResponse:
    """Give the plan on one page, in the language it was agreed in, else the one the person reads."""
    get_object_or_404(ReintegrationPlan, pk=plan_id)
    found = plans.printed(plan_id=plan_id, by=request.actor)
    person = found.case_file.person
    language = papers.language_for(found.language or (person.language if person else ""))
    with translation.override(language):
        content = plan_pdf(found, language, made_at=now())
    return papers.download(content, name=f"plan-{found.version}.pdf", content_type="application/pdf")


def _removed(request: DeskRequest, found: ReintegrationPlan, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("desk:cases:plan", found.case_file_id)


def _answer(
    request: DeskRequest, case_id: UUID, name: str, form: ActionForm, act: Callable[[], object]
) -> HttpResponse:
    """Do what the form asks and go back to the plan, or show the plan with the form as it was typed."""
    if form.is_valid():
        try:
            act()
        except ValidationError as error:
            form.add_problems(error)
        else:
            return redirect("desk:cases:plan", case_id)
    return _page(request, case_id, **{name: form})


def _page(request: DeskRequest, case_id: UUID, **bound: ActionForm) -> HttpResponse:
    file = reintegration.get(case_id, by=request.actor)
    shown = file.draft or file.in_force or file.latest
    done, steps = facts.progress(shown) if shown else (0, 0)
    context = {
        "case": file.case,
        "file": file,
        "plan": shown,
        "groups": facts.plan_groups(shown) if shown else [],
        "costs": facts.written_costs(shown) if shown else "",
        "done": done,
        "steps": steps,
        "older": [(each, facts.plan_groups(each)) for each in file.plans if each != shown],
        "form_key": request.POST.get("form_key") or fresh_key(),
        "bound": next(iter(bound.values()), None),
        "bound_name": next(iter(bound), ""),
        **(_forms(request, shown, **bound) if shown and file.case.is_open else {}),
    }
    return render(request, "desk/cases/reintegration/plan.html", context, status=UNPROCESSABLE if bound else 200)


def _forms(request: DeskRequest, shown: ReintegrationPlan, **bound: ActionForm) -> dict[str, object]:
    """Return the forms a plan still takes: a draft is written and agreed, one in force is ended."""
    goals = list(shown.goals.all())
    forms: dict[str, object] = {}
    if shown.is_agreed or shown.is_draft:
        forms["finish_form"] = bound.get("finish_form") or FinishForm(prefix="finish", plan=shown)
    if not shown.is_draft:
        return forms
    asking = approvals.asking_in_force(Act.AGREE_PLAN, reintegration.circumstances_of_plan(shown))
    return forms | {
        "goal_form": bound.get("goal_form") or GoalForm(prefix="goal"),
        "step_form": bound.get("step_form") or (StepForm(prefix="step", goals=goals) if goals else None),
        "agree_form": bound.get("agree_form") or AgreeForm(prefix="agree", person=shown.case_file.person),
        "approval_form": bound.get("approval_form") or ApprovalForm(prefix="approval"),
        "whys": [why(rule.code) for rule in asking],
        "approval": next(
            (one for one in approvals.of_subject(shown.case_file_id, by=request.actor) if one.act == Act.AGREE_PLAN),
            None,
        ),
    }
