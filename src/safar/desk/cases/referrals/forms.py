"""Forms of referrals: writing, sending, what the recipient told, what the client says, and the link."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.referrals import (
    ANSWERS,
    LEADS_TO,
    REASON_LISTS,
    REFERRAL_MOVES,
    ClientAnswer,
    LinkRule,
    PartnerAnswer,
    ReferralState,
)
from safar.cases.models import Referral
from safar.cases.rules.referrals import LINK_DAYS, LONGEST_LINK_DAYS, LONGEST_REASON, Answer, ReferralDetails, link_rule
from safar.desk.cases.forms import NOTHING
from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.partners.queries import partners, services
from safar.partners.queries.services import Offer
from safar.people.enums import ConsentMethod, SharedField
from safar.people.rules import ConsentDetails
from safar.reference.queries.codes import code_list
from safar.trust.queries import centres
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput, Pills

# Recorded by their own forms: sending after consent, and what the client says.
_OWN_FORMS = {ReferralState.SENT, ReferralState.CONFIRMED, ReferralState.CLOSED}


class ReferralForm(ActionForm):
    """What is asked, of whom, and what they are told. The recipient is one of the directory, a partner, a centre, or written out."""

    service = forms.ChoiceField(label=_("Service asked for"))
    chosen_offer = forms.ChoiceField(label=_("Who offers it"), required=False, widget=forms.RadioSelect)
    partner = forms.ChoiceField(label=_("Another partner"), required=False)
    centre = forms.ChoiceField(label=_("Another centre of ours"), required=False)
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
    text = forms.CharField(
        label=_("What the recipient should know"),
        required=False,
        widget=forms.Textarea,
        help_text=_(
            "Nothing about trafficking, violence or health that the recipient need not know: that belongs in a sealed note."
        ),
    )

    HOME_OF = {"fields": "fields_shared", "to_centre": "centre"}

    def __init__(self, *args: Any, offers: Sequence[Offer] = (), home: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.choice("service").choices = [*NOTHING, *code_list("referral_service").choices()]
        self.offer("chosen_offer", [(str(one.service.pk), str(one.service.partner)) for one in offers])
        self.choice("partner").choices = [*NOTHING, *partners.choices()]
        self.choice("centre").choices = [
            *NOTHING,
            *((key, name) for key, name in centres.choices() if key != str(home)),
        ]
        self.choice("urgency").choices = code_list("referral_urgency").choices()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if sum(bool(data.get(name)) for name in ("chosen_offer", "partner", "centre", "recipient")) > 1:
            raise forms.ValidationError(_("Choose one recipient: a referral goes to one at a time."))
        return data

    def details(self) -> ReferralDetails:
        """Return what was typed; the name of whoever was chosen is the recipient the person is asked about."""
        data = self.cleaned_data
        offered = {str(one.service.pk): one.service.partner_id for one in self.offers}
        partner_id = offered.get(data["chosen_offer"]) or (UUID(data["partner"]) if data["partner"] else None)
        names = dict([*self.choice("partner").choices, *self.choice("centre").choices])  # type: ignore[misc]
        chosen = str(partner_id or data["centre"] or "")
        return ReferralDetails(
            service=data["service"],
            recipient=str(names[chosen]) if chosen else data["recipient"],
            partner_id=partner_id,
            to_centre_id=UUID(data["centre"]) if data["centre"] else None,
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
    """What the recipient told on the phone or on paper; the reason comes from the list of the state it leads to."""

    to = forms.ChoiceField(label=_("New state"))
    why = forms.ChoiceField(label=_("Why"), required=False)
    reason = forms.CharField(label=_("In their words"), max_length=LONGEST_REASON, required=False)
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = REFERRAL_MOVES[ReferralState(referral.state)] - _OWN_FORMS
        self.choice("to").choices = [(state.value, state.label) for state in ReferralState if state in allowed]
        self.choice("why").choices = [*NOTHING, *reasons(state for state in ReferralState if state in allowed)]


class ConfirmForm(ActionForm):
    answer = forms.ChoiceField(label=_("What the client says"), choices=ClientAnswer.choices, widget=ChoiceCards)
    words = forms.CharField(label=_("In their words"), max_length=LONGEST_REASON, required=False)


class CloseForm(ActionForm):
    words = forms.CharField(label=_("What was done about it"), max_length=LONGEST_REASON)


class PostponeForm(ActionForm):
    until = forms.DateField(label=_("Next date"), widget=DateInput)


class LinkForm(ActionForm):
    """The link for the recipient: in which language, for how long, with or without a code told by phone."""

    language = forms.ChoiceField(label=_("Language of the page"))
    days = forms.TypedChoiceField(
        label=_("Opens for"),
        coerce=int,
        initial=LINK_DAYS,
        choices=[(7, _("One week")), (LINK_DAYS, _("One month")), (LONGEST_LINK_DAYS, _("Three months"))],
    )
    with_code = forms.BooleanField(
        label=_("With a code that I tell by phone"),
        required=False,
        help_text=_(
            "Whoever only has the link cannot open it. With the code the recipient can change to another device."
        ),
    )

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = services.languages_of(referral.partner_id, referral.service)
        languages = self.choice("language")
        languages.choices = [
            (code, str(get_language_info(code)["name_local"]).capitalize()) for code, _name in settings.LANGUAGES
        ]
        offered = [code for code, _name in settings.LANGUAGES]
        languages.initial = next((code for code in spoken if code in offered), profile().default_language)
        self.fields["with_code"].initial = link_rule(referral.service) == LinkRule.WITH_CODE


class AnswerForm(ActionForm):
    """What the receiving centre answers to another centre."""

    kind = forms.ChoiceField(label=_("Your answer"), widget=ChoiceCards)
    why = forms.ChoiceField(
        label=_("Why"), required=False, help_text=_("Asked for when you cannot help or it did not work out.")
    )
    words = forms.CharField(label=_("In a few words"), max_length=LONGEST_REASON, required=False)
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=DateInput,
        help_text=_("When the person may come, or when it started or ended."),
    )

    HOME_OF = {"reason": "words", "on": "day", "proposed_on": "day"}

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = ANSWERS.get(ReferralState(referral.state), ())
        kinds = [kind for kind in offered if kind != PartnerAnswer.PROPOSE or not referral.proposed_on]
        self.choice("kind").choices = [(kind.value, kind.label) for kind in kinds]
        ends = [LEADS_TO[kind] for kind in kinds if LEADS_TO.get(kind) in REASON_LISTS]
        self.choice("why").choices = [*NOTHING, *reasons(ends)]

    def answer(self) -> Answer:
        data = self.cleaned_data
        return Answer(kind=data["kind"], why=data["why"], words=data["words"], on=data["day"])


def reasons(states: Iterable[ReferralState]) -> list[tuple[str, Any]]:
    """Return the reasons of each state, grouped by it where there are several."""
    groups = [(str(state.label), code_list(REASON_LISTS[state]).choices()) for state in states if state in REASON_LISTS]
    return groups if len(groups) > 1 else [pair for _label, pairs in groups for pair in pairs]
