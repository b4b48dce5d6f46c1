from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safar.awareness.actions import learning as actions
from safar.awareness.actions import materials as material_actions
from safar.awareness.enums import TestPhase
from safar.awareness.permissions import MANAGE_SESSION, READ_SESSION, RECORD_ATTENDANCE
from safar.awareness.queries import sessions
from safar.desk.access import requires
from safar.desk.awareness import facts
from safar.desk.awareness.forms import QuestionForm
from safar.desk.awareness.frame import frame
from safar.desk.awareness.tables import MaterialForm, TestForm
from safar.desk.forms import UNPROCESSABLE
from safar.desk.middleware import DeskRequest
from safar.kernel.once import fresh_key


@requires(READ_SESSION)
def learning(request: DeskRequest, session_id: UUID) -> HttpResponse:
    """Show test results before and after, and the questions people asked."""
    return _learning(request, session_id)


@require_POST
@requires(RECORD_ATTENDANCE)
def save_test(request: DeskRequest, session_id: UUID, phase: str) -> HttpResponse:
    if phase not in TestPhase.values:
        raise Http404
    form = TestForm(request.POST, phase=phase)
    if form.carries_out(
        lambda: actions.save_test(
            session_id=session_id,
            phase=phase,
            answered=form.cleaned_data["answered"],
            items=form.items(),
            matched=form.cleaned_data["matched"],
            by=request.actor,
        )
    ):
        messages.success(request, _("The test results are saved."))
        return redirect("desk:awareness:learning", session_id)
    return _learning(request, session_id, status=UNPROCESSABLE, tests={phase: form})


@require_POST
@requires(RECORD_ATTENDANCE)
def ask(request: DeskRequest, session_id: UUID) -> HttpResponse:
    form = QuestionForm(request.POST)
    if form.carries_out(
        lambda: actions.log_question(
            session_id=session_id,
            text=form.cleaned_data["text"],
            topic=form.cleaned_data["topic"],
            form_key=request.POST.get("form_key", ""),
            by=request.actor,
        )
    ):
        messages.success(request, _("The question is kept."))
        return redirect("desk:awareness:learning", session_id)
    return _learning(request, session_id, status=UNPROCESSABLE, question_form=form)


@requires(MANAGE_SESSION)
def materials(request: DeskRequest, session_id: UUID) -> HttpResponse:
    page = sessions.page(session_id, request.actor)
    form = MaterialForm(request.POST or None, held=page.materials)
    if request.method == "POST" and form.is_valid():
        try:
            material_actions.replace(session_id=session_id, materials=form.materials(), by=request.actor)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The materials are saved."))
            return redirect("desk:awareness:show", session_id)
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = frame(page, request.actor) | {"form": form}
    return render(request, "desk/awareness/materials.html", context, status=status)


def _learning(
    request: DeskRequest,
    session_id: UUID,
    *,
    status: int = 200,
    tests: dict[str, TestForm] | None = None,
    question_form: QuestionForm | None = None,
) -> HttpResponse:
    page = sessions.page(session_id, request.actor)
    held = sessions.tests_by_phase(page.tests)
    forms = {phase: TestForm(phase=phase, test=held.get(phase)) for phase in TestPhase.values} | (tests or {})
    context: dict[str, Any] = frame(page, request.actor) | {
        "test_forms": [(phase, TestPhase(phase).label, form) for phase, form in forms.items()],
        "chart": facts.test_chart(page.tests),
        "questions": [(row.text, facts.label("topic", row.topic) if row.topic else "") for row in page.questions],
        "question_form": question_form or QuestionForm(),
        "form_key": request.POST.get("form_key") or fresh_key(),
    }
    return render(request, "desk/awareness/learning.html", context, status=status)
