"""The offer check for anybody: no name, nothing kept, every question may stay open."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.offers import (
    Deposit,
    FeeKind,
    FeePayer,
    OfferChannel,
    OfferedBy,
    Passport,
    Payee,
    Purpose,
    WageInContract,
    YesNo,
)
from safar.cases.rules.offers import Fee, OfferAnswers
from safar.portal.forms import VisitorForm
from safar.reference.queries.codes import code_list
from safar.ui.forms import ChoiceCards, DateInput, Pills

_COSTS = [
    ("early", _("Money before there is a contract")),
    (FeeKind.PLACEMENT.value, _("Money for finding the job")),
    (FeeKind.PERMIT.value, _("Money for a work permit or an invitation")),
    (FeeKind.OTHER.value, _("Money for something else")),
]


def _asked(label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, initial="unknown", widget=ChoiceCards, **options)


class PublicOfferForm(VisitorForm):
    offered_by = _asked(_("Who makes you the offer?"), OfferedBy.choices)
    agency_name = forms.CharField(
        label=_("Name of the agency"),
        max_length=200,
        required=False,
        help_text=_("In any script. We look it up in the register of licences."),
    )
    channel = _asked(_("How did the offer reach you?"), OfferChannel.choices)
    employer_asked = _asked(_("Did you ask the employer, by an address you found yourself?"), YesNo.choices)
    purpose = forms.ChoiceField(label=_("What for?"), choices=Purpose.choices, initial=Purpose.WORK, widget=ChoiceCards)
    visa_type = forms.ChoiceField(label=_("Which visa?"), initial="unknown")
    contract = _asked(_("Is there a written contract?"), YesNo.choices)
    contract_on = forms.DateField(label=_("Day of the contract"), required=False, widget=DateInput)
    contract_entity = forms.CharField(
        label=_("Agency named in the contract"),
        max_length=200,
        required=False,
        help_text=_("Exactly as it stands there."),
    )
    contract_readable = _asked(_("Can you read it?"), YesNo.choices)
    wage_in_contract = _asked(_("Does the promised wage stand in it?"), WageInContract.choices)
    payees = forms.MultipleChoiceField(label=_("Whom do you pay?"), required=False, widget=Pills)
    costs = forms.MultipleChoiceField(label=_("What are you asked for?"), choices=_COSTS, required=False, widget=Pills)
    deposit = _asked(_("Do they want a deposit?"), Deposit.choices)
    passport = _asked(_("Where is your passport?"), Passport.choices)
    pressure = _asked(_("Do they press you to decide or leave quickly?"), YesNo.choices)
    guaranteed = _asked(_("Do they promise that you will be selected for certain?"), YesNo.choices)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        visa, payees, passport = self.fields["visa_type"], self.fields["payees"], self.fields["passport"]
        assert isinstance(visa, forms.ChoiceField)  # noqa: S101  (narrows the types; they are declared above)
        assert isinstance(payees, forms.ChoiceField)  # noqa: S101
        assert isinstance(passport, forms.ChoiceField)  # noqa: S101
        visa.choices = [*code_list("visa_type").choices(), ("unknown", _("Not known"))]
        payees.choices = [(Payee.NOBODY.value, _("Nobody")), *Payee.choices[1:]]
        passport.choices = [(Passport.CLIENT.value, _("With me")), *Passport.choices[1:]]

    def answers(self) -> OfferAnswers:
        """Return what was answered, in the form in which the desk checks too."""
        told = dict(self.cleaned_data)
        costs = told.pop("costs")
        early = "early" in costs
        kinds = [kind for kind in costs if kind != "early"] or ([FeeKind.OTHER.value] if early else [])
        fees = tuple(Fee(kind, FeePayer.CLIENT, before_contract=early) for kind in kinds)
        return OfferAnswers(**{**told, "payees": frozenset(told["payees"])}, fees=fees)
