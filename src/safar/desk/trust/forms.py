"""Forms of the office pages: staff, centres, one's own account, and the filter of the trail."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from safar.desk.forms import ActionForm
from safar.reference.queries import places
from safar.trust.enums import AuditVerb, CentreKind, Theme
from safar.trust.models import Centre, Staff
from safar.trust.permissions import ROLES
from safar.trust.queries import centres
from safar.trust.queries import staff as staff_queries
from safar.trust.rules import AuditFilter, CentreDetails
from safar.ui.forms import ChoiceCards, DateInput, PlacePicker


def language_choices() -> list[tuple[str, str]]:
    """Return the desk's languages, each under its own name, as its readers look for it."""
    return [(code, str(get_language_info(code)["name_local"]).capitalize()) for code, _name in settings.LANGUAGES]


class RoleCards(forms.CheckboxSelectMultiple):
    """Roles with what each may do under its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = {role.code: role.description for role in ROLES.values()}


class StaffForm(ActionForm):
    full_name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As colleagues know this person."))
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The name to sign in with; no mail needs to reach it.")
    )
    centre = forms.ChoiceField(label=_("Centre"), required=False)
    language = forms.ChoiceField(label=_("Language of the desk"))
    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=RoleCards)

    def __init__(self, *args: Any, member: Staff | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept: list[UUID] = [member.centre_id] if member and member.centre_id else []
        self.fields["centre"].choices = [("", _("None: works for the whole country")), *centres.choices(include=kept)]  # type: ignore[attr-defined]
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()
        self.fields["roles"].choices = [(role.code, role.name) for role in ROLES.values()]  # type: ignore[attr-defined]
        if member:
            del self.fields["language"], self.fields["roles"]
            self.initial.update(full_name=member.full_name, email=member.email, centre=member.centre_id)

    def chosen_centre(self) -> Centre | None:
        key = self.cleaned_data["centre"]
        return centres.centre(UUID(key)) if key else None


class RolesForm(ActionForm):
    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=RoleCards)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.code, role.name) for role in ROLES.values()]  # type: ignore[attr-defined]


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the desk"), widget=ChoiceCards)
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices, widget=ChoiceCards)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]


class AuditFilterForm(forms.Form):
    staff = forms.ChoiceField(label=_("Member of staff"), required=False)
    verb = forms.ChoiceField(
        label=_("What happened"), required=False, choices=[("", _("Anything")), *AuditVerb.choices]
    )
    person = forms.UUIDField(label=_("Person’s key"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DateInput)
    until = forms.DateField(label=_("To"), required=False, widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [("", _("Anybody")), *staff_queries.choices()]  # type: ignore[attr-defined]

    def wanted(self) -> AuditFilter:
        """Return the filter, and an empty one while the form is wrong: its errors then stand above the whole trail."""
        if not self.is_valid():
            return AuditFilter()
        data = self.cleaned_data
        return AuditFilter(
            staff_id=UUID(data["staff"]) if data["staff"] else None,
            verb=data["verb"],
            person_key=data["person"],
            since=data["since"],
            until=data["until"],
        )


class CentreForm(ActionForm):
    """A centre; its texts are asked in each language of the desk, and the name in at least one."""

    code = forms.CharField(
        label=_("Code"), max_length=8, help_text=_("Short and lasting, such as TAS: records carry it.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=CentreKind.choices, widget=ChoiceCards, initial=CentreKind.CENTRE)
    parent_id = forms.ChoiceField(label=_("Belongs to"), required=False)
    region = forms.ChoiceField(label=_("Region or district"), widget=PlacePicker)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False)
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    opened_on = forms.DateField(label=_("Open since"), required=False, widget=DateInput)

    def __init__(self, *args: Any, centre: Centre | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centre = centre
        mothers = [each for each in centres.open_centres() if each.kind == CentreKind.CENTRE and each != centre]
        self.fields["parent_id"].choices = [("", "—"), *((str(each.pk), str(each)) for each in mothers)]  # type: ignore[attr-defined]
        self.fields["region"].choices = PlacePicker.choices_of(  # type: ignore[attr-defined]
            (region.code, str(region.name), [(one.code, str(one.name)) for one in places.districts(region.code)])
            for region in places.regions(settings.SAFAR_COUNTRY)
        )
        self._add_texts()
        if centre:
            self.fields["code"].disabled = True
            self.initial.update(_initial_of(centre))

    def texts(self, name: str) -> list[Any]:
        return [self[f"{name}_{code}"] for code, _name in settings.LANGUAGES]

    @property
    def names(self) -> list[Any]:
        return self.texts("name")

    @property
    def addresses(self) -> list[Any]:
        return self.texts("address")

    @property
    def opening_hours(self) -> list[Any]:
        return self.texts("hours")

    def details(self) -> CentreDetails:
        data = self.cleaned_data
        place = places.place(data["region"])
        return CentreDetails(
            code=data["code"],
            kind=data["kind"],
            name=self._text("name"),
            region=places.region_of(place.code),
            district=place.code if place.level == places.DISTRICT else "",
            parent_id=UUID(data["parent_id"]) if data["parent_id"] else None,
            address=self._text("address"),
            hours=self._text("hours"),
            phone=data["phone"],
            latitude=data["latitude"],
            longitude=data["longitude"],
            opened_on=data["opened_on"],
        )

    def _text(self, name: str) -> Mapping[str, str]:
        return {code: self.cleaned_data[f"{name}_{code}"] for code, _name in settings.LANGUAGES}

    def _add_texts(self) -> None:
        for name in ("name", "address", "hours"):
            for code, label in language_choices():
                field = forms.CharField(label=label, max_length=200, required=False)
                field.widget.attrs["lang"] = code
                self.fields[f"{name}_{code}"] = field


def _initial_of(centre: Centre) -> dict[str, Any]:
    plain = ("code", "kind", "parent_id", "phone", "latitude", "longitude", "opened_on")
    initial: dict[str, Any] = {name: getattr(centre, name) for name in plain}
    initial["region"] = centre.district or centre.region
    for name in ("name", "address", "hours"):
        texts = getattr(centre, name)
        initial |= {f"{name}_{code}": texts.get(code, "") for code, _label in settings.LANGUAGES}
    return initial


class CloseCentreForm(ActionForm):
    on = forms.DateField(label=_("Closed from"), widget=DateInput)
