from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from safar.cases.actions import complaints as actions
from safar.cases.enums.complaints import ComplaintOutcome, ComplaintState, Evidence
from safar.cases.models import Agency, Complaint, Contact
from safar.cases.permissions import FOLLOW_COMPLAINT, TAKE_COMPLAINT
from safar.cases.queries import agencies, complaints
from safar.desk import papers
from safar.desk.access import requires
from safar.desk.cases import facts
from safar.desk.cases.offers.forms import NONE_OF_THESE
from safar.desk.cases.offers.forms_complaints import AnswerForm, CloseForm, ComplaintForm, PassOnForm
from safar.desk.cases.offers.paper import about_whom, complaint_paper, of_person
from safar.desk.forms import UNPROCESSABLE, ActionForm, tell
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import now, today
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.people.queries import persons
from safar.trust.queries import centres

A_PAGE = 50
STATE_TONES = {
    ComplaintState.RECEIVED: "warn",
    ComplaintState.PASSED_ON: "info",
    ComplaintState.ANSWERED: "info",
    ComplaintState.CLOSED: "neutral",
}


@require_GET
@requires(FOLLOW_COMPLAINT)
def list_complaints(request: DeskRequest) -> HttpResponse:
    """List the complaints the reader may open, without names of clients."""
    found = complaints.visible(by=request.actor).prefetch_related("named__staff")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "complaint": each,
            "kind": facts.label(complaints.KINDS, each.kind),
            "about": about_whom(each),
            "tone": STATE_TONES[ComplaintState(each.state)],
            "is_late": each.state == ComplaintState.PASSED_ON and bool(each.due_on and each.due_on < today()),
        }
        for each in page.object_list
    ]
    may_take = request.actor.may(TAKE_COMPLAINT)
    return render(request, "desk/cases/offers/complaints.html", {"page": page, "lines": lines, "may_take": may_take})


@requires(TAKE_COMPLAINT)
def complain(request: DeskRequest) -> HttpResponse:
    return _take(request)


@requires(TAKE_COMPLAINT)
def complain_person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    return _take(request, person_id=person_id)


@requires(TAKE_COMPLAINT)
def complain_contact(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    found = get_object_or_404(Contact, pk=contact_id)
    return _take(request, person_id=found.person_id, contact_id=contact_id)


def _take(request: DeskRequest, *, person_id: UUID | None = None, contact_id: UUID | None = None) -> HttpResponse:
    form = ComplaintForm(
        request.POST if request.method == "POST" else None, initial={"agency_name": _agency_asked(request)}
    )
    asks_which = False
    if request.method == "POST":
        agency_id, asks_which = _agency(form, request)
        if form.is_valid() and not asks_which:
            try:
                found = actions.receive(
                    details=form.details(agency_id),
                    centre=centres.home_of(request.actor),
                    person_id=person_id,
                    contact_id=contact_id,
                    form_key=request.POST.get("form_key", ""),
                    by=request.actor,
                )
            except ValidationError as error:
                form.add_problems(error)
            else:
                messages.success(request, _("The complaint is taken. Nothing has left the centre yet."))
                return redirect("desk:cases:complaint", found.pk)
    context = {
        "form": form,
        "asks_which": asks_which,
        "who": persons.labels([person_id], by=request.actor).get(person_id, "") if person_id else "",
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    return render(request, "desk/cases/offers/complain.html", context, status=UNPROCESSABLE if form.errors else 200)


def _agency_asked(request: DeskRequest) -> str:
    """Return the name of the agency whose page led here."""
    asked = request.GET.get("agency", "")
    try:
        found = Agency.objects.filter(pk=UUID(asked)).first() if asked else None
    except ValueError:
        return ""
    return found.name if found else ""


def _agency(form: ComplaintForm, request: DeskRequest) -> tuple[UUID | None, bool]:
    """Return the agency meant by the name typed, and whether it has still to be chosen among near ones."""
    typed = request.POST.get("agency_name", "").strip()
    hits = agencies.find(typed) if typed else []
    same = next((hit.agency.pk for hit in hits if hit.is_same), None)
    if same or not hits:
        return same, False
    form.offer_agencies(hits)
    chosen = request.POST.get("agency", "")
    listed = {str(hit.agency.pk): hit.agency.pk for hit in hits}
    return listed.get(chosen), chosen not in {*listed, NONE_OF_THESE}


@require_GET
@requires(FOLLOW_COMPLAINT)
def complaint(request: DeskRequest, complaint_id: UUID) -> HttpResponse:
    get_object_or_404(Complaint, pk=complaint_id)
    return _page(request, complaint_id)


@require_POST
@requires(FOLLOW_COMPLAINT)
def pass_on(request: DeskRequest, complaint_id: UUID) -> HttpResponse:
    found = get_object_or_404(Complaint, pk=complaint_id)
    complaints.check_open(found, request.actor)
    form = PassOnForm(request.POST, complaint=found, offered=complaints.recipients_for(found))
    if form.carries_out(lambda: actions.pass_on(complaint_id=complaint_id, to=form.to(), by=request.actor)):
        messages.success(request, _("The complaint is marked as passed on. Print the letter for its recipient."))
        return redirect("desk:cases:complaint", complaint_id)
    return _page(request, complaint_id, pass_form=form)


@require_POST
@requires(FOLLOW_COMPLAINT)
def letter(request: DeskRequest, complaint_id: UUID) -> HttpResponse:
    """Give the letter for the recipient: the complaint and the agreed fields, nothing else."""
    get_object_or_404(Complaint, pk=complaint_id)
    try:
        found = actions.letter(complaint_id=complaint_id, by=request.actor)
    except ValidationError as error:
        tell(request, error)
        return redirect("desk:cases:complaint", complaint_id)
    content = papers.pdf(complaint_paper(found, of_person(found)), made_at=now())
    return papers.download(content, name=f"complaint-{found.received_on}.pdf", content_type="application/pdf")


@require_POST
@requires(FOLLOW_COMPLAINT)
def answer(request: DeskRequest, complaint_id: UUID) -> HttpResponse:
    get_object_or_404(Complaint, pk=complaint_id)
    form = AnswerForm(request.POST)
    if form.carries_out(lambda: actions.answer(complaint_id=complaint_id, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The answer is recorded."))
        return redirect("desk:cases:complaint", complaint_id)
    return _page(request, complaint_id, answer_form=form)


@require_POST
@requires(FOLLOW_COMPLAINT)
def close(request: DeskRequest, complaint_id: UUID) -> HttpResponse:
    get_object_or_404(Complaint, pk=complaint_id)
    form = CloseForm(request.POST)
    if form.carries_out(lambda: actions.close(complaint_id=complaint_id, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The complaint is closed."))
        return redirect("desk:cases:complaint", complaint_id)
    return _page(request, complaint_id, close_form=form)


def _page(request: DeskRequest, complaint_id: UUID, **bound: ActionForm) -> HttpResponse:
    found = complaints.get(complaint_id, by=request.actor)
    offered = complaints.recipients_for(found)
    listed = complaints.institutions()
    context = {
        "complaint": found,
        "kind": facts.label(complaints.KINDS, found.kind),
        "about": about_whom(found),
        "who": persons.labels([found.person_id], by=request.actor).get(found.person_id, "") if found.person_id else "",
        "evidence": [str(Evidence(each).label) for each in found.evidence],
        "outcomes": [str(ComplaintOutcome(each).label) for each in found.outcomes],
        "recipient": str(listed.get(found.recipient).name) if found.recipient else "",
        "moves": [(move, str(listed.get(move.recipient).name) if move.recipient else "") for move in found.moves.all()],
        "barred": [str(listed.get(code).name) for code in sorted(complaints.barred_for(found))],
        "offered": offered,
        "is_unknown": bool(found.institution_name) and not complaints.accused_in(found) and not found.agency_id,
        "may_pass_on": found.state != ComplaintState.CLOSED,
        "pass_form": bound.get("pass_form") or PassOnForm(complaint=found, offered=offered),
        "answer_form": bound.get("answer_form") or AnswerForm(auto_id="answer_%s"),
        "close_form": bound.get("close_form") or CloseForm(auto_id="close_%s"),
        "bound": next(iter(bound), ""),
    }
    return render(request, "desk/cases/offers/complaint.html", context, status=UNPROCESSABLE if bound else 200)
