"""Reminding somebody of an appointment or a session, through the consent gate."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safar.desk.access import requires
from safar.desk.messaging.forms import ReminderForm
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key
from safar.messaging.actions import outbox
from safar.messaging.enums import MessageState
from safar.messaging.permissions import SEND_MESSAGE
from safar.people.models import Person
from safar.people.queries.consent import may_contact
from safar.people.queries.persons import open_file
from safar.people.rules import telling_words
from safar.trust.models import Centre
from safar.trust.queries import centres
from safar.trust.queries.profile import profile

CHANNEL = "email"


def _neutral_place(centre: Centre, language: str) -> str:
    """Return the address, for the name of a centre tells others what it is about; without one the place is left to say."""
    place = centre.address.text(language) or centre.name.text(language)
    return "" if telling_words(place) else place


@requires(SEND_MESSAGE)
def remind(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Say beforehand whether the gate lets a reminder through, and send it."""
    get_object_or_404(Person, pk=person_id)
    person = open_file(person_id, by=request.actor)
    gate = may_contact(person_id, CHANNEL)
    spoken = person.language if person.language in profile().languages.public else profile().default_language
    initial = {"place": _neutral_place(centres.home_of(request.actor), spoken), "language": spoken}
    form = ReminderForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        message = outbox.send_reminder(
            person_id=person_id,
            kind=form.cleaned_data["kind"],
            at=form.moment(),
            place=form.cleaned_data["place"],
            language=form.cleaned_data["language"],
            channel=CHANNEL,
            form_key=request.POST.get("form_key", ""),
            by=request.actor,
        )
        message.refresh_from_db()
        if message.state == MessageState.REFUSED:
            messages.warning(request, message.get_refusal_display())
        elif message.state == MessageState.FAILED:
            messages.error(request, _("The channel did not take the message. It stands in the list of reminders."))
        else:
            messages.success(request, _("The reminder is on its way."))
        return redirect("desk:people:file", person_id)
    context = {
        "person": person,
        "form": form,
        "refusal": gate.words,
        "agreed": gate.contact_point.agreed if gate.contact_point else None,
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    return render(request, "desk/messaging/remind.html", context, status=422 if request.method == "POST" else 200)
