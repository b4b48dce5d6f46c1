"""Forms of supervision; choices of colleagues are given by the view, which knows who may be named."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.approvals import Act
from safar.cases.enums.supervision import Wish
from safar.cases.rules.supervision import ConferenceDetails
from safar.desk.cases.forms import NOTHING
from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.ui.forms import ChoiceCards, DateInput, Pills

Choices = list[tuple[str, str]]


class HandOverForm(ActionForm):
    to = forms.ChoiceField(label=_("To whom"))
    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("Your colleague reads this on the board."))

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", [*NOTHING, *colleagues])

    def to_id(self) -> UUID:
        return UUID(self.cleaned_data["to"])


class ConferenceForm(ActionForm):
    held_on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)
    participants = forms.MultipleChoiceField(label=_("Who sat together"), widget=Pills)
    question = forms.CharField(label=_("The question"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    decided = forms.CharField(label=_("What was decided"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_step_on = forms.DateField(label=_("Until when"), widget=DateInput, required=False)
    next_step_by = forms.ChoiceField(label=_("Who does it"), required=False)

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participants"].choices = colleagues  # type: ignore[attr-defined]
        self.offer("next_step_by", [*NOTHING, *colleagues])

    def details(self) -> ConferenceDetails:
        data = self.cleaned_data
        return ConferenceDetails(
            held_on=data["held_on"],
            participants=[UUID(key) for key in data["participants"]],
            question=data["question"],
            decided=data["decided"],
            next_step=data["next_step"],
            next_step_on=data["next_step_on"],
            next_step_by=UUID(data["next_step_by"]) if data["next_step_by"] else None,
        )


class OpinionForm(ActionForm):
    of = forms.ChoiceField(label=_("Whom you ask"))
    question = forms.CharField(label=_("Your question"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("of", [*NOTHING, *colleagues])


class AnswerForm(ActionForm):
    answer = forms.CharField(label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)


class AskApprovalForm(ActionForm):
    act = forms.ChoiceField(label=_("What you want to do"), widget=ChoiceCards)
    reason = forms.CharField(
        label=_("What the second person needs to know"), widget=forms.Textarea(attrs={"rows": 3}), max_length=400
    )

    def __init__(self, *args: Any, acts: list[Act], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("act", [(act.value, act.label) for act in acts])
        if len(acts) == 1:
            self.initial.setdefault("act", acts[0].value)


class DecideForm(ActionForm):
    answer = forms.CharField(
        label=_("What you say to it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
        required=False,
        help_text=_("Needed when you send it back."),
    )


class WishForm(ActionForm):
    wish = forms.ChoiceField(label=_("What would help"), choices=Wish.choices, widget=ChoiceCards, initial=Wish.NOTHING)
