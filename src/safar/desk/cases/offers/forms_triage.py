"""Three short questions, and the restricted hand-over a yes may lead to."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.offers import YesNo
from safar.cases.queries.triage import protocols
from safar.cases.rules.referrals import ReferralDetails
from safar.desk.forms import ActionForm
from safar.partners.queries import partners
from safar.reference.queries.codes import code_list
from safar.trust.actions.sealed import LONGEST_NOTE
from safar.trust.enums import SealedKind
from safar.ui.forms import ChoiceCards

_ANSWERS = [pair for pair in YesNo.choices if pair[0] != YesNo.UNKNOWN]


class TriageForm(ActionForm):
    """One yes or no for each card of the country."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for card in protocols().cards:
            self.fields[card.code] = forms.ChoiceField(label=str(card.question), choices=_ANSWERS, widget=ChoiceCards)

    def yes(self) -> list[str]:
        return [code for code, answer in self.cleaned_data.items() if answer == YesNo.YES]


class HandOverForm(ActionForm):
    """What is sealed, and the draft of a referral that says nothing of it."""

    HOME_OF = {"partner_id": "partner"}

    kind = forms.ChoiceField(label=_("What it is about"), choices=SealedKind.choices, widget=ChoiceCards)
    text = forms.CharField(
        label=_("Sealed note"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
        help_text=_("What was said, seen and done. Only named readers can have it opened."),
    )
    service = forms.ChoiceField(label=_("Service asked for"))
    partner = forms.ChoiceField(label=_("Partner"), required=False)
    recipient = forms.CharField(
        label=_("Other recipient"), max_length=120, required=False, help_text=_("When it is not among the partners.")
    )
    urgency = forms.ChoiceField(label=_("How soon"), widget=ChoiceCards, initial="immediate")

    def __init__(self, *args: Any, has_file: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("service", code_list("referral_service").choices())
        self.offer("partner", [("", "—"), *partners.choices()])
        self.offer("urgency", code_list("referral_urgency").choices())
        if not has_file:
            del self.fields["kind"]
            del self.fields["text"]

    def details(self) -> ReferralDetails:
        """Return the draft; the name of a chosen partner is the recipient, and nothing of the person goes along."""
        data = self.cleaned_data
        names = dict(self.choice("partner").choices)  # type: ignore[arg-type]
        return ReferralDetails(
            service=data["service"],
            recipient=str(names[data["partner"]]) if data["partner"] else data["recipient"],
            partner_id=UUID(data["partner"]) if data["partner"] else None,
            urgency=data["urgency"],
        )
