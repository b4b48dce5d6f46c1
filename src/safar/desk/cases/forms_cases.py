"""Forms of case files and referrals."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.cases import CASE_MOVES, CaseKind, CaseState, Delivery
from safar.cases.enums.referrals import REFERRAL_MOVES, ReferralState
from safar.cases.models import CaseFile, Referral
from safar.cases.rules.cases import CaseDetails
from safar.cases.rules.referrals import ReferralDetails
from safar.desk.cases.forms import NOTHING, grouped
from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.partners.queries import partners
from safar.people.enums import ConsentMethod, SharedField
from safar.people.rules import ConsentDetails
from safar.reference.queries.codes import code_list
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput, Pills


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


class ReferralForm(ActionForm):
    service = forms.ChoiceField(label=_("Service asked for"))
    partner = forms.ChoiceField(label=_("Partner"), required=False)
    recipient = forms.CharField(
        label=_("Other recipient"), max_length=120, required=False, help_text=_("When it is not among the partners.")
    )
    urgency = forms.ChoiceField(label=_("How soon"), widget=ChoiceCards, initial="routine")
    due_on = forms.DateField(
        label=_("Answer looked for by"),
        required=False,
        widget=DateInput,
        help_text=_("Left empty it follows from how soon."),
    )
    fields_shared = forms.MultipleChoiceField(
        label=_("What the recipient is told about the person"),
        choices=[pair for pair in SharedField.choices if pair[0] != SharedField.NEED],
        initial=[SharedField.NAME],
        required=False,
        widget=Pills,
        help_text=_("Only what this help needs. The person is asked about exactly this list."),
    )
    abroad = forms.BooleanField(label=_("The recipient is in another country"), required=False)
    text = forms.CharField(label=_("What the recipient should know"), required=False, widget=forms.Textarea)

    HOME_OF = {"fields": "fields_shared"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice("service").choices = code_list("referral_service").choices()
        self.choice("partner").choices = [*NOTHING, *partners.choices()]
        self.choice("urgency").choices = code_list("referral_urgency").choices()

    def details(self) -> ReferralDetails:
        """Return what was typed; the name of a chosen partner is the recipient."""
        data = self.cleaned_data
        names = dict(self.choice("partner").choices)  # type: ignore[arg-type]
        return ReferralDetails(
            service=data["service"],
            recipient=str(names[data["partner"]]) if data["partner"] else data["recipient"],
            partner_id=UUID(data["partner"]) if data["partner"] else None,
            urgency=data["urgency"],
            due_on=data["due_on"],
            text=data["text"],
            fields=tuple(data["fields_shared"]),
            abroad=data["abroad"],
        )


class SendForm(ActionForm):
    """Sending; for a person with a file the consent to share with this recipient, unless it stands already."""

    consent = forms.BooleanField(required=False)
    method = forms.ChoiceField(
        label=_("How consent was given"), choices=ConsentMethod.choices, initial=ConsentMethod.VERBAL
    )
    text_language = forms.ChoiceField(label=_("Language in which the text was read"))

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral = referral
        self.fields["consent"].label = _("The person agrees to share this with %(recipient)s.") % {
            "recipient": referral.recipient
        }
        languages = self.choice("text_language")
        languages.choices = profile().consent_language_choices()
        languages.initial = profile().default_language

    def texts(self) -> list[tuple[str, str, str]]:
        """Return (language, its name, the text to read out) for every language on offer."""
        offered = profile().consent_texts("share")
        return [(code, name, offered[code].text) for code, name in profile().consent_language_choices()]

    def agreed(self) -> ConsentDetails | None:
        data = self.cleaned_data
        if not data["consent"]:
            return None
        return ConsentDetails(
            purpose="share",
            granted=True,
            recipient=self.referral.recipient,
            fields=tuple(sorted(self.referral.told)),
            abroad=self.referral.abroad,
            text_version=profile().consent_text("share", data["text_language"]).version,
            language=data["text_language"],
            method=data["method"],
        )


class MoveReferralForm(ActionForm):
    to = forms.ChoiceField(label=_("New state"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = REFERRAL_MOVES[ReferralState(referral.state)] - {ReferralState.SENT}
        self.choice("to").choices = [(state.value, state.label) for state in ReferralState if state in allowed]
