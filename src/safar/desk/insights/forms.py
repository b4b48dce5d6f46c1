from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.insights.indicators.period import Month
from safar.insights.queries import months
from safar.insights.reports import labels
from safar.trust.queries import centres

EVERY_CENTRE = "all"


class MonthForm(forms.Form):
    """Which month, and of which centre; a wrong value falls back to what is shown anyway."""

    month = forms.ChoiceField(label=_("Month"))
    centre = forms.ChoiceField(label=_("Centre"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(str(month), labels.month(month)) for month in months.choices()]  # type: ignore[attr-defined]
        every = [(centre.code, str(centre)) for centre in centres.all_centres()]
        self.fields["centre"].choices = [(EVERY_CENTRE, _("All centres together")), *every]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Month, str]:
        """Return the month and centre, those of the address where they are valid."""
        self.full_clean()
        chosen = self.cleaned_data if self.is_bound else {}
        month = chosen.get("month")
        centre = chosen.get("centre") or EVERY_CENTRE
        return (Month.parse(month) if month else months.latest()), "" if centre == EVERY_CENTRE else centre


class FreezeForm(forms.Form):
    """Exactly which month to freeze: here nothing falls back to another."""

    month = forms.CharField()
    centre = forms.CharField(required=False)

    def clean_month(self) -> Month:
        try:
            return Month.parse(self.cleaned_data["month"])
        except ValueError as error:
            raise forms.ValidationError(_("Choose a month.")) from error

    def clean_centre(self) -> str:
        centre: str = self.cleaned_data["centre"]
        if centre and not any(one.code == centre for one in centres.all_centres()):
            raise forms.ValidationError(_("There is no such centre."))
        return centre


class ExportForm(forms.Form):
    """In which language, and for whom."""

    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("ru", "Русский")])
    copy = forms.ChoiceField(
        label=_("For whom"),
        required=False,
        choices=[("outside", _("To pass on: small counts hidden")), ("inside", _("Internal: true counts"))],
        initial="outside",
    )

    def __init__(self, *args: Any, may_see_true: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_see_true:
            del self.fields["copy"]
