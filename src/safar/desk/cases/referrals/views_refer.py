"""Writing a referral: first the service, then who offers it, nearest first."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safar.cases.actions import referrals as actions
from safar.cases.models import CaseFile, Contact, Referral
from safar.cases.permissions import MANAGE_REFERRAL
from safar.cases.rules.referrals import link_rule
from safar.desk.access import requires
from safar.desk.cases.referrals.forms import ReferralForm
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.desk.partners.offers import shown_offers
from safar.kernel.once import fresh_key
from safar.partners.queries import services
from safar.people.models import Person
from safar.people.queries import persons
from safar.reference.queries import codes
from safar.trust.models import Centre
from safar.trust.queries import centres


@dataclass(frozen=True, slots=True)
class About:
    """Whom a referral is about: the file, the contact or the case it starts from, and where the person lives if known."""

    person_id: UUID | None
    contact_id: UUID | None = None
    case_id: UUID | None = None
    region: str = ""
    district: str = ""


@requires(MANAGE_REFERRAL)
def refer_person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    return _refer(request, About(person_id))


@requires(MANAGE_REFERRAL)
def refer_contact(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    found = get_object_or_404(Contact, pk=contact_id)
    return _refer(request, About(found.person_id, contact_id, None, found.region, found.district))


@requires(MANAGE_REFERRAL)
def refer_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    found = get_object_or_404(CaseFile, pk=case_id)
    return _refer(request, About(found.person_id, None, case_id))


def _refer(request: DeskRequest, about: About) -> HttpResponse:
    """Show the form, the offers of a service once it is chosen, or write the draft.

    The service is posted, not put into the address: beside a person's id it would say what they need.
    """
    person = persons.open_file(about.person_id, by=request.actor) if about.person_id else None
    home = centres.home_of(request.actor)
    region, district = (person.region, person.district) if person else (about.region, about.district)
    service = request.POST.get("service", "")
    known = codes.is_known("referral_service", service)
    offers = services.offering(service, region=region, district=district, by=request.actor) if known else []
    only_looking = "show" in request.POST
    form = ReferralForm(
        request.POST if request.method == "POST" and not only_looking else None,
        offers=offers,
        home=home.pk,
        initial=_typed(request) if only_looking else {},
    )
    if form.is_bound and form.is_valid() and (written := _write(request, about, form, home)):
        messages.success(request, _("The referral is written. Nothing has left the centre yet."))
        return redirect("desk:cases:referral", written.pk)
    context = {
        "form": form,
        "who": person.full_name if person else "",
        "service": service if known else "",
        "offers": shown_offers(offers, form["chosen_offer"].value()),
        "link_rule": link_rule(service) if known else "",
        "has_place": bool(region),
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "desk/cases/referrals/refer.html", context, status=status)


def _write(request: DeskRequest, about: About, form: ReferralForm, home: Centre) -> Referral | None:
    """Write the draft, or put what is wrong into the form."""
    try:
        return actions.draft(
            details=form.details(),
            centre=home,
            person_id=about.person_id,
            contact_id=about.contact_id,
            case_id=about.case_id,
            form_key=request.POST.get("form_key", ""),
            by=request.actor,
        )
    except ValidationError as error:
        form.add_problems(error)
        return None


def _typed(request: DeskRequest) -> dict[str, object]:
    """Return what was typed so far, so that looking for who offers the service loses nothing of it."""
    plain = {name: request.POST.get(name, "") for name in ("service", "urgency", "due_on", "text", "recipient")}
    return plain | {"fields_shared": request.POST.getlist("fields_shared"), "abroad": request.POST.get("abroad", "")}
