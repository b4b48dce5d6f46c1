"""The take-home sheet of a contact: looked at, printed, or sent through the consent gate."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from safar.cases.models import Contact
from safar.cases.permissions import PREPARE_DEPARTURE
from safar.cases.queries.departure_sheet import Sheet, sheet_of
from safar.desk import papers
from safar.desk.access import requires
from safar.desk.cases.departure.printing import sheet_pdf
from safar.desk.cases.departure.sheet import as_note, compose, language_for, languages
from safar.desk.cases.departure.views import PDF
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import now
from safar.kernel.once import fresh_key
from safar.messaging.actions import notes
from safar.messaging.channels.contract import installed
from safar.messaging.enums import REFUSALS, MessageKind, MessageState
from safar.messaging.permissions import SEND_MESSAGE
from safar.people.queries.consent import may_contact
from safar.reference.queries.codes import code_list
from safar.trust.enums import AuditVerb


@require_GET
@requires(PREPARE_DEPARTURE)
def sheet(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    """Show the sheet as it will be printed; where the client asked for discretion the discreet one comes first."""
    get_object_or_404(Contact, pk=contact_id)
    held = sheet_of(contact_id, by=request.actor)
    language, discreet = _wishes(request.GET, held)
    person_id = held.contact.person_id
    may_send = bool(person_id) and request.actor.may(SEND_MESSAGE)
    context = {
        "contact": held.contact,
        "sheet": compose(held, language=language, discreet=discreet),
        "sheet_languages": [(code, code_list("language").label(code)) for code in languages()],
        "wants_discretion": held.wants_discretion,
        "may_send": may_send,
        "channels": sorted(installed()) if may_send else [],
        "decision": may_contact(person_id, "email") if may_send and person_id else None,
        "form_key": fresh_key(),
    }
    response = render(request, "desk/cases/departure/sheet.html", context)
    # It is about a person and stands ready to be printed on a shared machine.
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@requires(PREPARE_DEPARTURE)
def print_sheet(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    get_object_or_404(Contact, pk=contact_id)
    held = sheet_of(contact_id, by=request.actor, verb=AuditVerb.EXPORT)
    language, discreet = _wishes(request.POST, held)
    content = sheet_pdf(compose(held, language=language, discreet=discreet), made_at=now())
    return papers.download(content, name="sheet.pdf", content_type=PDF)


@require_POST
@requires(SEND_MESSAGE)
def send_sheet(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    """Send the sheet; which of the two texts leaves follows from what was agreed for the address, not from this page."""
    contact = get_object_or_404(Contact, pk=contact_id)
    if contact.person_id is None:
        raise Http404(str(contact_id))  # without a file there is no address to send it to
    held = sheet_of(contact_id, by=request.actor)
    language, _discreet = _wishes(request.POST, held)
    full, discreet = (as_note(compose(held, language=language, discreet=quiet)) for quiet in (False, True))
    message = notes.send(
        person_id=contact.person_id,
        kind=MessageKind.SHEET,
        full=full,
        discreet=discreet,
        language=language,
        action="cases.sheet.send",
        channel=request.POST.get("channel", "email"),
        about_key=contact_id,
        form_key=request.POST.get("form_key", ""),
        by=request.actor,
    )
    if message.state == MessageState.REFUSED:
        messages.error(request, _("Not sent. %(reason)s") % {"reason": REFUSALS[message.refusal]})
    else:
        messages.success(request, _("The sheet is on its way."))
    return redirect("desk:cases:sheet", contact_id)


def _wishes(asked: QueryDict, held: Sheet) -> tuple[str, bool]:
    """Return language and discretion as chosen on the page, else as the client is known to want them."""
    chosen = asked.get("language", "")
    language = chosen if chosen in languages() else language_for(held.traveller.language)
    quiet = asked.get("discreet", "")
    return language, quiet == "1" if quiet in {"0", "1"} else held.wants_discretion
