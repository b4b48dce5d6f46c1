"""Forms of requests about personal data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.trust.enums import IdentityCheck, RequestedBy, RequestKind, RequestState, RequestWay
from safar.trust.models import SubjectRequest
from safar.trust.rules import RequestDetails
from safar.ui.forms import ChoiceCards, DateInput

_KNOWN = [pair for pair in IdentityCheck.choices if pair[0] != IdentityCheck.NOT_YET]


class ReceiveForm(ActionForm):
    """What a person asks, as it came in."""

    kind = forms.ChoiceField(
        label=_("What the person asks for"),
        choices=RequestKind.choices,
        widget=ChoiceCards(
            hints={
                RequestKind.COPY: _("Everything held, and who saw it, in the person’s own language."),
                RequestKind.CORRECTION: _("Something in the file is wrong or out of date."),
                RequestKind.ERASURE: _("The file goes; counts without a name stay."),
                RequestKind.OBJECTION: _("The person does not want one use of the data."),
            }
        ),
    )
    way = forms.ChoiceField(label=_("How it came"), choices=RequestWay.choices, widget=ChoiceCards)
    asked_by = forms.ChoiceField(
        label=_("Who asks"), choices=RequestedBy.choices, initial=RequestedBy.SELF, widget=ChoiceCards
    )
    identity = forms.ChoiceField(
        label=_("How you know that it is the person"),
        choices=IdentityCheck.choices,
        initial=IdentityCheck.NOT_YET,
        help_text=_("Nothing is handed over or erased before this is known."),
    )
    received_on = forms.DateField(label=_("Received on"), widget=DateInput, initial=today)
    wish = forms.CharField(
        label=_("In the person’s words"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Without names: these words are erased with the file."),
    )

    def details(self) -> RequestDetails:
        return RequestDetails(**self.cleaned_data)


class IdentifyForm(ActionForm):
    how = forms.ChoiceField(label=_("How you know that it is the person"), choices=_KNOWN, widget=ChoiceCards)


class ExtendForm(ActionForm):
    reason = forms.CharField(label=_("Why it takes longer, as the person is told"), max_length=200)


class AnswerForm(ActionForm):
    state = forms.ChoiceField(label=_("Outcome"), widget=ChoiceCards)
    decision = forms.CharField(
        label=_("What was done, or why it is refused"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The person is told this. Write no name of anybody else."),
    )

    def __init__(self, *args: Any, subject_request: SubjectRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hidden = {RequestState.OPEN.value}
        if subject_request.kind == RequestKind.ERASURE:
            hidden.add(RequestState.DONE.value)
        self.offer("state", [pair for pair in RequestState.choices if pair[0] not in hidden])


class EraseForm(ActionForm):
    understood = forms.BooleanField(
        label=_("I have read what goes and what stays. It cannot be undone."),
        error_messages={"required": _("Tick the box when you have read it.")},
    )
