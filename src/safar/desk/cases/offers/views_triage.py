from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from safar.cases.actions import triage as actions
from safar.cases.models import Contact, Triage
from safar.cases.permissions import MANAGE_REFERRAL, RECORD_CONTACT
from safar.cases.queries import triage as queries
from safar.desk.access import requires
from safar.desk.cases.offers.forms_triage import HandOverForm, TriageForm
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.multilingual import Multilingual
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.people.queries import persons
from safar.trust.permissions import WRITE_SEALED
from safar.trust.queries import centres


@requires(RECORD_CONTACT)
def ask_person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    return _ask(request, person_id=person_id)


@requires(RECORD_CONTACT)
def ask_contact(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    found = get_object_or_404(Contact, pk=contact_id)
    return _ask(request, person_id=found.person_id, contact_id=contact_id)


def _ask(request: DeskRequest, *, person_id: UUID | None, contact_id: UUID | None = None) -> HttpResponse:
    form = TriageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = actions.ask(
            yes=form.yes(),
            centre=centres.home_of(request.actor),
            person_id=person_id,
            contact_id=contact_id,
            form_key=request.POST.get("form_key", ""),
            by=request.actor,
        )
        return redirect("desk:cases:triage", found.pk)
    context = {
        "form": form,
        "who": persons.labels([person_id], by=request.actor).get(person_id, "") if person_id else "",
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    return render(request, "desk/cases/offers/triage_ask.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_GET
@requires(RECORD_CONTACT)
def cards(request: DeskRequest, triage_id: UUID) -> HttpResponse:
    """Show the cards a yes opened, in the words that were shown then, and the way to hand over."""
    get_object_or_404(Triage, pk=triage_id)
    return _page(request, triage_id)


@require_POST
@requires(MANAGE_REFERRAL)
def hand_over(request: DeskRequest, triage_id: UUID) -> HttpResponse:
    """Seal what was told and draft a referral; nothing is sent."""
    found = get_object_or_404(Triage, pk=triage_id)
    form = HandOverForm(request.POST, has_file=found.person_id is not None)
    if form.is_valid():
        try:
            referral = actions.hand_over(
                triage_id=triage_id,
                kind=form.cleaned_data.get("kind", ""),
                text=form.cleaned_data.get("text", ""),
                details=form.details(),
                form_key=request.POST.get("form_key", ""),
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The draft is written. Nothing has left the centre."))
            return redirect("desk:cases:referral", referral.pk)
    return _page(request, triage_id, form)


def _page(request: DeskRequest, triage_id: UUID, form: HandOverForm | None = None) -> HttpResponse:
    found = queries.get(triage_id, by=request.actor)
    shown = [_card(text.code, text.content) for text in queries.shown(found)]
    may_hand_over = request.actor.may(MANAGE_REFERRAL) and request.actor.may(WRITE_SEALED)
    first = shown[0] if shown else None
    context = {
        "triage": found,
        "cards": shown,
        "versions": [f"{text.code} {text.version}" for text in queries.shown(found)],
        "who": persons.labels([found.person_id], by=request.actor).get(found.person_id, "") if found.person_id else "",
        "may_hand_over": may_hand_over and not found.referral_id,
        "bound": form,
        "form": form
        or HandOverForm(has_file=found.person_id is not None, initial={"service": first["service"] if first else ""}),
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    return render(request, "desk/cases/offers/triage.html", context, status=UNPROCESSABLE if form else 200)


def _card(code: str, content: dict[str, object]) -> dict[str, object]:
    """Return the kept words of a card, each to be read in the language of the reader."""
    return {
        "code": code,
        "title": _text(content["title"]),
        "now": [_text(text) for text in _each(content["now"])],
        "avoid": [_text(text) for text in _each(content["avoid"])],
        "call": [{**line, "name": _text(line["name"])} for line in _each(content["call"])],
        "service": content["service"],
        "source": content["source"],
    }


def _each(value: object) -> list[dict[str, str]]:
    assert isinstance(value, list)  # noqa: S101  (narrows the type of kept JSON, whose shape is ours)
    return value


def _text(value: object) -> Multilingual:
    assert isinstance(value, dict)  # noqa: S101  (as above)
    return Multilingual(value)
