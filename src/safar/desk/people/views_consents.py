"""A person's consents: what they said and when, asking again, taking back, the paper form; and how they may be reached."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk import papers
from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.desk.people.consent_paper import Asked, consent_paper
from safar.desk.people.forms_consents import DecisionForm, PaperForm, ReachForm
from safar.desk.people.reaching import agreed_lines
from safar.kernel.clock import now, today
from safar.kernel.once import fresh_key
from safar.people.actions import consents, contact_points
from safar.people.enums import ConsentPurpose
from safar.people.models import ContactPoint, Person
from safar.people.permissions import READ_PERSON, RECORD_CONSENT
from safar.people.queries import consent as queries
from safar.people.queries import persons
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.queries.profile import profile


@requires(READ_PERSON)
def show(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Show what the person agreed to and refused, now and before, and how they may be reached."""
    return _page(request, person_id)


@require_POST
@requires(RECORD_CONSENT)
def decide(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    form = DecisionForm(request.POST)
    if form.carries_out(
        lambda: consents.decide(
            person_id=person_id,
            details=form.decision(),
            form_key=request.POST.get("form_key", ""),
            by=request.actor,
        )
    ):
        messages.success(request, _("The decision is recorded."))
        return redirect("desk:people:consents", person_id)
    return _page(request, person_id, decision_form=form)


@require_POST
@requires(RECORD_CONSENT)
def withdraw(request: DeskRequest, grant_id: UUID) -> HttpResponse:
    grant = consents.withdraw(grant_id=grant_id, by=request.actor)
    messages.success(request, _("The consent is withdrawn from now on."))
    return redirect("desk:people:consents", grant.person_id)


@require_POST
@requires(RECORD_CONSENT)
def paper(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Give the form of consent as a PDF to print and sign; that it was printed is on the trail."""
    get_object_or_404(Person, pk=person_id)
    form = PaperForm(request.POST)
    if not form.is_valid():
        return _page(request, person_id, paper_form=form)
    person, data = persons.open_file(person_id, by=request.actor), form.cleaned_data
    asked = Asked(data["purposes"], data["language"], data["recipient"], data["fields_shared"], data["abroad"])
    content = papers.pdf(consent_paper(person, asked, on=today()), made_at=now())
    audit.record(
        by=request.actor,
        action="people.consent.form",
        verb=AuditVerb.EXPORT,
        person_key=person_id,
        fields=data["purposes"],
    )
    return papers.download(content, name=f"consent-{person.client_number}.pdf", content_type="application/pdf")


@requires(RECORD_CONSENT)
def reach(request: DeskRequest, point_id: UUID) -> HttpResponse:
    """Record what was agreed on one number or address: when, with which words, who else answers."""
    point = get_object_or_404(ContactPoint, pk=point_id)
    person = persons.open_file(point.person_id, by=request.actor)
    form = ReachForm(request.POST or None, point=point)
    if request.method == "POST" and form.is_valid():
        try:
            contact_points.agree(
                point_id=point_id, safety=form.cleaned_data["safety"], agreed=form.agreed(), by=request.actor
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("What was agreed is recorded."))
            return redirect("desk:people:consents", point.person_id)
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"form": form, "point": point, "person": person}
    return render(request, "desk/people/consents_reach.html", context, status=status)


def _readings(language: str) -> list[tuple[str, str]]:
    """Return what is read out in one language, purpose by purpose."""
    return [(str(purpose.label), profile().consent_text(purpose, language).text) for purpose in ConsentPurpose]


def _page(request: DeskRequest, person_id: UUID, **bound: object) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    person = persons.open_file(person_id, by=request.actor)
    standing = queries.standing(person_id)
    in_force = {grant.pk for grant in standing if queries.is_in_force(grant)}
    spoken = dict(profile().consent_language_choices())
    language = person.language if person.language in spoken else profile().default_language
    context = {
        "person": person,
        "standing": [(grant, grant.pk in in_force) for grant in standing],
        "history": queries.history(person_id),
        "points": [(point, agreed_lines(point)) for point in person.contact_points.all()],
        "texts": [(code, name, _readings(code)) for code, name in spoken.items()],
        "language": language,
        "decision_form": DecisionForm(initial={"text_language": language}),
        "paper_form": PaperForm(initial={"language": language}),
        "form_key": request.POST.get("form_key") or fresh_key(),
        "may_record": request.actor.may(RECORD_CONSENT),
        "bound": next(iter(bound), ""),
    }
    return render(request, "desk/people/consents.html", context | bound, status=UNPROCESSABLE if bound else 200)
