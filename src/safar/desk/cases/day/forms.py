"""Forms of the desk's day; what is allowed the actions decide."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.cases.actions.calls import CallDetails
from safar.cases.actions.rota import ChangeDetails
from safar.cases.enums.day import CalledOffBy, CallOffReason, CallReason, RotaKind, RotaReason
from safar.cases.queries import rota
from safar.cases.queries.rota import Slot, SlotKey
from safar.cases.rules.day import (
    LONGEST_CONTACT,
    LONGEST_NAME,
    LONGEST_SLOT,
    MOST_SEATS,
    SHORTEST_SLOT,
    Hours,
    VisitDetails,
)
from safar.desk.cases.forms import NOTHING, grouped
from safar.desk.forms import ActionForm
from safar.kernel.clock import today
from safar.reference.queries.codes import code_list
from safar.trust.models import Centre, Staff
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput, Pills, TimeInput

_WEEKDAYS = [
    (1, _("Monday")), (2, _("Tuesday")), (3, _("Wednesday")), (4, _("Thursday")), (5, _("Friday")), (6, _("Saturday")),
    (7, _("Sunday")),
]  # fmt: skip
_EVERYBODY = [("", _("Everybody"))]
_EVERYWHERE = [("", _("All places"))]


class DayFilter(forms.Form):
    """Which day, place and colleague; a GET form."""

    on = forms.DateField(label=_("Day"), widget=DateInput, required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    staff = forms.ChoiceField(label=_("Colleague"), required=False)

    def __init__(self, *args: Any, places: Sequence[Centre], colleagues: Sequence[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("place", _places(places)), ("staff", [*_EVERYBODY, *_staff(colleagues)])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
            field.choices = choices


class SlotForm(ActionForm):
    """A time out of those that are free on a day."""

    HOME_OF = {"starts_at": "slot"}

    slot = forms.ChoiceField(label=_("Time"), widget=ChoiceCards)

    def __init__(self, *args: Any, slots: Sequence[Slot], staff: Sequence[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {one.pk: one.full_name for one in staff}
        groups: dict[str, list[tuple[str, str]]] = {}
        for slot in slots:
            who = names.get(slot.staff_id, "—") + (f" · {slot.place}" if slot.place else "")
            left = f" ({slot.left})" if slot.seats > 1 else ""
            groups.setdefault(who, []).append((slot.key, f"{rota.local(slot.starts_at):%H:%M}{left}"))
        self.offer("slot", list(groups.items()))

    def chosen(self) -> SlotKey:
        """Return the slot; only after `is_valid()`, which lets no other text through."""
        found = SlotKey.read(self.cleaned_data["slot"])
        assert found is not None  # noqa: S101  (narrows the type; the choices are ours)
        return found


class BookingForm(SlotForm):
    """A visit of somebody without a file: what they choose to leave, and what it is for."""

    name = forms.CharField(label=_("What shall we call the person?"), max_length=LONGEST_NAME, required=False)
    contact = forms.CharField(
        label=_("Number or address"),
        max_length=LONGEST_CONTACT,
        required=False,
        help_text=_("Only to say if the time changes. It is forgotten after the visit."),
    )
    topic = forms.ChoiceField(label=_("What is it about?"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    field_order = ("slot", "name", "contact", "topic", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("topic", [*NOTHING, *grouped("topic")])
        self.offer("language", [*NOTHING, *grouped("language")])

    def details(self) -> VisitDetails:
        told = self.cleaned_data
        return VisitDetails(told.get("name", ""), told.get("contact", ""), told["language"], told["topic"])


class PersonBookingForm(BookingForm):
    """A visit of a person with a file: who they are and how to reach them stands there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name"], self.fields["contact"]


class CallOffForm(ActionForm):
    called_off_by = forms.ChoiceField(
        label=_("By whom"), choices=CalledOffBy.choices, widget=ChoiceCards, initial="client"
    )
    reason = forms.ChoiceField(
        label=_("Why"), choices=[one for one in CallOffReason.choices if one[0] != CallOffReason.BY_CODE]
    )


class WalkInForm(ActionForm):
    need = forms.ChoiceField(
        label=_("Whom to receive first"),
        widget=ChoiceCards(
            hints={
                "ordinary": _("Whoever waits an hour moves up by itself."),
                "emergency": _("Goes before everybody, and so do danger and children alone."),
            }
        ),
        initial="ordinary",
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("need", code_list("walk_in_need").choices())
        self.offer("language", [*NOTHING, *grouped("language")])


class CallForm(ActionForm):
    reason = forms.ChoiceField(label=_("Why"), choices=CallReason.choices, widget=ChoiceCards, initial="missed_call")
    due_on = forms.DateField(label=_("Call on"), widget=DateInput, initial=today)
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, required=False)
    contact = forms.CharField(label=_("Number or address"), max_length=LONGEST_CONTACT, required=False)

    def __init__(self, *args: Any, of_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_person:
            del self.fields["name"], self.fields["contact"]

    def details(self) -> CallDetails:
        told = self.cleaned_data
        return CallDetails(told["reason"], told["due_on"], told.get("name", ""), told.get("contact", ""))


class _HoursForm(ActionForm):
    HOME_OF = {"centre": "place"}

    staff = forms.ChoiceField(label=_("Colleague"))
    place = forms.ChoiceField(label=_("Place"))
    starts = forms.TimeField(label=_("From"), widget=TimeInput)
    ends = forms.TimeField(label=_("Until"), widget=TimeInput)
    slot_minutes = forms.IntegerField(
        label=_("Minutes a visit"), min_value=SHORTEST_SLOT, max_value=LONGEST_SLOT, initial=30
    )
    seats = forms.IntegerField(label=_("People at a time"), min_value=1, max_value=MOST_SEATS, initial=1)
    for_public = forms.BooleanField(label=_("The public may book these times"), required=False, initial=True)

    def __init__(self, *args: Any, places: Sequence[Centre], colleagues: Sequence[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("place", _places(places))
        self.offer("staff", _staff(colleagues))

    def hours(self) -> Hours:
        """Return the hours typed; only after `is_valid()`."""
        told = self.cleaned_data
        return Hours(
            staff_id=UUID(told["staff"]),
            centre_id=UUID(told["place"]),
            starts=told["starts"],
            ends=told["ends"],
            slot_minutes=told["slot_minutes"],
            seats=told["seats"],
            for_public=told["for_public"],
        )


class WeekForm(_HoursForm):
    """Hours of every week."""

    weekdays = forms.TypedMultipleChoiceField(label=_("Days"), choices=_WEEKDAYS, coerce=int, widget=Pills)
    valid_from = forms.DateField(label=_("From the day"), widget=DateInput, initial=today)

    field_order = ("staff", "place", "weekdays", "starts", "ends", "slot_minutes", "seats", "for_public", "valid_from")


class ChangeForm(_HoursForm):
    """A day that differs from the week."""

    kind = forms.ChoiceField(label=_("What"), choices=RotaKind.choices, widget=ChoiceCards, initial=RotaKind.OFF)
    day = forms.DateField(label=_("Day"), widget=DateInput)
    reason = forms.ChoiceField(label=_("Why"), choices=RotaReason.choices)
    name = forms.CharField(
        label=_("Name of the holiday, or where the mobile team stands"),
        max_length=120,
        required=False,
        help_text=_("Visitors see this place when they book. Write nothing about a colleague."),
    )

    field_order = (
        "kind", "day", "reason", "name", "staff", "place", "starts", "ends", "slot_minutes", "seats", "for_public",
    )  # fmt: skip

    def __init__(self, *args: Any, places: Sequence[Centre], colleagues: Sequence[Staff], **kwargs: Any) -> None:
        super().__init__(*args, places=places, colleagues=colleagues, **kwargs)
        self.offer("place", [*_EVERYWHERE, *_places(places)])
        self.offer("staff", [*_EVERYBODY, *_staff(colleagues)])
        for name in ("staff", "place", "starts", "ends"):
            self.fields[name].required = False

    def details(self) -> ChangeDetails:
        told = self.cleaned_data
        return ChangeDetails(
            kind=told["kind"],
            day=told["day"],
            reason=told["reason"],
            staff_id=UUID(told["staff"]) if told["staff"] else None,
            centre_id=UUID(told["place"]) if told["place"] else None,
            name=told["name"],
        )

    def extra_hours(self) -> Hours | None:
        """Return the hours besides the week, or None where there are none or some of them is missing."""
        told = self.cleaned_data
        is_whole = all(told.get(name) for name in ("staff", "place", "starts", "ends"))
        return self.hours() if told["kind"] == RotaKind.EXTRA and is_whole else None


class EndForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), widget=DateInput, initial=today)


def _places(places: Sequence[Centre]) -> list[tuple[str, str]]:
    return [(str(one.pk), str(one)) for one in places]


def _staff(staff: Sequence[Staff]) -> list[tuple[str, str]]:
    return [(str(one.pk), one.full_name) for one in staff]


def first_working_day() -> dt.date:
    """Return today, or the next day of the week on which this country works."""
    day = today()
    while day.isoweekday() in profile().weekend:
        day += dt.timedelta(days=1)
    return day
