"""Forms of case files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.cases import CASE_MOVES, CaseKind, CaseState, Delivery
from safar.cases.models import CaseFile
from safar.cases.rules.cases import CaseDetails
from safar.desk.cases.forms import NOTHING, grouped
from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.reference.queries.codes import code_list
from safar.ui.forms import ChoiceCards, DateInput


class CaseForm(ActionForm):
    kind = forms.ChoiceField(label=_("Aim"), choices=CaseKind.choices, widget=ChoiceCards)
    opened_on = forms.DateField(label=_("Opened on"), widget=DateInput, initial=today)
    destination = forms.ChoiceField(label=_("Destination"), required=False)
    country_of_return = forms.ChoiceField(label=_("Came back from"), required=False)
    returned_on = forms.DateField(label=_("Came back on"), required=False, widget=DateInput)
    return_type = forms.ChoiceField(label=_("How they came back"), required=False)
    reason_return = forms.ChoiceField(label=_("Why they came back"), required=False)
    plan = forms.CharField(label=_("Plan agreed with the person"), required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice("destination").choices = [*NOTHING, *grouped("destination")]
        countries = [(code, name) for code, name in code_list("destination").choices() if len(code) == 2]  # noqa: PLR2004
        self.choice("country_of_return").choices = [*NOTHING, *countries]
        for name in ("return_type", "reason_return"):
            self.choice(name).choices = [*NOTHING, *code_list(name).choices()]

    def details(self) -> CaseDetails:
        return CaseDetails(**self.cleaned_data)


class MoveCaseForm(ActionForm):
    to = forms.ChoiceField(label=_("New state"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)

    def __init__(self, *args: Any, case: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = CASE_MOVES[CaseState(case.state)]
        self.choice("to").choices = [(state.value, state.label) for state in CaseState if state in allowed]


class ServiceForm(ActionForm):
    service = forms.ChoiceField(label=_("Service"))
    delivery = forms.ChoiceField(
        label=_("Given"), choices=Delivery.choices, initial=Delivery.DIRECT, widget=ChoiceCards
    )
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)
    text = forms.CharField(label=_("Details"), required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = code_list("referral_service").choices()
        known = {code for code, _label in services}
        topics = [(code, label) for code, label in code_list("topic").choices() if code not in known]
        self.choice("service").choices = [(str(_("Services")), services), (str(_("Counselling on")), topics)]


class NoteForm(ActionForm):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("note", _("Note")), ("plan", _("Plan agreed"))], widget=ChoiceCards
    )
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, max_length=4000)
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)
