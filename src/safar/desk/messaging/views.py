from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.messaging.forms import AnswerForm, InboxFilter
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key
from safar.messaging.actions import enquiries as actions
from safar.messaging.enums import EnquiryState
from safar.messaging.permissions import ANSWER_INBOX, SEND_MESSAGE
from safar.messaging.queries import enquiries
from safar.messaging.queries import outbox as sent
from safar.trust.queries.profile import OWN_NAMES

A_PAGE = 50


@requires(ANSWER_INBOX)
def inbox(request: DeskRequest) -> HttpResponse:
    """List questions and wishes to come, without names or text: opening one leaves a trace, a list does not."""
    form = InboxFilter(request.GET or None)
    told = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = enquiries.inbox(state=told.get("state", ""), kind=told.get("kind", ""), by=request.actor)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, OWN_NAMES.get(one.language, one.language)) for one in page]
    context = {"form": form, "page": page, "rows": rows, "may_send": request.actor.may(SEND_MESSAGE)}
    return render(request, "desk/messaging/inbox.html", context)


@requires(ANSWER_INBOX)
def enquiry(request: DeskRequest, enquiry_id: UUID) -> HttpResponse:
    """Open one enquiry and answer it."""
    found = enquiries.get(enquiry_id, by=request.actor)
    form = AnswerForm(request.POST or None)
    key = request.POST.get("form_key") or fresh_key()
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(enquiry_id=enquiry_id, text=form.cleaned_data["text"], form_key=key, by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The answer can be read with the code now."))
            return redirect("desk:messaging:enquiry", enquiry_id)
    context = {
        "enquiry": found,
        "language": OWN_NAMES.get(found.language, found.language),
        "form": form,
        "form_key": key,
        "is_closed": found.state == EnquiryState.CLOSED,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/messaging/enquiry.html", context, status=status)


@require_POST
@requires(ANSWER_INBOX)
def close(request: DeskRequest, enquiry_id: UUID) -> HttpResponse:
    try:
        actions.close(enquiry_id=enquiry_id, by=request.actor)
        messages.success(request, _("Closed."))
    except ValidationError as error:
        tell(request, error)
    return redirect("desk:messaging:inbox")


@requires(SEND_MESSAGE)
def outbox(request: DeskRequest) -> HttpResponse:
    """List reminders and what became of them; to whom they went stands in the person's file."""
    page = Paginator(sent.recent(by=request.actor), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/messaging/outbox.html", {"page": page})
