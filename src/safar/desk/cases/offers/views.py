from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from safar.cases.actions import offers as actions
from safar.cases.enums.offers import OfferOutcome
from safar.cases.models import Contact, OfferCheck
from safar.cases.permissions import CHECK_OFFER
from safar.cases.queries import agencies, offer_checks
from safar.cases.rules.agency_names import Likeness
from safar.cases.rules.offers import unanswered
from safar.desk import papers
from safar.desk.access import requires
from safar.desk.cases.facts import label
from safar.desk.cases.offers import facts
from safar.desk.cases.offers.forms import NONE_OF_THESE, OfferForm, PrintForm
from safar.desk.cases.offers.paper import offer_paper
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import now
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.people.queries import persons
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.queries import centres
from safar.trust.queries.profile import OWN_NAMES, profile

A_PAGE = 50


@require_GET
@requires(CHECK_OFFER)
def checks(request: DeskRequest) -> HttpResponse:
    """List the checks of the own centre, without names."""
    page = Paginator(offer_checks.recent(by=request.actor), A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "check": check,
            "tone": facts.TONES[check.outcome],
            "destination": label("destination", check.destination),
        }
        for check in page.object_list
    ]
    return render(request, "desk/cases/offers/checks.html", {"page": page, "lines": lines})


@requires(CHECK_OFFER)
def check_offer(request: DeskRequest) -> HttpResponse:
    return _check(request)


@requires(CHECK_OFFER)
def check_offer_person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    return _check(request, person_id=person_id)


@requires(CHECK_OFFER)
def check_offer_contact(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    found = get_object_or_404(Contact, pk=contact_id)
    return _check(request, person_id=found.person_id, contact_id=contact_id, initial={"destination": found.destination})


def _check(
    request: DeskRequest,
    *,
    person_id: UUID | None = None,
    contact_id: UUID | None = None,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    form = OfferForm(request.POST if request.method == "POST" else None, initial=initial)
    asks_which = False
    if request.method == "POST":
        asks_which = _ask_which(form, request)
        if form.is_valid() and not asks_which:
            chosen = form.cleaned_data["agency"]
            check = actions.record(
                answers=form.answers(),
                centre=centres.home_of(request.actor),
                person_id=person_id,
                contact_id=contact_id,
                agency_id=UUID(chosen) if chosen and chosen != NONE_OF_THESE else None,
                form_key=request.POST.get("form_key", ""),
                by=request.actor,
            )
            return redirect("desk:cases:offer_check", check.pk)
    context = {
        "form": form,
        "who": persons.labels([person_id], by=request.actor).get(person_id, "") if person_id else "",
        "asks_which": asks_which,
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "desk/cases/offers/check_offer.html", context, status=status)


def _ask_which(form: OfferForm, request: DeskRequest) -> bool:
    """Offer the agencies a name is nearly that of; return whether one has still to be chosen."""
    typed = request.POST.get("agency_name", "").strip()
    hits = agencies.find(typed) if typed else []
    if not hits or any(hit.likeness is Likeness.SAME for hit in hits):
        return False
    form.offer_agencies(hits)
    return not request.POST.get("agency")


@require_GET
@requires(CHECK_OFFER)
def check(request: DeskRequest, check_id: UUID) -> HttpResponse:
    """Show what a check came to: the reasons, what to do about each, where they are known from."""
    get_object_or_404(OfferCheck, pk=check_id)
    found = offer_checks.get(check_id, by=request.actor)
    answers = offer_checks.answers_of(found.answers)
    reasons = offer_checks.reasons_of(found)
    standing = agencies.standing_on(found.agency, answers.contract_on or found.checked_on) if found.agency else None
    context = {
        "check": found,
        "outcome": OfferOutcome(found.outcome),
        "tone": facts.TONES[found.outcome],
        "stops": [reason for reason in reasons if reason.stops],
        "checks": [reason for reason in reasons if not reason.stops],
        "facts": facts.of_answers(answers),
        "still_open": facts.open_questions(unanswered(answers)) if found.answers else "",
        "standing": facts.of_standing(standing) if standing else "",
        "hotlines": profile().hotlines,
        "print_form": PrintForm(
            languages=[(code, OWN_NAMES[code]) for code, _name in settings.LANGUAGES],
            initial={"language": _language_of(found)},
        ),
    }
    return render(request, "desk/cases/offers/check.html", context)


@require_POST
@requires(CHECK_OFFER)
def paper(request: DeskRequest, check_id: UUID) -> HttpResponse:
    """Print a check for the client, in their language."""
    get_object_or_404(OfferCheck, pk=check_id)
    found = offer_checks.get(check_id, by=request.actor)
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        messages.error(request, _("Choose one of the values offered."))
        return redirect("desk:cases:offer_check", check_id)
    audit.record(
        by=request.actor,
        action="cases.offer.paper",
        verb=AuditVerb.EXPORT,
        person_key=found.person_id,
        subject_key=found.pk,
    )
    content = papers.pdf(offer_paper(found, language), made_at=now())
    return papers.download(content, name=f"offer-{found.checked_on}.pdf", content_type="application/pdf")


def _language_of(check: OfferCheck) -> str:
    spoken = check.person.language if check.person else check.contact.language if check.contact else ""
    return papers.language_for(spoken or profile().default_language)
