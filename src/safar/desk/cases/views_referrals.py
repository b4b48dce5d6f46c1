from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import referrals as actions
from safar.cases.models import CaseFile, Contact, Referral
from safar.cases.permissions import MANAGE_REFERRAL
from safar.cases.queries import referrals
from safar.desk import papers
from safar.desk.access import requires
from safar.desk.cases import facts
from safar.desk.cases.forms_cases import MoveReferralForm, ReferralForm, SendForm
from safar.desk.cases.letters import referral_letter
from safar.desk.forms import UNPROCESSABLE, ActionForm
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import now, today
from safar.kernel.once import fresh_key
from safar.people.enums import SharedField
from safar.people.models import Person
from safar.people.queries import consent, persons
from safar.trust.queries import centres


@requires(MANAGE_REFERRAL)
def list_referrals(request: DeskRequest) -> HttpResponse:
    """Show referrals without an end, the most overdue first."""
    found = referrals.waiting(by=request.actor)
    people = persons.labels({each.person_id for each in found if each.person_id}, by=request.actor)
    lines = [
        {
            "referral": each,
            "who": people.get(each.person_id, "") if each.person_id else _("Without a file"),
            "service": facts.label("referral_service", each.service),
            "is_late": each.due_on < today(),
        }
        for each in found
    ]
    return render(request, "desk/cases/referrals.html", {"lines": lines})


@requires(MANAGE_REFERRAL)
def refer_person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    return _refer(request, person_id=person_id)


@requires(MANAGE_REFERRAL)
def refer_contact(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    found = get_object_or_404(Contact, pk=contact_id)
    return _refer(request, person_id=found.person_id, contact_id=contact_id)


@requires(MANAGE_REFERRAL)
def refer_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    found = get_object_or_404(CaseFile, pk=case_id)
    return _refer(request, person_id=found.person_id, case_id=case_id)


def _refer(
    request: DeskRequest, *, person_id: UUID | None, contact_id: UUID | None = None, case_id: UUID | None = None
) -> HttpResponse:
    form = ReferralForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            referral = actions.draft(
                details=form.details(),
                centre=centres.home_of(request.actor),
                person_id=person_id,
                contact_id=contact_id,
                case_id=case_id,
                form_key=request.POST.get("form_key", ""),
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The referral is written. Nothing has left the centre yet."))
            return redirect("desk:cases:referral", referral.pk)
    person = persons.open_file(person_id, by=request.actor) if person_id else None
    context = {
        "form": form,
        "who": person.full_name if person else "",
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/refer.html", context, status=status)


@requires(MANAGE_REFERRAL)
def referral(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    get_object_or_404(Referral, pk=referral_id)
    return _page(request, referral_id)


@require_POST
@requires(MANAGE_REFERRAL)
def send_referral(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    form = SendForm(request.POST, referral=get_object_or_404(Referral, pk=referral_id))
    if form.is_valid():
        try:
            actions.send(referral_id=referral_id, agreed=form.agreed(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The referral is marked as sent."))
            return redirect("desk:cases:referral", referral_id)
    return _page(request, referral_id, send_form=form)


@require_POST
@requires(MANAGE_REFERRAL)
def letter(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    """Give the letter for the recipient: what the person agreed to and nothing else."""
    get_object_or_404(Referral, pk=referral_id)
    try:
        given = actions.letter(referral_id=referral_id, by=request.actor)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return redirect("desk:cases:referral", referral_id)
    content = papers.pdf(referral_letter(given), made_at=now())
    return papers.download(content, name=f"referral-{given.referral.made_on}.pdf", content_type="application/pdf")


@require_POST
@requires(MANAGE_REFERRAL)
def move_referral(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    form = MoveReferralForm(request.POST, referral=get_object_or_404(Referral, pk=referral_id))
    if form.is_valid():
        try:
            actions.move(referral_id=referral_id, by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The new state is recorded."))
            return redirect("desk:cases:referral", referral_id)
    return _page(request, referral_id, move_form=form)


def _page(request: DeskRequest, referral_id: UUID, **bound: ActionForm) -> HttpResponse:
    found = referrals.get(referral_id, by=request.actor)
    gate = consent.decide(found.person_id, actions.sharing(found)) if found.person_id else None
    move_form = bound.get("move_form") or MoveReferralForm(referral=found)
    context = {
        "referral": found,
        "service": facts.label("referral_service", found.service),
        "urgency": facts.label("referral_urgency", found.urgency),
        "moves": found.moves.all(),
        "send_form": bound.get("send_form") or SendForm(referral=found),
        "move_form": move_form,
        "may_move": bool(move_form.choice("to").choices),
        "has_consent": gate is None or gate.allowed,
        "refusal": gate.words if gate else "",
        "told": [str(field.label) for field in SharedField if found.person_id and field in found.told],
        "bound": next(iter(bound), ""),
    }
    return render(request, "desk/cases/referral.html", context, status=UNPROCESSABLE if bound else 200)
