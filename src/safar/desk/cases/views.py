from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from safar.cases.actions import contacts as contact_actions
from safar.cases.actions import follow_ups as follow_up_actions
from safar.cases.models import Contact
from safar.cases.permissions import ASK_OPINION, MANAGE_REFERRAL, PREPARE_DEPARTURE, READ_CONTACT, RECORD_CONTACT
from safar.cases.queries import contacts, opinions
from safar.desk.access import requires
from safar.desk.cases import facts
from safar.desk.cases.forms import ContactForm, cards_told
from safar.desk.cases.recording import Recording
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.middleware import DeskRequest
from safar.guide.queries.facts import cards as answer_cards
from safar.reference.queries.codes import code_list
from safar.trust.permissions import WRITE_SEALED
from safar.trust.queries import sealed

_MOST_CARDS = 12


@requires(RECORD_CONTACT)
def new_contact(request: DeskRequest, person_id: UUID | None = None) -> HttpResponse:
    """Find or register somebody and record the contact, all on one page and, at the end, in one action."""
    page = Recording(request, person_id)
    status = 200
    if request.method == "POST":
        if page.is_complete() and (contact := page.save()):
            messages.success(request, _("The contact is recorded."))
            return redirect("desk:cases:contact", contact.pk)
        status = 200 if page.is_answered_first else UNPROCESSABLE
    return render(request, "desk/cases/new_contact.html", page.context(), status=status)


@require_GET
@requires(RECORD_CONTACT)
def cards(request: DeskRequest) -> HttpResponse:
    """Give the answer cards for a topic and destination, the same part that the whole page has."""
    topic = request.GET.get("topic", "")
    found = answer_cards(topic, request.GET.get("destination", ""))[:_MOST_CARDS] if topic else []
    form = ContactForm(cards=found)
    return render(request, "desk/cases/_cards.html", {"form": form, "cards": found})


@requires(READ_CONTACT)
def list_contacts(request: DeskRequest) -> HttpResponse:
    """Show the latest contacts of the own centre; names only on request, which the trail then holds."""
    found = contacts.recent(by=request.actor)
    context = {"lines": facts.lines(found, by=request.actor, with_names="names" in request.GET)}
    return render(request, "desk/cases/list.html", context | {"with_names": "names" in request.GET})


@requires(READ_CONTACT)
def contact(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    get_object_or_404(Contact, pk=contact_id)
    found = contacts.get(contact_id, by=request.actor)
    context = {
        "contact": found,
        "facts": facts.of_contact(found),
        "cards": cards_told(found),
        "flags": facts.flags_of(found),
        "revisions": facts.revisions_of(found),
        "outcomes": code_list("contact_outcome").choices(),
        "may_change": request.actor.may(RECORD_CONTACT) and not found.is_void,
        "may_ask_opinion": request.actor.may(ASK_OPINION) and not found.is_void,
        "opinions": opinions.about(contact_id=found.pk),
        "may_refer": request.actor.may(MANAGE_REFERRAL) and not found.is_void,
        "may_prepare": request.actor.may(PREPARE_DEPARTURE) and not found.is_void,
        "may_seal": request.actor.may(WRITE_SEALED),
        "sealed_part": found.person_id and sealed.part_for(found.person_id, by=request.actor),
    }
    return render(request, "desk/cases/contact.html", context)


@requires(RECORD_CONTACT)
def correct(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    """Change a contact; the reason is asked, what stood there before is kept."""
    get_object_or_404(Contact, pk=contact_id)
    found = contacts.get(contact_id, by=request.actor)
    shown = [*cards_told(found)]
    offered = answer_cards(found.primary_topic, found.destination)[:_MOST_CARDS]
    shown += [card for card in offered if card.version_id not in {each.version_id for each in shown}]
    form = ContactForm(request.POST if request.method == "POST" else None, contact=found, cards=shown)
    if request.method == "POST" and form.is_valid():
        try:
            contact_actions.correct(
                contact_id=contact_id, details=form.details(), reason=request.POST.get("reason", ""), by=request.actor
            )
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The contact is corrected."))
            return redirect("desk:cases:contact", contact_id)
    context = {"form": form, "contact": found, "cards": shown, "reason": request.POST.get("reason", "")}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/cases/correct.html", context, status=status)


@require_POST
@requires(RECORD_CONTACT)
def void(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    get_object_or_404(Contact, pk=contact_id)
    try:
        contact_actions.void(contact_id=contact_id, reason=request.POST.get("reason", ""), by=request.actor)
    except ValidationError as error:
        tell(request, error)
    else:
        messages.success(request, _("The contact no longer counts."))
    return redirect("desk:cases:contact", contact_id)


@requires(READ_CONTACT)
def follow_ups(request: DeskRequest) -> HttpResponse:
    """Show whom to get in touch with: overdue, today, and the coming two weeks; or all of one of these, page by page."""
    group, page = request.GET.get("group", ""), None
    if group in facts.GROUPS:
        found = facts.follow_ups_in(group, by=request.actor)
        page = Paginator(found, facts.PAGE).get_page(request.GET.get("page"))
        groups = [facts.follow_up_group(group, list(page.object_list), by=request.actor)]
    else:
        groups = facts.follow_up_groups(by=request.actor)
    context = {
        "groups": groups,
        "page": page,
        "outcomes": code_list("contact_outcome").choices(),
        "may_change": request.actor.may(RECORD_CONTACT),
    }
    return render(request, "desk/cases/follow_ups.html", context)


@require_POST
@requires(RECORD_CONTACT)
def follow_up_done(request: DeskRequest, contact_id: UUID) -> HttpResponse:
    get_object_or_404(Contact, pk=contact_id)
    try:
        follow_up_actions.done(contact_id=contact_id, outcome=request.POST.get("outcome", ""), by=request.actor)
    except ValidationError as error:
        tell(request, error)
    else:
        messages.success(request, _("The follow-up is done."))
    return redirect("desk:cases:follow_ups" if "from_list" in request.POST else "desk:cases:contact", *(
        () if "from_list" in request.POST else (contact_id,)
    ))  # fmt: skip
