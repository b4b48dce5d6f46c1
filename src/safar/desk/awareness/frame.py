"""What all pages of one session share: its head, its tabs, and what may be done now."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from safar.awareness import rules
from safar.awareness.enums import PLAN_EDITING, STEPS_WITH_REASON, Editing, SessionState, Step
from safar.awareness.permissions import APPROVE_SESSION, MANAGE_SESSION, RECORD_ATTENDANCE
from safar.awareness.queries import sessions, steps
from safar.awareness.queries.sessions import SessionPage
from safar.desk.awareness import facts
from safar.desk.middleware import DeskRequest
from safar.kernel.actor import Actor
from safar.people.permissions import READ_PERSON

_MAIN_STEPS = frozenset({Step.HOLD, Step.SUBMIT, Step.APPROVE, Step.LOCK})


@dataclass(frozen=True, slots=True)
class Offer:
    """A step as a button; `asks_reason` puts a line for the reason before it."""

    step: Step
    label: Any
    kind: str
    asks_reason: bool


def render_page(
    request: DeskRequest, template: str, session_id: UUID, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """Render one tab of a session."""
    page = sessions.page(session_id, request.actor)
    return render(request, f"desk/awareness/{template}.html", frame(page, request.actor) | extra, status=status)


def frame(page: SessionPage, by: Actor) -> dict[str, Any]:
    state = SessionState(page.session.state)
    editing = rules.attendance_editing(state)
    may_correct = by.may(APPROVE_SESSION) if editing is Editing.WITH_REASON else by.may(RECORD_ATTENDANCE)
    return {
        "page": page,
        "session": page.session,
        "line": facts.line_of(page.session),
        "life": facts.life_of(page.session),
        "offers": [_offer(step) for step in steps.open_to(page.session, by)],
        "waits_for_other": state is SessionState.SUBMITTED and Step.APPROVE not in steps.open_to(page.session, by),
        "may_edit": by.may(MANAGE_SESSION) and PLAN_EDITING[state] is Editing.FREE,
        "may_record": editing is not Editing.CLOSED and may_correct,
        "may_learn": editing is Editing.FREE and by.may(RECORD_ATTENDANCE),
        "may_see_names": by.may(READ_PERSON),
        "asks_reason": editing is Editing.WITH_REASON,
        "is_before": state is SessionState.PLANNED,
    }


def _offer(step: Step) -> Offer:
    kind = "primary" if step in _MAIN_STEPS else "secondary"
    return Offer(step, facts.STEP_LABELS[step], kind, step in STEPS_WITH_REASON)
