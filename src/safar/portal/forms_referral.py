"""What a recipient answers on the page of their link: one choice at a time, each its own small form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.referrals import LEADS_TO, REASON_LISTS, PartnerAnswer
from safar.cases.rules.referrals import LONGEST_REASON, Answer
from safar.portal.forms import VisitorForm
from safar.reference.queries.codes import code_list
from safar.ui.forms import DateInput

_WITH_DAY = {
    PartnerAnswer.ACCEPT: _("When may the person come?"),
    PartnerAnswer.PROPOSE: _("When may the person come?"),
    PartnerAnswer.START: _("When did it start?"),
    PartnerAnswer.COMPLETE: _("When was it completed?"),
}


class AnswerForm(VisitorForm):
    """One answer: a reason from the list where it is a no, a day where one is meant, and a few words."""

    def __init__(self, kind: PartnerAnswer, data: Any = None) -> None:
        super().__init__(data, prefix=kind.value)
        self.kind = kind
        name = REASON_LISTS.get(LEADS_TO[kind]) if kind in LEADS_TO else None
        if name:
            self.fields["why"] = forms.ChoiceField(label=_("Why"), choices=[("", "—"), *code_list(name).choices()])
            self.fields["reason"] = forms.CharField(
                label=_("In a few words"),
                max_length=LONGEST_REASON,
                required=False,
                help_text=_("Please write nothing about health or private life."),
            )
        if kind in _WITH_DAY:
            needed = kind == PartnerAnswer.PROPOSE
            self.fields["day"] = forms.DateField(label=_WITH_DAY[kind], required=needed, widget=DateInput)

    def add_problems(self, error: Any) -> None:
        """Put a problem of the day at the one field for days, whatever the action calls it."""
        if hasattr(error, "error_dict"):
            for name in ("on", "proposed_on"):
                if name in error.error_dict and "day" in self.fields:
                    error.error_dict["day"] = error.error_dict.pop(name)
        super().add_problems(error)

    def answer(self) -> Answer:
        data = self.cleaned_data
        return Answer(self.kind.value, data.get("why", ""), data.get("reason", ""), data.get("day"))


class OpenForm(VisitorForm):
    code = forms.CharField(
        label=_("The code you were told by phone"),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )
