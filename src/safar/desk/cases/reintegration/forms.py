"""Forms of work after return."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.cases import CASE_MOVES, CaseState
from safar.cases.enums.reintegration import (
    NEED_MOVES,
    PLAN_MOVES,
    REFERRED_REASONS,
    STEP_MOVES,
    AttemptResult,
    Dimension,
    Doer,
    Feasibility,
    NeedState,
    PlanState,
    StepState,
)
from safar.cases.models import CaseFile, ImmediateNeed, PlanGoal, PlanStep, ReintegrationPlan
from safar.cases.rules.reintegration import (
    CURRENCIES,
    LONGEST_GOAL,
    LONGEST_STEP,
    Agreement,
    GoalDetails,
    NeedDetails,
    ReceptionDetails,
    StepDetails,
)
from safar.desk.cases.forms import NOTHING
from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.people.enums import ConsentMethod, SpokenBy
from safar.people.models import Person
from safar.reference.queries.codes import code_list
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput

_NOT_MET = f"{NeedState.NOT_MET}:"


def answers_to_need(allowed: Iterable[str]) -> list[Any]:
    """Return what may become of a need as one list; why it was not met is part of the answer."""
    plain = [(state.value, state.label) for state in (NeedState.MET, NeedState.REFERRED) if state in allowed]
    if NeedState.NOT_MET not in allowed:
        return plain
    reasons = [(f"{_NOT_MET}{code}", label) for code, label in code_list("need_unmet").choices()]
    return [*plain, (NeedState.NOT_MET.label, reasons)]


def read_answer(answer: str) -> tuple[str, str]:
    """Return state and reason of an answer of `answers_to_need`."""
    state, _colon, reason = answer.partition(":")
    return state, reason


class ReceptionForm(ActionForm):
    door = forms.ChoiceField(label=_("How they came to us"), widget=ChoiceCards)
    received_on = forms.DateField(label=_("Day of reception"), widget=DateInput, initial=today)
    returned_on = forms.DateField(label=_("Came back on"), required=False, widget=DateInput)
    country_of_return = forms.ChoiceField(label=_("Came back from"), required=False)
    return_type = forms.ChoiceField(label=_("How they came back"), required=False)
    reason_return = forms.ChoiceField(label=_("Why they came back"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("door", code_list("reception_door").choices())
        countries = [(code, name) for code, name in code_list("destination").choices() if len(code) == 2]  # noqa: PLR2004
        self.offer("country_of_return", [*NOTHING, *countries])
        for name in ("return_type", "reason_return"):
            self.offer(name, [*NOTHING, *code_list(name).choices()])
        self._needs = code_list("immediate_need").choices()
        for code, label in self._needs:
            answers = [*NOTHING, *answers_to_need(NeedState.values)]
            self.fields[f"need_{code}"] = forms.ChoiceField(label=label, required=False, choices=answers)

    @property
    def needs(self) -> list[forms.BoundField]:
        return [self[f"need_{code}"] for code, _label in self._needs]

    def details(self) -> ReceptionDetails:
        data = dict(self.cleaned_data)
        given = [(code, data.pop(f"need_{code}")) for code, _label in self._needs]
        needs = [NeedDetails(code, *read_answer(answer)) for code, answer in given if answer]
        return ReceptionDetails(**data, needs=needs)


class NeedForm(ActionForm):
    """A need seen later."""

    need = forms.ChoiceField(label=_("Need"))
    answer = forms.ChoiceField(label=_("What was done"))

    HOME_OF = {"state": "answer", "reason": "answer"}

    def __init__(self, *args: Any, noted: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("need", [pair for pair in code_list("immediate_need").choices() if pair[0] not in set(noted)])
        self.offer("answer", answers_to_need(NeedState.values))

    def details(self) -> NeedDetails:
        return NeedDetails(self.cleaned_data["need"], *read_answer(self.cleaned_data["answer"]))


class SettleForm(ActionForm):
    answer = forms.ChoiceField(label=_("What became of it"))

    HOME_OF = {"to": "answer", "reason": "answer"}

    def __init__(self, *args: Any, need: ImmediateNeed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("answer", answers_to_need(NEED_MOVES[NeedState(need.state)]))

    @property
    def to(self) -> str:
        return read_answer(self.cleaned_data["answer"])[0]

    @property
    def reason(self) -> str:
        return read_answer(self.cleaned_data["answer"])[1]


class AttemptForm(ActionForm):
    mode = forms.ChoiceField(label=_("How"), initial="phone")
    result = forms.ChoiceField(label=_("What came of it"), choices=AttemptResult.choices)
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("mode", code_list("mode").choices())


class GoalForm(ActionForm):
    dimension = forms.ChoiceField(label=_("Dimension"), choices=Dimension.choices, widget=ChoiceCards)
    text = forms.CharField(
        label=_("Goal, in the person's words"),
        max_length=LONGEST_GOAL,
        help_text=_(
            "It is printed for the person. Nothing of health, violence or trafficking: that is for a sealed note."
        ),
    )
    feasibility = forms.ChoiceField(label=_("How far it can be reached"), choices=Feasibility.choices)
    feasibility_note = forms.CharField(label=_("What stands in the way, what helps"), required=False, max_length=200)

    def details(self) -> GoalDetails:
        return GoalDetails(**self.cleaned_data)


class StepForm(ActionForm):
    goal = forms.ChoiceField(label=_("For the goal"))
    text = forms.CharField(label=_("What is done"), max_length=LONGEST_STEP)
    doer = forms.ChoiceField(label=_("Who does it"), choices=Doer.choices)
    doer_name = forms.CharField(
        label=_("Who exactly"), required=False, max_length=80, help_text=_("For a partner: its name.")
    )
    due_on = forms.DateField(label=_("Until"), widget=DateInput)
    cost = forms.DecimalField(label=_("Cost"), required=False, max_digits=14, decimal_places=2)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])

    def __init__(self, *args: Any, goals: Iterable[PlanGoal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("goal", [(str(goal.pk), f"{goal.get_dimension_display()}: {goal.text}") for goal in goals])
        self.choice("currency").initial = profile().currency

    def details(self) -> tuple[UUID, StepDetails]:
        data = dict(self.cleaned_data)
        return UUID(data.pop("goal")), StepDetails(**data)


class StepMoveForm(ActionForm):
    to = forms.ChoiceField(label=_("How it stands"), widget=ChoiceCards)
    evidence = forms.CharField(
        label=_("What shows that it was done"),
        required=False,
        max_length=200,
        help_text=_("In words: a paper you saw, what somebody confirmed."),
    )
    reason = forms.CharField(label=_("Why it was dropped"), required=False, max_length=200)
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)

    def __init__(self, *args: Any, step: PlanStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after = STEP_MOVES[StepState(step.state)]
        self.offer("to", [(state.value, state.label) for state in StepState if state in after])


class AgreeForm(ActionForm):
    language = forms.ChoiceField(label=_("Language in which it was agreed"))
    way = forms.ChoiceField(label=_("How it was agreed"), choices=ConsentMethod.choices, widget=ChoiceCards)
    spoken_by = forms.ChoiceField(label=_("Who agreed"), choices=SpokenBy.choices, initial=SpokenBy.SELF)
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)

    def __init__(self, *args: Any, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("language", code_list("language").choices())
        self.choice("language").initial = person.language if person else ""
        if person and person.birth.is_minor_on(today()):
            self.choice("spoken_by").initial = SpokenBy.GUARDIAN

    def agreement(self) -> Agreement:
        return Agreement(**self.cleaned_data)


class ApprovalForm(ActionForm):
    reason = forms.CharField(label=_("What the second person should know"), widget=forms.Textarea, max_length=1000)


class FinishForm(ActionForm):
    to = forms.ChoiceField(label=_("How it ends"), widget=ChoiceCards)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)

    def __init__(self, *args: Any, plan: ReintegrationPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = PLAN_MOVES[PlanState(plan.state)] & {PlanState.COMPLETED, PlanState.ENDED}
        self.offer("to", [(state.value, state.label) for state in PlanState if state in ends])


class CloseForm(ActionForm):
    to = forms.ChoiceField(label=_("How the work ends"), widget=ChoiceCards)
    reason = forms.ChoiceField(label=_("Reason"))
    words = forms.CharField(label=_("In a few words"), required=False, max_length=200)
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)

    def __init__(self, *args: Any, case: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after = CASE_MOVES[CaseState(case.state)] - {CaseState.OPEN, CaseState.FOLLOW_UP}
        self.offer("to", [(state.value, state.label) for state in CaseState if state in after])
        ends = code_list("closure_reason").choices()
        grouped = [
            (CaseState.CLOSED.label, [pair for pair in ends if pair[0] not in REFERRED_REASONS]),
            (CaseState.CLOSED_REFERRED.label, [pair for pair in ends if pair[0] in REFERRED_REASONS]),
            (
                CaseState.DROPOUT.label,
                [(f"{CaseState.DROPOUT}:{code}", text) for code, text in code_list("loss_reason").choices()],
            ),
        ]
        self.offer("reason", [*NOTHING, *grouped])

    def values(self) -> dict[str, Any]:
        """Return what is asked of the action; reasons of leaving are marked, since "other" stands in both lists."""
        reason = self.cleaned_data["reason"]
        left, marked, code = reason.partition(":")
        of_leaving = self.cleaned_data["to"] == CaseState.DROPOUT
        fits = code if marked and of_leaving else "" if marked or of_leaving else left
        return self.cleaned_data | {"reason": fits}
