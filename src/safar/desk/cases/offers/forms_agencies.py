"""Bringing a register of agencies, and looking one up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.ui.forms import DateInput


class FindAgencyForm(ActionForm):
    name = forms.CharField(
        label=_("Name of the agency"),
        max_length=200,
        help_text=_("In any script, with or without the legal form and quotes."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    on = forms.DateField(label=_("Licensed on"), required=False, widget=DateInput)


class AsOfForm(ActionForm):
    """The day a register speaks for and where it comes from."""

    as_of = forms.DateField(
        label=_("Day of the register"),
        widget=DateInput,
        help_text=_("For this day it speaks, not for the day you bring it."),
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=300,
        help_text=_("For example the letter or the page it was taken from."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].widget.attrs["max"] = today().isoformat()


class AgencyFileForm(AsOfForm):
    file = forms.FileField(label=_("File (.xlsx or .csv)"))

    field_order = ("file", "as_of", "source")
