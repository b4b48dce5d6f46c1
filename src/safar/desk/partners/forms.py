"""Forms of the partners pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.partners.enums import AgreementKind, PartnerKind, PartnerState
from safar.partners.models import Partner
from safar.partners.queries.partners import Filters
from safar.partners.rules import AgreementDetails, PartnerDetails
from safar.reference.queries import codes, places
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput, Pills, PlacePicker

_ALL = [("", _("All"))]
_EMPTY = [("", "—")]
_NAMES = ("uz", "ru", "en")


class FilterForm(ActionForm):
    text = forms.CharField(label=_("Title"), max_length=80, required=False)
    type = forms.ChoiceField(label=_("Type"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=[*_ALL, *PartnerState.choices], required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    topic = forms.ChoiceField(label=_("Can help with"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.choice("type").choices = [*_ALL, *codes.code_list("partner_type").choices()]
        self.choice("topic").choices = [*_ALL, *codes.code_list("topic").choices()]
        regions = [(region.code, str(region.name)) for region in places.regions(profile().country)]
        self.choice("region").choices = [*_ALL, *regions]

    def filters(self) -> Filters:
        """Return what to narrow by; what is not a choice narrows nothing."""
        self.is_valid()
        told = self.cleaned_data
        return Filters(**{name: told.get(name, "") for name in ("text", "type", "state", "region", "topic")})


class PartnerForm(ActionForm):
    HOME_OF = {"name": "name_uz", "region": "place", "district": "place"}

    kind = forms.ChoiceField(label=_("Institution or person"), choices=PartnerKind.choices, widget=ChoiceCards)
    type = forms.ChoiceField(label=_("Type"))
    name_uz = forms.CharField(label=_("Name, Uzbek"), max_length=200, required=False)
    name_ru = forms.CharField(label=_("Name, Russian"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name, English"), max_length=200, required=False)
    place = forms.ChoiceField(label=_("Place"), required=False, widget=PlacePicker)
    focal_name = forms.CharField(label=_("Who we talk to"), max_length=120, required=False)
    focal_role = forms.CharField(label=_("Their position"), max_length=120, required=False)
    focal_phone = forms.CharField(
        label=_("Phone"), max_length=32, required=False, widget=forms.TextInput({"type": "tel"})
    )
    focal_email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    website = forms.CharField(label=_("Web address"), max_length=200, required=False)
    topics = forms.MultipleChoiceField(label=_("Can help with"), widget=Pills, required=False)
    note = forms.CharField(label=_("Note"), widget=forms.Textarea({"rows": 3}), required=False)

    def __init__(self, data: Any = None, *, partner: Partner | None = None) -> None:
        super().__init__(data, initial=_initial(partner) if partner else {"kind": PartnerKind.INSTITUTION})
        held_topics = [row.topic for row in partner.topics.all()] if partner else []
        held_type = [partner.type] if partner else []
        self.choice("type").choices = [*_EMPTY, *codes.code_list("partner_type").choices(include=held_type)]
        self.choice("topics").choices = codes.code_list("topic").choices(include=held_topics)
        self.choice("place").choices = PlacePicker.choices_of(
            (region.code, str(region.name), [(one.code, str(one.name)) for one in places.districts(region.code)])
            for region in places.regions(profile().country)
        )

    def details(self) -> PartnerDetails:
        """Return what was typed as the action takes it; only after `is_valid()`."""
        told = self.cleaned_data
        place = places.place(told["place"]) if told["place"] else None
        return PartnerDetails(
            kind=told["kind"],
            type=told["type"],
            name={language: told[f"name_{language}"] for language in _NAMES if told[f"name_{language}"]},
            region=places.region_of(place.code) if place else "",
            district=place.code if place and place.level == places.DISTRICT else "",
            focal_name=told["focal_name"],
            focal_role=told["focal_role"],
            focal_phone=told["focal_phone"],
            focal_email=told["focal_email"],
            website=told["website"],
            topics=tuple(told["topics"]),
            note=told["note"],
        )


class AgreementForm(ActionForm):
    kind = forms.ChoiceField(label=_("What was signed"), choices=AgreementKind.choices)
    signed_on = forms.DateField(label=_("Signed on"), widget=DateInput)
    expires_on = forms.DateField(
        label=_("Holds until"), widget=DateInput, required=False, help_text=_("Empty if it has no end.")
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea({"rows": 2}), required=False)

    def details(self) -> AgreementDetails:
        return AgreementDetails(**self.cleaned_data)


class TouchpointForm(ActionForm):
    on = forms.DateField(label=_("Day"), widget=DateInput)
    what = forms.CharField(label=_("What came of it"), widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"on": today()})


def _initial(partner: Partner) -> dict[str, Any]:
    plain = ("kind", "type", "focal_name", "focal_role", "focal_phone", "focal_email", "website", "note")
    return (
        {name: getattr(partner, name) for name in plain}
        | {f"name_{language}": partner.name.get(language, "") for language in _NAMES}
        | {"place": partner.district or partner.region, "topics": [row.topic for row in partner.topics.all()]}
    )
