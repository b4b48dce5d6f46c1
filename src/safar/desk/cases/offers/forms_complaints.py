"""Taking a complaint, choosing who hears it, and saying what came of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.cases.actions.complaints import Passing
from safar.cases.enums.complaints import ComplaintOutcome, Evidence
from safar.cases.models import Complaint
from safar.cases.queries import complaints
from safar.cases.queries.agencies import Found
from safar.cases.queries.complaints import WrittenInstitution
from safar.cases.rules.complaints import ComplaintDetails
from safar.desk.cases.offers.forms import NOTHING, currencies
from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.people.enums import ConsentMethod, SharedField
from safar.people.rules import ConsentDetails
from safar.reference.queries.codes import code_list
from safar.trust.queries import centres, staff
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput, Pills

TOLD_FIELDS = (SharedField.NAME, SharedField.BIRTH, SharedField.SEX, SharedField.PHONE, SharedField.LANGUAGE)


class ComplaintForm(ActionForm):
    HOME_OF = {"agency_id": "agency", "about_centre_id": "about_centre"}

    kind = forms.ChoiceField(label=_("What the complaint is about"), widget=ChoiceCards)
    agency_name = forms.CharField(
        label=_("Agency"),
        max_length=200,
        required=False,
        help_text=_("In any script; it is looked up in the register."),
    )
    agency = forms.ChoiceField(label=_("Which of these is it?"), required=False, widget=ChoiceCards)
    institution = forms.ChoiceField(label=_("Institution"), required=False)
    institution_name = forms.CharField(
        label=_("Institution in the client’s words"),
        max_length=200,
        required=False,
        help_text=_("Whoever is meant here cannot be chosen to hear the complaint."),
    )
    about_centre = forms.ChoiceField(label=_("One of our centres"), required=False)
    named_staff = forms.MultipleChoiceField(
        label=_("Colleagues named"),
        required=False,
        widget=Pills,
        help_text=_("They can never open this complaint. Only who takes it and the data-protection officer can."),
    )
    happened_on = forms.DateField(label=_("When it happened"), required=False, widget=DateInput)
    told = forms.CharField(
        label=_("What happened"),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("In the client’s words. About violence or trafficking write a sealed note instead."),
    )
    amount = forms.DecimalField(label=_("Sum"), required=False, max_digits=14, decimal_places=2)
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    evidence = forms.MultipleChoiceField(
        label=_("What the client holds"),
        choices=Evidence.choices,
        required=False,
        widget=Pills,
        help_text=_("We keep no copies; the client keeps what they have."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = complaints.institutions()
        self.offer("kind", code_list(complaints.KINDS).choices())
        self.offer("institution", [*NOTHING, *((each.code, str(each.name)) for each in listed.institutions)])
        self.offer("about_centre", [*NOTHING, *((str(each.pk), str(each)) for each in centres.open_centres())])
        self.offer("named_staff", staff.choices())
        self.offer("currency", currencies())

    def offer_agencies(self, hits: Sequence[Found]) -> None:
        self.offer("agency", [(str(hit.agency.pk), str(hit.agency)) for hit in hits] + [("none", _("None of these"))])

    def details(self, agency_id: UUID | None) -> ComplaintDetails:
        """Return what was told; an agency no register lists stands as the client calls it."""
        data = self.cleaned_data
        words = data["institution_name"] or ("" if agency_id else data["agency_name"])
        return ComplaintDetails(
            kind=data["kind"],
            told=data["told"],
            agency_id=agency_id,
            institution=data["institution"],
            institution_name=words,
            about_centre_id=UUID(data["about_centre"]) if data["about_centre"] else None,
            named_staff=frozenset(UUID(each) for each in data["named_staff"]),
            happened_on=data["happened_on"],
            amount=data["amount"],
            currency=data["currency"] if data["amount"] else "",
            evidence=tuple(data["evidence"]),
        )


class PassOnForm(ActionForm):
    """To whom, with which fields of the person, and the consent to exactly that."""

    HOME_OF = {"fields": "fields_shared"}

    recipient = forms.ChoiceField(label=_("Who is to hear it"), widget=ChoiceCards)
    fields_shared = forms.MultipleChoiceField(
        label=_("What the recipient is told about the person"),
        choices=[(field.value, field.label) for field in TOLD_FIELDS],
        required=False,
        widget=Pills,
    )
    consent = forms.BooleanField(
        label=_("The person agrees that this recipient is told the complaint and these fields."), required=False
    )
    method = forms.ChoiceField(
        label=_("How consent was given"), choices=ConsentMethod.choices, initial=ConsentMethod.VERBAL, required=False
    )
    text_language = forms.ChoiceField(label=_("Language in which the text was read"), required=False)

    def __init__(self, *args: Any, complaint: Complaint, offered: Sequence[WrittenInstitution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("recipient", [(each.code, str(each.name)) for each in offered])
        languages = self.choice("text_language")
        languages.choices = profile().consent_language_choices()
        languages.initial = profile().default_language
        if complaint.person_id is None:
            for name in ("fields_shared", "consent", "method", "text_language"):
                del self.fields[name]

    def texts(self) -> list[tuple[str, str, str]]:
        """Return (language, its name, the text to read out) for every language on offer."""
        offered = profile().consent_texts("share")
        return [(code, name, offered[code].text) for code, name in profile().consent_language_choices()]

    def to(self) -> Passing:
        data = self.cleaned_data
        fields = tuple(data.get("fields_shared", ()))
        agreed = None
        if data.get("consent"):
            language = data["text_language"] or profile().default_language
            agreed = ConsentDetails(
                purpose="share",
                granted=True,
                recipient=complaints.recipient_name(data["recipient"]),
                fields=tuple(sorted({*fields, SharedField.NEED})),
                text_version=profile().consent_text("share", language).version,
                language=language,
                method=data["method"] or ConsentMethod.VERBAL,
            )
        return Passing(data["recipient"], fields, agreed)


class AnswerForm(ActionForm):
    text = forms.CharField(label=_("What the answer says"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)


class CloseForm(ActionForm):
    outcomes = forms.MultipleChoiceField(
        label=_("What came of it"), choices=ComplaintOutcome.choices, required=False, widget=Pills
    )
    amount_back = forms.DecimalField(label=_("How much came back"), required=False, max_digits=14, decimal_places=2)
    text = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3}))
    on = forms.DateField(label=_("Day"), widget=DateInput, initial=today)
