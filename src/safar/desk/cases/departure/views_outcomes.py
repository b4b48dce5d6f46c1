"""What became of a departure: recorded with its day, asked again before and after leaving."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from safar.cases.actions import departure as actions
from safar.cases.enums.cases import CaseKind
from safar.cases.enums.departure import Outcome, OutcomeStage
from safar.cases.models import CaseFile, Contact, DepartureOutcome
from safar.cases.permissions import RECORD_OUTCOME
from safar.cases.queries import departure
from safar.cases.rules.departure_outcomes import suggested, when_to_ask
from safar.desk.access import requires
from safar.desk.cases.departure.forms import OutcomeForm
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.people.permissions import READ_PERSON
from safar.people.queries import persons
from safar.people.queries.consent import who_may_be_followed_up
from safar.reference.queries.codes import code_list
from safar.trust.queries import centres

AHEAD_DAYS = 14
ROWS_A_PAGE = 25
MONTHS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ToAsk:
    """One departure somebody is to ask about; without a name where there is none or nobody may be called."""

    row: DepartureOutcome
    who: str
    url: str
    days_late: int
    may_be_asked: bool


@requires(RECORD_OUTCOME)
def outcome_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Show and add what became of the departure of a case file."""
    case = get_object_or_404(CaseFile.objects.select_related("person"), pk=case_id, kind=CaseKind.PRE_DEPARTURE)
    back = reverse("desk:cases:case", args=[case.pk])
    return _page(request, back, case.destination, who=case.person.full_name if case.person else "", case_id=case.pk)


@requires(RECORD_OUTCOME)
def outcome_contact(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    """Show and add what became of a departure talked about in a contact, when there is no case file."""
    contact = get_object_or_404(Contact.objects.select_related("person"), pk=contact_id)
    back = reverse("desk:cases:contact", args=[contact.pk])
    who = contact.person.full_name if contact.person else ""
    return _page(request, back, contact.destination, who=who, contact_id=contact.pk)


def _page(request: DeskRequest, back: str, destination: str, *, who: str, **of: UUID) -> HttpResponse:
    rows = departure.outcomes(**of, by=request.actor)
    latest = rows[0] if rows else None
    form = OutcomeForm(
        request.POST if request.method == "POST" else None,
        before=latest.outcome if latest else "",
        initial=_initial(latest, destination),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_outcome(
                details=form.details(),
                centre=centres.home_of(request.actor),
                form_key=request.POST.get("form_key", ""),
                **of,
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("It is recorded, with its day."))
            return redirect(request.path)
    context = {
        "form": form,
        "rows": [(row, _scheme(row)) for row in rows],
        "who": who,
        "back": back,
        "suggestions": _suggestions(latest),
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/departure/outcome.html", context, status=status)


def _initial(latest: DepartureOutcome | None, destination: str) -> dict[str, object]:
    """Begin with what is known: where to, since when, and by what way."""
    if latest is None:
        return {"destination": destination, "stage": OutcomeStage.BEFORE, "ask_again_on": _again(None)}
    after = latest.left_on is not None
    return {
        "destination": latest.destination or destination,
        "scheme": latest.scheme,
        "left_on": latest.left_on,
        "stage": OutcomeStage.AFTER if after else OutcomeStage.BEFORE,
        "ask_again_on": _again(latest),
    }


def _again(latest: DepartureOutcome | None) -> dt.date | None:
    return suggested(latest.outcome, latest.left_on, today()) if latest else None


def _suggestions(latest: DepartureOutcome | None) -> list[dt.date]:
    """Return one and three months after leaving, as far as these days are still to come."""
    if latest is None or latest.left_on is None:
        return []
    return [day for months in (1, 3) if (day := when_to_ask(latest.left_on, months)) > today()]


def _scheme(row: DepartureOutcome) -> str:
    return str(code_list("departure_scheme").label(row.scheme)) if row.scheme else ""


@require_GET
@requires(RECORD_OUTCOME)
def departures(request: DeskRequest) -> HttpResponse:
    """Show whom to ask about their departure, open files nobody asked about yet, and what became of departures by month."""
    part = request.GET.get("part", "")
    context: dict[str, object] = {"part": part, "tabs": _tabs(part)}
    if part == "never":
        cases = Paginator(departure.never_asked(by=request.actor), ROWS_A_PAGE).get_page(request.GET.get("page"))
        people = _names({case.person_id for case in cases if case.person_id}, request.actor)
        lines = [(case, people.get(case.person_id, "") if case.person_id else "") for case in cases]
        context |= {"page_obj": cases, "lines": lines}
    elif part == "months":
        context["months"] = _months(request.actor)
    else:
        until = today() + dt.timedelta(days=AHEAD_DAYS)
        rows = Paginator(departure.to_ask(by=request.actor, until=until), ROWS_A_PAGE).get_page(request.GET.get("page"))
        context |= {"page_obj": rows, "lines": _to_ask(list(rows), request.actor)}
    return render(request, "desk/cases/departure/departures.html", context)


def _tabs(part: str) -> list[dict[str, object]]:
    labels = {"": _("To ask"), "never": _("Never asked"), "months": _("By month")}
    return [{"part": code, "label": label, "is_current": code == part} for code, label in labels.items()]


def _to_ask(rows: list[DepartureOutcome], by: Actor) -> list[ToAsk]:
    whose = {row.pk: (row.case_file or row.contact).person_id for row in rows}  # type: ignore[union-attr]
    people = {person for person in whose.values() if person}
    allowed = who_may_be_followed_up(people)
    names = _names(allowed, by)
    lines = []
    for row in rows:
        person = whose[row.pk]
        may = person is None or person in allowed
        url = (
            reverse("desk:cases:outcome_case", args=[row.case_file_id])
            if row.case_file_id
            else reverse("desk:cases:outcome_contact", args=[row.contact_id])
        )
        who = names.get(person, "") if person else ""
        late = max((today() - row.ask_again_on).days, 0) if row.ask_again_on else 0
        lines.append(ToAsk(row, who, url, late, may))
    return lines


def _names(people: set[UUID], by: Actor) -> dict[UUID, str]:
    return persons.labels(people, by=by) if people and by.may(READ_PERSON) else {}


def _months(by: Actor) -> list[tuple[dt.date, list[tuple[str, str, int]]]]:
    """Return the latest months with what became of departures; months are not added up, since one may stand in two."""
    first = today().replace(day=1)
    for _month in range(MONTHS_SHOWN - 1):
        first = (first - dt.timedelta(days=1)).replace(day=1)
    found = departure.by_month(first=first, last=today(), centre_ids=[by.centre_id] if by.centre_id else [])
    months: dict[dt.date, list[tuple[str, str, int]]] = {}
    schemes = code_list("departure_scheme")
    for row in found:
        scheme = str(schemes.label(row.scheme)) if row.scheme else ""
        months.setdefault(row.month, []).append((str(Outcome(row.outcome).label), scheme, row.departures))
    return sorted(months.items(), reverse=True)
