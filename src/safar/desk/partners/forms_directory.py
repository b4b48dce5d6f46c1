"""Forms of the service directory."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.desk.forms import ActionForm
from safar.partners.enums import Capacity, Cost, ServiceStatus
from safar.partners.models import Service
from safar.partners.rules import ServiceDetails
from safar.reference.queries import codes, places
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, Pills, PlacePicker

_ALL = [("", _("All"))]
_EMPTY = [("", "—")]
_PLAIN = (
    *(
        "service_type",
        "description",
        "address",
        "schedule",
        "cost",
        "fees_description",
        "capacity",
        "capacity_available",
    ),
    *("wait_days", "eligibility_description", "application_process", "phone", "email", "url", "status"),
)


class DirectoryFilter(ActionForm):
    service = forms.ChoiceField(label=_("Service"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.choice("service").choices = [*_ALL, *codes.code_list("referral_service").choices()]
        regions = [(region.code, str(region.name)) for region in places.regions(profile().country)]
        self.choice("region").choices = [*_ALL, *regions]

    def chosen(self) -> dict[str, str]:
        """Return what to narrow by; what is not a choice narrows nothing."""
        self.is_valid()
        told = self.cleaned_data if self.is_bound else {}
        return {"service_type": told.get("service", ""), "region": told.get("region", "")}


class ServiceForm(ActionForm):
    HOME_OF = {"region": "place", "district": "place"}

    service_type = forms.ChoiceField(label=_("Service"))
    description = forms.CharField(label=_("What is offered"), required=False, widget=forms.Textarea({"rows": 2}))
    place = forms.ChoiceField(
        label=_("Place"), required=False, widget=PlacePicker, help_text=_("Empty if it serves the whole country.")
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    schedule = forms.CharField(label=_("Opening hours"), max_length=120, required=False)
    languages = forms.MultipleChoiceField(label=_("Languages"), widget=Pills, required=False)
    capacity = forms.ChoiceField(label=_("Takes people"), choices=Capacity.choices, widget=ChoiceCards)
    capacity_available = forms.IntegerField(label=_("Places free"), required=False, min_value=0, max_value=9999)
    wait_days = forms.IntegerField(label=_("Usual wait, days"), required=False, min_value=0, max_value=9999)
    cost = forms.ChoiceField(label=_("Cost for the person"), choices=Cost.choices)
    fees_description = forms.CharField(label=_("What it costs"), max_length=200, required=False)
    eligibility_description = forms.CharField(
        label=_("For whom, on what conditions"), required=False, widget=forms.Textarea({"rows": 2})
    )
    application_process = forms.CharField(
        label=_("How to get there"), required=False, widget=forms.Textarea({"rows": 2})
    )
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False, widget=forms.TextInput({"type": "tel"}))
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    url = forms.CharField(label=_("Web address"), max_length=200, required=False)
    status = forms.ChoiceField(label=_("State"), choices=ServiceStatus.choices, initial=ServiceStatus.ACTIVE)

    def __init__(self, data: Any = None, *, service: Service | None = None) -> None:
        super().__init__(
            data, initial=_initial(service) if service else {"capacity": Capacity.UNKNOWN, "cost": Cost.UNKNOWN}
        )
        held = [service.service_type] if service else []
        self.choice("service_type").choices = [*_EMPTY, *codes.code_list("referral_service").choices(include=held)]
        spoken = service.languages if service else []
        self.offer("languages", codes.code_list("language").choices(include=spoken))
        self.choice("place").choices = PlacePicker.choices_of(
            (region.code, str(region.name), [(one.code, str(one.name)) for one in places.districts(region.code)])
            for region in places.regions(profile().country)
        )

    def details(self) -> ServiceDetails:
        """Return what was typed as the action takes it; only after `is_valid()`."""
        told = self.cleaned_data
        place = places.place(told["place"]) if told["place"] else None
        return ServiceDetails(
            region=places.region_of(place.code) if place else "",
            district=place.code if place and place.level == places.DISTRICT else "",
            languages=tuple(told["languages"]),
            **{name: told[name] for name in _PLAIN},
        )


def _initial(service: Service) -> dict[str, Any]:
    return {name: getattr(service, name) for name in _PLAIN} | {
        "place": service.district or service.region,
        "languages": service.languages,
    }
