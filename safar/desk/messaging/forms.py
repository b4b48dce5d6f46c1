from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from safar.messaging.enums import EnquiryKind, EnquiryState


class InboxFilter(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *EnquiryState.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *EnquiryKind.choices], required=False)


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Whoever holds the code can read it: write nothing that harms the person if somebody else does."),
    )

    def add_problems(self, error: ValidationError) -> None:
        """Show what the action refused at the text, or above the form."""
        for name, messages in getattr(error, "message_dict", {"": error.messages}).items():
            self.add_error(name if name in self.fields else None, messages)
