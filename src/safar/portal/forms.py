"""What a visitor may send: few fields, most of them optional, checked by the actions."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safar.cases.queries.rota import Slot
from safar.cases.rules.day import LONGEST_CONTACT, LONGEST_NAME, VisitDetails
from safar.kernel.clock import today
from safar.messaging.actions.enquiries import FARTHEST_VISIT_DAYS
from safar.messaging.enums import DayPart, EnquiryKind, ReplyBy
from safar.messaging.rules import LONGEST_TEXT, EnquiryDetails
from safar.trust.enums import CentreKind
from safar.trust.queries import centres
from safar.ui.forms import ChoiceCards, DateInput


class VisitorForm(forms.Form):
    """A form whose fields can take the errors an action raises."""

    def add_problems(self, error: ValidationError) -> None:
        """Put each problem at its field; what belongs to none stands above the form."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, problems in error.error_dict.items():
            self.add_error(name if name in self.fields and name != NON_FIELD_ERRORS else None, problems)


class QuestionForm(VisitorForm):
    kind = EnquiryKind.QUESTION

    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Leave out names and passport numbers; we ask when we need them."),
    )
    reply_by = forms.ChoiceField(label=_("How shall we answer?"), choices=ReplyBy.choices, widget=ChoiceCards)
    contact = forms.CharField(
        label=_("Number or address"),
        max_length=120,
        required=False,
        help_text=_(
            "Only if you want to be called or written to. Does somebody else use this phone? Then choose the code."
        ),
    )
    name = forms.CharField(label=_("What shall we call you?"), max_length=80, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"reply_by": ReplyBy.CODE})

    def details(self) -> EnquiryDetails:
        """Return what was typed, in the language of the page."""
        told = self.cleaned_data
        centre = told.get("centre")
        return EnquiryDetails(
            kind=self.kind,
            text=told["text"],
            language=get_language() or "uz",
            name=told["name"],
            reply_by=told["reply_by"],
            contact=told["contact"],
            centre_id=UUID(centre) if centre else None,
            wished_on=told.get("wished_on"),
            wished_part=told.get("wished_part", ""),
        )


class VisitForm(QuestionForm):
    kind = EnquiryKind.VISIT

    centre = forms.ChoiceField(label=_("Where do you want to come?"))
    wished_on = forms.DateField(label=_("Which day suits you?"), required=False, widget=DateInput)
    wished_part = forms.ChoiceField(
        label=_("What time of day?"), choices=[("", _("Any time")), *DayPart.choices], required=False
    )

    field_order = ("centre", "wished_on", "wished_part", "text", "reply_by", "contact", "name")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        text, centre = self.fields["text"], self.fields["centre"]
        text.label = _("What is it about?")
        assert isinstance(centre, forms.ChoiceField)  # noqa: S101  (narrows the type; it is declared above)
        centre.choices = _centre_choices()
        first, last = today(), today() + timedelta(days=FARTHEST_VISIT_DAYS)
        self.fields["wished_on"].widget.attrs.update(min=first.isoformat(), max=last.isoformat())


class CodeForm(VisitorForm):
    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_("Twelve signs, for example ABCD-2345-EFGH. Dashes and capitals do not matter."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )


class BookForm(VisitorForm):
    """A free time, and as much about oneself as one likes: nothing is enough."""

    starts_at = forms.ChoiceField(label=_("At what time?"), widget=ChoiceCards)
    name = forms.CharField(
        label=_("What shall we call you?"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Any name will do. Without one we call you by your time."),
    )
    contact = forms.CharField(
        label=_("Phone or address"),
        max_length=LONGEST_CONTACT,
        required=False,
        help_text=_("Only so that we can tell you if the time changes. We forget it afterwards."),
    )

    def __init__(self, data: Any = None, *, slots: Sequence[Slot] = ()) -> None:
        super().__init__(data)
        field = self.fields["starts_at"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type; it is declared above)
        field.choices = [(slot.starts_at.isoformat(), f"{timezone.localtime(slot.starts_at):%H:%M}") for slot in slots]

    def moment(self) -> datetime:
        """Return the time chosen; only after `is_valid()`."""
        return datetime.fromisoformat(self.cleaned_data["starts_at"])

    def details(self) -> VisitDetails:
        told = self.cleaned_data
        return VisitDetails(name=told["name"], contact=told["contact"], language=get_language() or "uz")


class SignUpForm(VisitorForm):
    name = forms.CharField(label=_("What shall we call you?"), max_length=80, required=False)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=32,
        required=False,
        widget=forms.TextInput({"type": "tel"}),
        help_text=_("Only so that we can tell you if the time changes."),
    )


def _centre_choices() -> list[tuple[str, str]]:
    """Return the open centres, the offices with daily hours before the points and teams."""
    order = list(CentreKind.values)
    shown = sorted(centres.open_centres(), key=lambda centre: (order.index(centre.kind), centre.code))
    return [(str(centre.pk), str(centre)) for centre in shown]


def calendar_window() -> tuple[date, date]:
    """Return the days the public calendar shows: from today for two months."""
    return today(), today() + timedelta(days=FARTHEST_VISIT_DAYS)
