import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.desk.forms import ActionForm
from safar.messaging.enums import EnquiryKind, EnquiryState, MessageKind
from safar.trust.queries.profile import OWN_NAMES, profile
from safar.ui.forms import ChoiceCards, DateInput, TimeInput


class InboxFilter(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *EnquiryState.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *EnquiryKind.choices], required=False)


class AnswerForm(ActionForm):
    text = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Whoever holds the code can read it: write nothing that harms the person if somebody else does."),
    )


class ReminderForm(forms.Form):
    """When and where the person is expected; the words of the message are fixed and say nothing of migration."""

    kind = forms.ChoiceField(
        label=_("Of what"), choices=MessageKind.choices, initial=MessageKind.APPOINTMENT, widget=ChoiceCards
    )
    day = forms.DateField(label=_("Day"), widget=DateInput)
    time = forms.TimeField(label=_("Time"), widget=TimeInput)
    place = forms.CharField(label=_("Place"), max_length=120)
    language = forms.ChoiceField(label=_("Language of the message"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = self.fields["language"]
        assert isinstance(languages, forms.ChoiceField)  # noqa: S101  (narrows the type)
        languages.choices = [(code, OWN_NAMES.get(code, code)) for code in profile().languages.public]

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise ValidationError(_("This day is over."))
        return day

    def moment(self) -> dt.datetime:
        """Return day and time at the centre; only after `is_valid()`."""
        return timezone.make_aware(dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]))
