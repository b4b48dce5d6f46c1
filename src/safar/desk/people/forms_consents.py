"""Forms of consent and of safe contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.desk.forms import ActionForm
from safar.people.enums import (
    AnsweredBy,
    ConsentMethod,
    ConsentPurpose,
    Safety,
    SharedField,
    SpokenBy,
    Wording,
)
from safar.people.models import ContactPoint
from safar.people.rules import HOURS, ConsentDetails, SafeContact
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput, Pills

_ONLY_FOR_SHARING = _("Only for sharing: one recipient at a time.")
_WEEK = [
    (1, _("Monday")), (2, _("Tuesday")), (3, _("Wednesday")), (4, _("Thursday")), (5, _("Friday")), (6, _("Saturday")),
    (7, _("Sunday")),
]  # fmt: skip


class DecisionForm(ActionForm):
    """One decision of the person: which purpose, yes or no, and for sharing with whom and what."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=ConsentPurpose.choices, widget=ChoiceCards)
    answer = forms.ChoiceField(
        label=_("Answer"), choices=[("yes", _("Yes")), ("no", _("No"))], initial="yes", widget=ChoiceCards
    )
    recipient = forms.CharField(label=_("Recipient"), max_length=120, required=False, help_text=_ONLY_FOR_SHARING)
    fields_shared = forms.MultipleChoiceField(
        label=_("What may be shared"),
        choices=SharedField.choices,
        required=False,
        widget=Pills,
        help_text=_("Only for sharing. Read the list out: what is not ticked stays here."),
    )
    abroad = forms.BooleanField(label=_("The recipient is in another country"), required=False)
    text_language = forms.ChoiceField(label=_("Language in which the text was read"))
    method = forms.ChoiceField(label=_("How consent was given"), choices=ConsentMethod.choices)
    spoken_by = forms.ChoiceField(
        label=_("Who answered"), choices=SpokenBy.choices, initial=SpokenBy.SELF, required=False
    )
    expires_on = forms.DateField(
        label=_("Until"), widget=DateInput, required=False, help_text=_("Empty: as long as the text says.")
    )

    HOME_OF = {"fields": "fields_shared"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("text_language", profile().consent_language_choices())

    def decision(self) -> ConsentDetails:
        """Return the decision as the action takes it; only after `is_valid()`."""
        data = self.cleaned_data
        return ConsentDetails(
            purpose=data["purpose"],
            granted=data["answer"] == "yes",
            recipient=data["recipient"],
            fields=tuple(data["fields_shared"]),
            abroad=data["abroad"],
            text_version=profile().consent_text(data["purpose"], data["text_language"]).version,
            language=data["text_language"],
            method=data["method"],
            spoken_by=data["spoken_by"] or SpokenBy.SELF,
            expires_on=data["expires_on"],
        )


class PaperForm(ActionForm):
    """Which form of consent is printed: for which purposes, in which language, and for sharing with whom and what."""

    purposes = forms.MultipleChoiceField(label=_("Purposes"), choices=ConsentPurpose.choices, widget=Pills)
    language = forms.ChoiceField(label=_("Language"))
    recipient = forms.CharField(label=_("Recipient"), max_length=120, required=False, help_text=_ONLY_FOR_SHARING)
    fields_shared = forms.MultipleChoiceField(
        label=_("What may be shared"), choices=SharedField.choices, required=False, widget=Pills
    )
    abroad = forms.BooleanField(label=_("The recipient is in another country"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("language", profile().consent_language_choices())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if ConsentPurpose.SHARE in data.get("purposes", []):
            if not data.get("recipient"):
                self.add_error(
                    "recipient", _("Name the recipient: consent to share holds for one recipient at a time.")
                )
            if not data.get("fields_shared"):
                self.add_error("fields_shared", _("Say what may be shared."))
        return data


class ReachForm(ActionForm):
    """What was agreed on one number or address."""

    safety = forms.ChoiceField(label=_("May it be used?"), choices=Safety.choices, widget=ChoiceCards)
    days = forms.TypedMultipleChoiceField(
        label=_("On which days"), choices=_WEEK, coerce=int, required=False, widget=Pills, help_text=_("None: any day.")
    )
    from_hour = forms.TypedChoiceField(label=_("From"), coerce=int, empty_value=None, required=False)
    until_hour = forms.TypedChoiceField(label=_("Until"), coerce=int, empty_value=None, required=False)
    answered_by = forms.ChoiceField(
        label=_("Who else answers or reads"), choices=AnsweredBy.choices, widget=ChoiceCards
    )
    ask_for = forms.CharField(
        label=_("Whom to ask for"), max_length=80, required=False, help_text=_("The name others know the person by.")
    )
    wording = forms.ChoiceField(
        label=_("Which words"),
        choices=Wording.choices,
        widget=ChoiceCards(
            hints={
                Wording.NEUTRAL: _(
                    "No message that tells of migration leaves, and callers do not say where they call from."
                ),
                Wording.CODE_WORD: _("Messages hold the word, the day and the time, nothing else."),
                Wording.OPEN: _("Only when nobody can be harmed by knowing it."),
            }
        ),
    )
    code_word = forms.CharField(label=_("Word agreed"), max_length=40, required=False)

    def __init__(self, *args: Any, point: ContactPoint, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {name: getattr(point, name) for name in self.base_fields} | {"days": point.agreed.days}
        )
        super().__init__(*args, **kwargs)
        self.offer("from_hour", [("", "—"), *((hour, f"{hour}:00") for hour in range(HOURS))])
        self.offer("until_hour", [("", "—"), *((hour, f"{hour}:00") for hour in range(1, HOURS + 1))])

    def agreed(self) -> SafeContact:
        """Return what was agreed as the action takes it; only after `is_valid()`."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "safety"}
        return SafeContact(**(data | {"days": tuple(data["days"])}))
