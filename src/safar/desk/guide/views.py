from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.desk.access import requires
from safar.desk.forms import UNPROCESSABLE, tell
from safar.desk.guide.forms import ContentForm, NewFactForm, OwnerForm, RetireForm, VerifyForm
from safar.desk.middleware import DeskRequest
from safar.guide.actions import facts as actions
from safar.guide.permissions import MANAGE_FACT, READ_FACT
from safar.guide.queries import facts, guides
from safar.kernel.clock import today
from safar.reference.queries import codes
from safar.trust.queries.profile import OWN_NAMES
from safar.ui.context import language_tag


@requires(READ_FACT)
def board(request: DeskRequest) -> HttpResponse:
    """Show what is past its date, what is due soon, and who answers for it."""
    context = {
        "board": facts.board(by=request.actor),
        "guides": guides.published(),
        "may_manage": request.actor.may(MANAGE_FACT),
    }
    return render(request, "desk/guide/board.html", context)


@requires(READ_FACT)
def destination(request: DeskRequest, destination: str) -> HttpResponse:
    return render(request, "desk/guide/destination.html", {"page": guides.page(destination)})


@requires(READ_FACT)
def fact(request: DeskRequest, key: str) -> HttpResponse:
    found = facts.get(key, by=request.actor)
    current = facts.current(found)
    topics = codes.code_list("topic")
    context = {
        "fact": found,
        "current": current,
        "statements": [
            (OWN_NAMES.get(language, language), language_tag(language), text)
            for language, text in current.statement.items()
        ],
        "freshness": current.freshness_on(today()),
        "topics": [str(topics.label(row.topic)) for row in found.topics.all()],
        "verify_form": VerifyForm(),
        "owner_form": OwnerForm(initial={"owner": found.owner_id}),
        "retire_form": RetireForm(),
        "may_manage": request.actor.may(MANAGE_FACT) and found.retired_on is None,
    }
    return render(request, "desk/guide/fact.html", context)


@requires(MANAGE_FACT)
def add(request: DeskRequest) -> HttpResponse:
    form = NewFactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add(place=form.place(), content=form.content(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The fact is in the guide."))
            return redirect("desk:guide:fact", added.key)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/guide/add.html", {"form": form}, status=status)


@requires(MANAGE_FACT)
def change(request: DeskRequest, key: str) -> HttpResponse:
    found = facts.get(key, by=request.actor)
    current = facts.current(found)
    form = ContentForm(request.POST or None, version=current)
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.change(fact_id=found.pk, content=form.content(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("Version %(number)s is in force.") % {"number": version.number})
            return redirect("desk:guide:fact", key)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "desk/guide/change.html", {"form": form, "fact": found, "current": current}, status=status)


@require_POST
@requires(MANAGE_FACT)
def verify(request: DeskRequest, key: str) -> HttpResponse:
    form = VerifyForm(request.POST)
    found = facts.get(key, by=request.actor)
    try:
        if form.is_valid():
            actions.verify(fact_id=found.pk, valid_days=form.cleaned_data["valid_days"], by=request.actor)
            messages.success(request, _("Marked as checked today."))
        else:
            messages.error(request, _("Choose when it is checked again."))
    except ValidationError as error:
        tell(request, error)
    return redirect("desk:guide:fact", key)


@require_POST
@requires(MANAGE_FACT)
def assign(request: DeskRequest, key: str) -> HttpResponse:
    form = OwnerForm(request.POST)
    found = facts.get(key, by=request.actor)
    try:
        if form.is_valid():
            actions.assign(fact_id=found.pk, owner=form.cleaned_data["owner"], by=request.actor)
            messages.success(request, _("The owner is recorded."))
        else:
            messages.error(request, _("Choose somebody from the list."))
    except ValidationError as error:
        tell(request, error)
    return redirect("desk:guide:fact", key)


@require_POST
@requires(MANAGE_FACT)
def retire(request: DeskRequest, key: str) -> HttpResponse:
    found = facts.get(key, by=request.actor)
    try:
        actions.retire(fact_id=found.pk, reason=request.POST.get("reason", ""), by=request.actor)
        messages.success(request, _("The fact is off the pages; its versions stay."))
    except ValidationError as error:
        tell(request, error)
    return redirect("desk:guide:fact", key)
