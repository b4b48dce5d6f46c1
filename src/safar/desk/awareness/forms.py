"""Forms of the session pages: they parse what was typed; what is allowed is decided by the actions."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.awareness.models import Session
from safar.awareness.rules import RosterRow, SessionDetails
from safar.desk.awareness.facts import label
from safar.desk.forms import ActionForm
from safar.kernel.actor import Actor
from safar.partners.queries import partners
from safar.reference.queries import codes, places
from safar.trust.queries import staff
from safar.trust.queries.profile import profile
from safar.ui.forms import DateInput, Pills, PlacePicker, TimeInput

_EMPTY = [("", "—")]


class SessionForm(ActionForm):
    HOME_OF = {"starts_at": "starts", "ends_at": "ends", "region": "place", "district": "place"}

    title = forms.CharField(label=_("Title"), max_length=160, help_text=_("As it is announced."))
    session_type = forms.ChoiceField(label=_("Type of session"))
    day = forms.DateField(label=_("Day"), widget=DateInput)
    starts = forms.TimeField(label=_("Starts at"), widget=TimeInput)
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput)
    place = forms.ChoiceField(label=_("Place"), required=False, widget=PlacePicker)
    venue = forms.CharField(
        label=_("Venue"), max_length=200, required=False, help_text=_("Building, hall or meeting point.")
    )
    host_id = forms.ChoiceField(label=_("Host partner"), required=False)
    host_name = forms.CharField(label=_("Host, if not among the partners"), max_length=160, required=False)
    language = forms.ChoiceField(label=_("Language of the session"))
    target_group = forms.CharField(
        label=_("Who it is for"), max_length=120, required=False, help_text=_("For example: final-year students.")
    )
    modules = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=Pills)
    facilitators = forms.MultipleChoiceField(
        label=_("Who holds it"),
        required=False,
        widget=Pills,
        help_text=_("They cannot approve the record of this session."),
    )
    expected = forms.IntegerField(label=_("Expected attendances"), min_value=0, max_value=100_000, required=False)
    capacity = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=100_000, required=False, help_text=_("Empty if there is no limit.")
    )
    public = forms.BooleanField(
        label=_("Show it in the public calendar and take sign-ups"),
        required=False,
    )
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Any = None, *, by: Actor, session: Session | None = None) -> None:
        super().__init__(data, initial=_initial(session) if session else {"facilitators": [str(by.id)]})
        held = session or Session()
        modules = [row.code for row in held.modules.all()] if session else []
        types = codes.code_list("session_type").choices(include=[held.session_type])
        self.offer("session_type", [*_EMPTY, *types])
        self.offer("modules", codes.code_list("topic_module").choices(include=modules))
        offered = dict.fromkeys([*profile().languages.clients, *([held.language] if held.language else [])])
        self.offer("language", [*_EMPTY, *((code, label("language", code)) for code in offered)])
        self.offer("host_id", [*_EMPTY, *partners.choices()])
        self.offer("facilitators", staff.choices())
        self.offer("place", place_choices())

    def details(self) -> SessionDetails:
        """Return what was typed as the action takes it; only after `is_valid()`."""
        told = self.cleaned_data
        place = places.place(told["place"]) if told["place"] else None
        plain = ("title", "session_type", "language", "venue", "host_name", "target_group", "expected", "capacity")
        return SessionDetails(
            **{name: told[name] for name in plain},
            starts_at=_moment(told["day"], told["starts"]),
            ends_at=_moment(told["day"], told["ends"]),
            region=places.region_of(place.code) if place else "",
            district=place.code if place and place.level == places.DISTRICT else "",
            host_id=UUID(told["host_id"]) if told["host_id"] else None,
            modules=told["modules"],
            facilitators=[UUID(key) for key in told["facilitators"]],
            public=told["public"],
            notes=told["notes"],
        )


class RosterForm(ActionForm):
    """Several client numbers at once, as they stand on a paper list."""

    numbers = forms.CharField(
        label=_("Client numbers, one a line"),
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text=_("Who is on the list already is not added twice."),
    )

    def rows(self) -> list[RosterRow]:
        lines = (line.strip() for line in self.cleaned_data["numbers"].splitlines())
        return [RosterRow(client_number=line) for line in lines if line]


class QuestionForm(ActionForm):
    text = forms.CharField(
        label=_("Question"),
        max_length=400,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("As it was asked, without names."),
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.offer("topic", [*_EMPTY, *codes.code_list("topic").choices()])


class MonthForm(forms.Form):
    """Which month a list shows; what is not a month shows this one."""

    month = forms.RegexField(r"^\d{4}-\d{2}$", required=False)

    def first_day(self, today: dt.date) -> dt.date:
        chosen = self.cleaned_data.get("month") if self.is_valid() else ""
        try:
            return dt.date.fromisoformat(f"{chosen}-01")
        except ValueError:
            return today.replace(day=1)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


def place_choices() -> list[Any]:
    return PlacePicker.choices_of(
        (region.code, str(region.name), [(one.code, str(one.name)) for one in places.districts(region.code)])
        for region in places.regions(profile().country)
    )


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))


def _initial(session: Session) -> dict[str, Any]:
    plain = ("title", "session_type", "venue", "host_name", "language", "target_group", "expected", "capacity")
    starts_at, ends_at = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {name: getattr(session, name) for name in (*plain, "public", "notes")} | {
        "day": starts_at.date(),
        "starts": starts_at.time(),
        "ends": ends_at.time(),
        "place": session.district or session.region,
        "host_id": str(session.host_id) if session.host_id else "",
        "modules": [row.code for row in session.modules.all()],
        "facilitators": [str(row.staff_id) for row in session.facilitators.all()],
    }
