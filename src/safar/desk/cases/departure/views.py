"""The papers of a departure: filled in with the client, printed, and kept when the client wants it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safar.cases.actions import departure as actions
from safar.cases.enums.departure import EMERGENCY_FIELDS, FAMILY_FIELDS, ItemState, PaperKind
from safar.cases.permissions import PREPARE_DEPARTURE, RECORD_CONTACT, RECORD_OUTCOME
from safar.cases.queries import departure
from safar.cases.queries.checklists import Checklist, checklists, for_destination
from safar.cases.queries.departure import Traveller
from safar.cases.queries.departure_sheet import numbers_for
from safar.cases.rules.departure import from_plain
from safar.desk import papers
from safar.desk.access import requires
from safar.desk.cases.departure import facts
from safar.desk.cases.departure.about import NOBODY, About, traveller_of
from safar.desk.cases.departure.forms import CostForm, PlanForm, typed_of
from safar.desk.cases.departure.paper import checklist_paper, cost_paper, plan_paper
from safar.desk.cases.departure.printing import sheet_pdf
from safar.desk.cases.departure.sheet import TakeHome
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.desk.papers import Paper
from safar.kernel.clock import now, today
from safar.kernel.once import fresh_key
from safar.trust.queries import centres

PDF = "application/pdf"
_PLANS = {PaperKind.EMERGENCY: EMERGENCY_FIELDS, PaperKind.FAMILY: FAMILY_FIELDS}


@requires(PREPARE_DEPARTURE)
def prepare(request: DeskRequest, person_id: UUID | None = None, contact_id: UUID | None = None) -> HttpResponse:
    """Show every paper of a departure and how far it is; without a person or contact they are printed and not kept."""
    about = About(person_id, contact_id)
    traveller = traveller_of(about, request.actor)
    latest = departure.latest_papers(traveller)
    checklist = latest.get(PaperKind.CHECKLIST)
    context = {
        "about": about,
        "traveller": traveller,
        "papers": [(kind, latest.get(kind)) for kind in PaperKind],
        "missing": facts.missing_count(checklist) if checklist else 0,
        "contacts": departure.contacts_of(traveller),
        "cases": departure.cases_of(traveller) if request.actor.may(RECORD_OUTCOME) else [],
        "may_record": request.actor.may(RECORD_CONTACT),
        "may_ask": request.actor.may(RECORD_OUTCOME),
    }
    return render(request, "desk/cases/departure/prepare.html", context)


@requires(PREPARE_DEPARTURE)
def costs(request: DeskRequest, about: About) -> HttpResponse:
    """Reckon with the client what going costs and when it is earned back; kept only at their wish."""
    traveller = traveller_of(about, request.actor)
    kept = departure.latest_paper(traveller, PaperKind.COSTS)
    typed = typed_of(from_plain(kept.content)) if kept else {}
    form = CostForm(
        request.POST if request.method == "POST" else None, destination=traveller.destination, initial=typed
    )
    found, status = None, 200
    if request.method == "POST" and form.is_valid():
        wish = request.POST.get("do", "")
        if wish == "print":
            language = papers.language_for(traveller.language)
            return _download(cost_paper(form.sheet(), language=language, on=today()), "costs.pdf")
        if wish == "keep" and _kept(request, about, form.add_problems, actions.keep_costs, sheet=form.sheet()):
            return redirect(about.url)
        found = facts.worksheet(form.sheet())
        status = UNPROCESSABLE if form.errors else 200
    elif request.method == "POST":
        status = UNPROCESSABLE
    elif kept:
        found = facts.worksheet(from_plain(kept.content))
    context = _context(request, about, traveller, PaperKind.COSTS) | {"form": form, "found": found}
    return render(request, "desk/cases/departure/costs.html", context, status=status)


@requires(PREPARE_DEPARTURE)
def checklist(request: DeskRequest, about: About) -> HttpResponse:
    """Tick with the client what papers are there; the list of the destination, or the one chosen."""
    traveller = traveller_of(about, request.actor)
    kept = departure.latest_paper(traveller, PaperKind.CHECKLIST)
    chosen = _chosen(request, kept.form if kept else "", traveller.destination)
    ticks = dict(kept.content) if kept and kept.form == chosen.code else {}
    problems: list[str] = []
    if request.method == "POST":
        ticks = {
            item.code: state
            for item in chosen.items
            if (state := request.POST.get(f"item-{item.code}", "")) in ItemState.values
        }
        if request.POST.get("do") == "print":
            language = papers.language_for(traveller.language)
            return _download(checklist_paper(chosen, ticks, language=language, on=today()), "papers.pdf")

        def refuse(error: ValidationError) -> None:
            problems.extend(error.messages)

        if _kept(request, about, refuse, actions.keep_checklist, form=chosen.code, ticks=ticks):
            return redirect(about.url)
    context = _context(request, about, traveller, PaperKind.CHECKLIST) | {
        "chosen": chosen,
        "lists": [(one, one == chosen) for one in checklists().values()],
        "items": facts.listed(chosen, ticks),
        "states": ItemState.choices,
        "problems": problems,
    }
    return render(request, "desk/cases/departure/checklist.html", context, status=UNPROCESSABLE if problems else 200)


@requires(PREPARE_DEPARTURE)
def emergency(request: DeskRequest, about: About) -> HttpResponse:
    """Write down whom to call and what to do when something goes wrong."""
    return _plan(request, about, PaperKind.EMERGENCY)


@requires(PREPARE_DEPARTURE)
def family(request: DeskRequest, about: About) -> HttpResponse:
    """Write down what the family agrees on before somebody leaves."""
    return _plan(request, about, PaperKind.FAMILY)


def _plan(request: DeskRequest, about: About, kind: PaperKind) -> HttpResponse:
    traveller = traveller_of(about, request.actor)
    kept = departure.latest_paper(traveller, kind)
    numbers = numbers_for(traveller.destination) if kind == PaperKind.EMERGENCY else []
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        names=_PLANS[kind],
        initial=kept.content if kept else {},
    )
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "print":
            language = papers.language_for(traveller.language)
            paper = plan_paper(kind, form.lines(), numbers=numbers, language=language, on=today())
            return _download(paper, f"{kind}.pdf")
        if not form.cleaned_data["agreed"]:
            form.add_error("agreed", _("Ask whether it may be kept; else hand it over on paper alone."))
        elif _kept(request, about, form.add_problems, actions.keep_plan, kind=kind, lines=form.lines()):
            return redirect(about.url)
    context = _context(request, about, traveller, kind) | {"form": form, "numbers": numbers, "kind": kind}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/departure/plan.html", context, status=status)


def _kept(
    request: DeskRequest,
    about: About,
    refuse: Callable[[ValidationError], None],
    keep: Callable[..., object],
    **content: Any,
) -> bool:
    """Keep a paper; what the action refuses goes to `refuse` and the page is shown again."""
    try:
        keep(
            **content,
            **about.keys,
            centre=centres.home_of(request.actor),
            form_key=request.POST.get("form_key", ""),
            by=request.actor,
        )
    except ValidationError as error:
        refuse(error)
        return False
    messages.success(request, _("The paper is kept. What stood there before is kept beside it."))
    return True


def _chosen(request: DeskRequest, kept: str, destination: str) -> Checklist:
    wanted = request.POST.get("list") or request.GET.get("list") or kept
    return checklists().get(wanted) or for_destination(destination)


def _context(request: DeskRequest, about: About, traveller: Traveller, kind: PaperKind) -> dict[str, Any]:
    return {
        "about": about,
        "traveller": traveller,
        "may_keep": about != NOBODY,
        "form_key": request.POST.get("form_key") or fresh_key(),
        "versions": departure.versions(traveller, kind) if about != NOBODY else [],
    }


def _download(paper: Paper | TakeHome, name: str) -> HttpResponse:
    made = sheet_pdf(paper, made_at=now()) if isinstance(paper, TakeHome) else papers.pdf(paper, made_at=now())
    return papers.download(made, name=name, content_type=PDF)
