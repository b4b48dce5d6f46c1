from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safar.desk.forms import ActionForm
from safar.desk.people.forms import place_choices
from safar.people.enums import HouseholdRole
from safar.people.models import Household
from safar.people.rules import MOST_DEPENDANTS, Dependants, HouseholdDetails
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput, PlacePicker

_COUNTED = ("men", "women", "boys", "girls")


class HouseholdForm(ActionForm):
    """How a household is called, where it is, and how many of it have no file of their own."""

    HOME_OF = {"dependants": "men"}

    label = forms.CharField(label=_("Name of the household"), max_length=120)
    place = forms.ChoiceField(label=_("Place of residence"), required=False, widget=PlacePicker)
    men = forms.IntegerField(label=_("Men"), required=False, min_value=0, max_value=MOST_DEPENDANTS)
    women = forms.IntegerField(label=_("Women"), required=False, min_value=0, max_value=MOST_DEPENDANTS)
    boys = forms.IntegerField(label=_("Boys"), required=False, min_value=0, max_value=MOST_DEPENDANTS)
    girls = forms.IntegerField(label=_("Girls"), required=False, min_value=0, max_value=MOST_DEPENDANTS)

    def __init__(self, *args: Any, household: Household | None = None, **kwargs: Any) -> None:
        if household is not None:
            names = ("label", "place", *_COUNTED)
            kwargs.setdefault("initial", {name: getattr(household, name) for name in names})
        super().__init__(*args, **kwargs)
        self.offer("place", place_choices(profile().country, get_language() or "en"))

    def details(self) -> HouseholdDetails:
        """Return what was typed as the action takes it; only after `is_valid()`."""
        data = self.cleaned_data
        return HouseholdDetails(
            label=data["label"],
            place=data["place"],
            dependants=Dependants(**{name: data[name] or 0 for name in _COUNTED}),
        )


class StartForm(HouseholdForm):
    """The same, with what the first member is in it."""

    role = forms.ChoiceField(
        label=_("What the person is in it"),
        choices=HouseholdRole.choices,
        initial=HouseholdRole.HEAD,
        widget=ChoiceCards,
    )


class MemberForm(ActionForm):
    """What somebody is in a household they are added to."""

    role = forms.ChoiceField(label=_("What the person is in it"), choices=HouseholdRole.choices, widget=ChoiceCards)
    since = forms.DateField(
        label=_("Since"), required=False, widget=DateInput, help_text=_("Leave it empty when it has always been so.")
    )
