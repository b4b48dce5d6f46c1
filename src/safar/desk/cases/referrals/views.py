"""Referrals of the own centre: the list, one referral, and what its sender does with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.cases.actions import referrals as actions
from safar.cases.enums.referrals import ENDED_REFERRALS, WITH_PARTNER, LinkRule, ReferralState
from safar.cases.models import Referral
from safar.cases.permissions import MANAGE_REFERRAL, OVERSEE_REFERRAL
from safar.cases.queries import referrals
from safar.cases.rules.referrals import link_rule
from safar.desk import papers
from safar.desk.access import requires
from safar.desk.cases.facts import label
from safar.desk.cases.referrals import facts
from safar.desk.cases.referrals.forms import CloseForm, ConfirmForm, LinkForm, MoveReferralForm, PostponeForm, SendForm
from safar.desk.cases.referrals.letters import referral_letter
from safar.desk.forms import UNPROCESSABLE, ActionForm, tell
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import now
from safar.people.enums import SharedField
from safar.people.queries import consent

SECRET = "referral_link"  # noqa: S105  (the name of a place in the session, not a secret)


@requires(MANAGE_REFERRAL)
def list_referrals(request: DeskRequest) -> HttpResponse:
    """Show referrals without an end, the most overdue first."""
    return _list(request, "waiting", referrals.waiting(by=request.actor))


@requires(MANAGE_REFERRAL)
def answers(request: DeskRequest) -> HttpResponse:
    """Show referrals that were answered and nobody has looked at since."""
    return _list(request, "answers", referrals.news(by=request.actor))


@requires(OVERSEE_REFERRAL)
def late(request: DeskRequest) -> HttpResponse:
    """Show the coordinator what is late beyond what its urgency allows."""
    return _list(request, "late", referrals.escalated(by=request.actor).select_related("made_by"))


def _list(request: DeskRequest, tab: str, found: Any) -> HttpResponse:
    page = facts.page_of(found, request.GET.get("page"))
    context = {"tab": tab, "page": page, "lines": facts.lines(page, request.actor)} | tabs(request)
    return render(request, "desk/cases/referrals/list.html", context)


def tabs(request: DeskRequest) -> dict[str, Any]:
    """Return what the tabs of the lists say: whether there are answers, whether something came in, and who sees the late ones."""
    return {
        "answered": referrals.news(by=request.actor).count(),
        "came_in": referrals.incoming(by=request.actor).count(),
        "oversees": request.actor.may(OVERSEE_REFERRAL),
    }


@requires(MANAGE_REFERRAL)
def referral(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    get_object_or_404(Referral, pk=referral_id)
    return show_page(request, referral_id)


@require_POST
@requires(MANAGE_REFERRAL)
def send_referral(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    form = SendForm(request.POST, referral=get_object_or_404(Referral, pk=referral_id))
    return _do(
        request,
        referral_id,
        "send_form",
        form,
        action=lambda: actions.send(referral_id=referral_id, agreed=form.agreed(), by=request.actor),
        done=_("The referral is marked as sent."),
    )


@require_POST
@requires(MANAGE_REFERRAL)
def letter(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    """Give the letter for the recipient: what the person agreed to and nothing else."""
    get_object_or_404(Referral, pk=referral_id)
    try:
        given = actions.letter(referral_id=referral_id, by=request.actor)
    except ValidationError as error:
        tell(request, error)
        return redirect("desk:cases:referral", referral_id)
    content = papers.pdf(referral_letter(given), made_at=now())
    return papers.download(content, name=f"referral-{given.referral.made_on}.pdf", content_type="application/pdf")


@require_POST
@requires(MANAGE_REFERRAL)
def move_referral(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    form = MoveReferralForm(request.POST, referral=get_object_or_404(Referral, pk=referral_id))
    return _do(
        request,
        referral_id,
        "move_form",
        form,
        action=lambda: actions.move(referral_id=referral_id, by=request.actor, **form.cleaned_data),
        done=_("The new state is recorded."),
    )


@require_POST
@requires(MANAGE_REFERRAL)
def confirm_referral(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    get_object_or_404(Referral, pk=referral_id)
    form = ConfirmForm(request.POST)
    return _do(
        request,
        referral_id,
        "confirm_form",
        form,
        action=lambda: actions.confirm(referral_id=referral_id, by=request.actor, **form.cleaned_data),
        done=_("What the client says is recorded."),
    )


@require_POST
@requires(MANAGE_REFERRAL)
def close_referral(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    get_object_or_404(Referral, pk=referral_id)
    form = CloseForm(request.POST)
    return _do(
        request,
        referral_id,
        "close_form",
        form,
        action=lambda: actions.close(referral_id=referral_id, by=request.actor, **form.cleaned_data),
        done=_("The referral is closed."),
    )


@require_POST
@requires(MANAGE_REFERRAL)
def postpone_referral(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    get_object_or_404(Referral, pk=referral_id)
    form = PostponeForm(request.POST)
    return _do(
        request,
        referral_id,
        "postpone_form",
        form,
        action=lambda: actions.postpone(referral_id=referral_id, by=request.actor, **form.cleaned_data),
        done=_("The next date is set."),
    )


@require_POST
@requires(MANAGE_REFERRAL)
def withdraw_referral(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    """Take the referral back because the client says so; there is nothing to fill in, so that it is done in a moment."""
    get_object_or_404(Referral, pk=referral_id)
    try:
        actions.withdraw(referral_id=referral_id, by=request.actor)
        messages.success(request, _("The referral is taken back. Its link no longer opens."))
    except ValidationError as error:
        tell(request, error)
    return redirect("desk:cases:referral", referral_id)


@require_POST
@requires(MANAGE_REFERRAL)
def seen(request: DeskRequest, referral_id: UUID) -> HttpResponse:
    get_object_or_404(Referral, pk=referral_id)
    actions.note_seen(referral_id=referral_id, by=request.actor)
    return redirect("desk:cases:referral", referral_id)


def _do(
    request: DeskRequest, referral_id: UUID, name: str, form: ActionForm, *, action: Callable[[], object], done: str
) -> HttpResponse:
    """Let a valid form do its one action and go back to the referral, or show the page with what is wrong in it."""
    if form.carries_out(action):
        messages.success(request, done)
        return redirect("desk:cases:referral", referral_id)
    return show_page(request, referral_id, **{name: form})


def show_page(request: DeskRequest, referral_id: UUID, **bound: ActionForm) -> HttpResponse:
    """Show a referral with the forms its state allows. A fresh link waits in the session and is gone once it was shown."""
    found = referrals.get(referral_id, by=request.actor)
    gate = consent.decide(found.person_id, actions.sharing(found)) if found.person_id else None
    waiting = request.session.get(SECRET)
    fresh = request.session.pop(SECRET) if waiting and waiting["for"] == str(referral_id) else None
    context = {
        "referral": found,
        "service": label("referral_service", found.service),
        "urgency": label("referral_urgency", found.urgency),
        "way": facts.way(found),
        "steps": facts.happened(found),
        "has_news": any(move.is_news for move in found.moves.all()),
        "has_consent": gate is None or gate.allowed,
        "refusal": gate.words if gate else "",
        "told": [str(field.label) for field in SharedField if found.person_id and field in found.told],
        "fresh": fresh,
        "bound": next(iter(bound), ""),
    }
    context |= _forms(found, bound) | _standing(found)
    return render(request, "desk/cases/referrals/show.html", context, status=UNPROCESSABLE if bound else 200)


def _forms(found: Referral, bound: dict[str, ActionForm]) -> dict[str, Any]:
    move_form = bound.get("move_form") or MoveReferralForm(referral=found)
    return {
        "send_form": bound.get("send_form") or SendForm(referral=found),
        "move_form": move_form,
        "may_move": bool(move_form.choice("to").choices),
        "confirm_form": bound.get("confirm_form") or ConfirmForm(),
        "close_form": bound.get("close_form") or CloseForm(),
        "postpone_form": bound.get("postpone_form") or PostponeForm(initial={"until": found.due_on}),
        "link_form": bound.get("link_form") or LinkForm(referral=found),
    }


def _standing(found: Referral) -> dict[str, Any]:
    with_partner = found.state in WITH_PARTNER
    by_link = link_rule(found.service)
    return {
        "is_over": found.state in ENDED_REFERRALS,
        "with_partner": with_partner,
        "may_link": with_partner and not found.to_centre_id and by_link != LinkRule.NEVER,
        "never_by_link": with_partner and by_link == LinkRule.NEVER,
        "needs_code": by_link == LinkRule.WITH_CODE,
        "link": referrals.live_link(found.pk) if with_partner else None,
        "asks_client": found.state in {ReferralState.COMPLETED, ReferralState.FAILED},
        "is_disputed": found.state == ReferralState.CONFIRMED,
    }
