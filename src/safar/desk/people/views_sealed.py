"""Sealed notes at the desk: write one, ask for them to be opened, decide on a colleague's request, read them for half an hour."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.desk.people.forms_sealed import AskForm, ReaderForm, SealedNoteForm
from safar.kernel.clock import now
from safar.kernel.once import fresh_key
from safar.people.models import Person
from safar.people.queries import persons
from safar.trust.actions import sealed as actions
from safar.trust.actions import sealed_reading
from safar.trust.enums import OpeningPurpose, SealedKind
from safar.trust.models import SealedOpening, SealedReader
from safar.trust.permissions import NAME_READERS, READ_SEALED, WRITE_SEALED
from safar.trust.queries import sealed as queries
from safar.trust.queries import sealed_key


@requires(READ_SEALED)
def sealed(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """The sealed part of a person: to everybody a place to put notes in, to named readers also a door."""
    get_object_or_404(Person, pk=person_id)
    return _page(request, person_id)


@require_POST
@requires(WRITE_SEALED)
def write(request: DeskRequest, person_id: UUID) -> HttpResponse:
    get_object_or_404(Person, pk=person_id)
    form = SealedNoteForm(request.POST)
    if form.carries_out(
        lambda: actions.write(
            person_key=person_id,
            kind=form.cleaned_data["kind"],
            text=form.cleaned_data["text"],
            about_key=form.cleaned_data["about"],
            form_key=request.POST.get("form_key", ""),
            by=request.actor,
        )
    ):
        messages.success(request, _("The note is sealed. Only named readers can have it opened."))
        return redirect("desk:people:sealed", person_id)
    return _page(request, person_id, note_form=form)


@require_POST
@requires(READ_SEALED)
def ask(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Ask for the notes to be opened: to read them, or (a data-protection officer) for the person's own copy."""
    get_object_or_404(Person, pk=person_id)
    form = AskForm(request.POST)
    purpose = OpeningPurpose.COPY if request.POST.get("purpose") == OpeningPurpose.COPY else OpeningPurpose.READ
    if form.carries_out(
        lambda: actions.ask(
            person_key=person_id,
            purpose=purpose,
            reason=form.cleaned_data["reason"],
            form_key=request.POST.get("form_key", ""),
            by=request.actor,
        )
    ):
        messages.success(request, _("Your request waits for a second person."))
        return redirect("desk:people:sealed", person_id)
    return _page(request, person_id, **{"copy_form" if purpose == OpeningPurpose.COPY else "ask_form": form})


def _page(request: DeskRequest, person_id: UUID, **forms: SealedNoteForm | AskForm) -> HttpResponse:
    actor = request.actor
    names_readers = actor.may(NAME_READERS)
    bound = next(iter(forms.values()), None)
    about = request.GET.get("about", "")
    context = {
        "person_id": person_id,
        "label": persons.labels([person_id], by=actor).get(person_id, ""),
        "part": queries.part_for(person_id, by=actor),
        "may_write": actor.may(WRITE_SEALED),
        "has_key": sealed_key.is_there(),
        "names_readers": names_readers,
        "bound": bound,
        "note_form": SealedNoteForm(initial={"about": about}),
        "ask_form": AskForm(),
        "copy_form": AskForm(auto_id="copy_%s"),
        "reader_form": ReaderForm(of_person=True, but=actor.id, initial={"person": person_id})
        if names_readers
        else None,
        "form_key": request.POST.get("form_key") or fresh_key(),
        **forms,
    }
    return render(request, "desk/people/sealed.html", context, status=UNPROCESSABLE if bound else 200)


@requires(READ_SEALED)
def read(request: DeskRequest, opening_id: UUID) -> HttpResponse:
    """Show the notes while they are open to who asked; each one shown leaves a row in the trail."""
    opening = get_object_or_404(SealedOpening, pk=opening_id, asked_by_id=request.actor.id)
    if opening.open_until is None or opening.open_until <= now():
        messages.error(request, _("These notes are closed again. Ask once more if you need them."))
        return redirect("desk:people:sealed", opening.person_key)
    try:
        notes = sealed_reading.read(opening_id, by=request.actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("desk:people:sealed", opening.person_key)
    context = {
        "opening": opening,
        "label": persons.labels([opening.person_key], by=request.actor).get(opening.person_key, ""),
        "notes": [(note, SealedKind(note.kind).label) for note in notes],
    }
    return render(request, "desk/people/sealed_read.html", context)


@requires(READ_SEALED)
def waiting(request: DeskRequest) -> HttpResponse:
    """List the requests of colleagues that wait for this person's decision."""
    openings = queries.to_decide(by=request.actor)
    labels = persons.labels({opening.person_key for opening in openings}, by=request.actor)
    context = {
        "lines": [(opening, labels.get(opening.person_key, "")) for opening in openings],
        "names_readers": request.actor.may(NAME_READERS),
    }
    return render(request, "desk/people/sealed_requests.html", context)


@require_POST
@requires(READ_SEALED)
def decide(request: DeskRequest, opening_id: UUID) -> HttpResponse:
    allow = request.POST.get("answer") == "allow"
    try:
        actions.decide(opening_id=opening_id, allow=allow, by=request.actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = _("The notes are open to your colleague.") if allow else _("The request is refused.")
        messages.success(request, said)
    return redirect("desk:people:sealed_requests")


@requires(NAME_READERS)
def readers(request: DeskRequest) -> HttpResponse:
    """Name readers and end their duty; those of one person are named from that person's page."""
    of_person = bool(request.POST.get("person"))
    form = ReaderForm(request.POST or None, of_person=of_person, but=request.actor.id)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.name_reader(
                staff_id=UUID(data["staff"]),
                person_key=data["person"],
                kind=data["kind"],
                reason=data["reason"],
                until=data["until"],
                by=request.actor,
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The reader is named."))
            return redirect("desk:people:sealed_readers")
    standing = list(queries.readers(by=request.actor))
    labels = persons.labels({reader.person_key for reader in standing if reader.person_key}, by=request.actor)
    context = {
        "form": form,
        "lines": [(reader, labels.get(reader.person_key, "") if reader.person_key else "") for reader in standing],
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/people/sealed_readers.html", context, status=status)


@require_POST
@requires(NAME_READERS)
def reader_end(request: DeskRequest, reader_id: UUID) -> HttpResponse:
    get_object_or_404(SealedReader, pk=reader_id)
    actions.end_reader(reader_id=reader_id, by=request.actor)
    messages.success(request, _("The duty has ended."))
    return redirect("desk:people:sealed_readers")
