"""The form of a contact: what a counsellor types in a minute and a half; what is allowed the actions decide."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.contacts import FlagKind, NamelessReason
from safar.cases.models import Contact
from safar.cases.queries.contacts import LastChoices
from safar.cases.rules.contacts import Advice, ContactDetails, RedFlag
from safar.desk.forms import ActionForm
from safar.desk.people.forms import ConsentForm, PersonForm
from safar.guide.queries.facts import Card, told
from safar.kernel.clock import now
from safar.reference.queries import places
from safar.reference.queries.codes import code_list
from safar.trust.queries.profile import profile
from safar.ui.forms import ChoiceCards, DateInput, Pills, TimeInput

NOTHING = [("", "—")]
IN_DAYS = {"3d": 3, "1w": 7, "2w": 14, "1m": 30, "3m": 91}
FOLLOW_UP = [
    ("", _("None")),
    ("3d", _("3 days")),
    ("1w", _("1 week")),
    ("2w", _("2 weeks")),
    ("1m", _("1 month")),
    ("3m", _("3 months")),
    ("date", _("On a day")),
]
CODED = {
    "mode": "mode",
    "who_asked": "who_asked",
    "language": "language",
    "topic": "topic",
    "more_topics": "topic",
    "destination": "destination",
    "offer_flags": "red_flag",
    "person_flags": "vulnerability_flag",
    "checked_items": "checked_item",
    "next_step": "contact_next_step",
    "initiator": "initiator",
    "heard_via": "heard_via",
    "sex": "sex",
    "age_band": "age_band",
    "category": "client_category",
}
_MAY_BE_EMPTY = frozenset({"language", "topic", "destination", "heard_via", "sex", "age_band", "category"})
_PILLS = frozenset({"more_topics", "offer_flags", "person_flags", "checked_items", "who_asked"})


def grouped(list_name: str, include: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """Return the choices of a list with those most contacts need first; typing the first letters finds any."""
    listed = code_list(list_name)
    often = [(value.code, str(value.label)) for value in listed.quick]
    rest = [pair for pair in listed.choices(include) if pair not in often]
    return [(str(_("Often")), often), (str(_("All others")), rest)] if often and rest else often + rest


class Quiet(forms.BaseForm):
    """A bound form that may be shown without its errors: nobody is scolded while still searching."""

    def leave_unchecked(self) -> None:
        self._errors = ErrorDict()


class NewPersonForm(Quiet, PersonForm):
    """A registration inside the contact."""


class NewConsentForm(Quiet, ConsentForm):
    """The consent that belongs to it."""


class ContactForm(Quiet, ActionForm):
    """A contact in the order of a conversation; defaults stand where most contacts agree."""

    HOME_OF = {"topics": "topic", "occurred_at": "day", "red_flags": "offer_flags"}

    mode = forms.ChoiceField(label=_("How"))
    who_asked = forms.ChoiceField(label=_("Who asks"), widget=ChoiceCards, initial="self")
    language = forms.ChoiceField(label=_("Language"), required=False)
    topic = forms.ChoiceField(label=_("Main topic"), widget=forms.Select({"accesskey": "t"}))
    more_topics = forms.MultipleChoiceField(label=_("Further topics"), required=False, widget=Pills)
    topic_text = forms.CharField(label=_("The question in a few words"), max_length=200, required=False)
    destination = forms.ChoiceField(label=_("Destination"), required=False, widget=forms.Select({"accesskey": "d"}))
    advice = forms.MultipleChoiceField(label=_("What was told"), required=False, widget=Pills)
    checked_items = forms.MultipleChoiceField(label=_("Checked together"), required=False, widget=Pills)
    offer_flags = forms.MultipleChoiceField(label=_("About the offer"), required=False, widget=Pills)
    person_flags = forms.MultipleChoiceField(label=_("About the person"), required=False, widget=Pills)
    next_step = forms.ChoiceField(label=_("Next step"), initial="none")
    follow_up = forms.ChoiceField(
        label=_("Follow-up"), choices=FOLLOW_UP, required=False, widget=ChoiceCards, initial=""
    )
    follow_up_on = forms.DateField(label=_("Day of the follow-up"), required=False, widget=DateInput)
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea({"rows": 3, "accesskey": "n"}), max_length=4000
    )
    day = forms.DateField(label=_("Day"), widget=DateInput)
    at = forms.TimeField(label=_("Time"), widget=TimeInput)
    duration_minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=480)
    initiator = forms.ChoiceField(label=_("Who began"), initial="self")
    heard_via = forms.ChoiceField(label=_("How they heard of the centre"), required=False)
    campaign_code = forms.CharField(label=_("Code of a campaign"), max_length=40, required=False)
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    age_band = forms.ChoiceField(label=_("Age"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    category = forms.ChoiceField(label=_("Who the person is"), required=False)
    nameless_reason = forms.ChoiceField(label=_("Why without a file"), required=False)

    def __init__(
        self,
        *args: Any,
        contact: Contact | None = None,
        last: LastChoices | None = None,
        cards: Sequence[Card] = (),
        **kwargs: Any,
    ) -> None:
        if contact is not None:
            kwargs.setdefault("initial", initial_of(contact))
        super().__init__(*args, **kwargs)
        for name, list_name in CODED.items():
            self.choice(name).choices = self._choices(name, list_name, self.initial.get(name))
        own = [(region.code, str(region.name)) for region in places.regions(profile().country)]
        self.choice("region").choices = [*NOTHING, *own]
        self.choice("nameless_reason").choices = [*NOTHING, *NamelessReason.choices]
        self.choice("advice").choices = [(f"{card.key}|{card.version_id}", str(card.title)) for card in cards]
        self.cards = cards
        if contact is None:
            self._start(last or LastChoices())

    def card_options(self) -> list[tuple[Card, str]]:
        """Return each card with the value its box sends."""
        return [(card, f"{card.key}|{card.version_id}") for card in self.cards]

    def ticked(self) -> list[str]:
        return list(self["advice"].value() or [])

    def _start(self, last: LastChoices) -> None:
        moment = timezone.localtime(now())
        self.initial.update(day=moment.date(), at=moment.time().replace(second=0, microsecond=0))
        self.initial.setdefault("mode", last.mode or "in_person_office")
        self.initial.setdefault("language", last.language or profile().default_language)

    def _choices(self, name: str, list_name: str, held: Any) -> list[tuple[str, Any]]:
        include = tuple(held) if isinstance(held, list) else ((held,) if held else ())
        if name in _PILLS or name == "next_step":
            return list(code_list(list_name).choices(include))
        choices = grouped(list_name, include)
        return [*NOTHING, *choices] if name in _MAY_BE_EMPTY else choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("follow_up") == "date" and not data.get("follow_up_on") and "follow_up_on" not in self.errors:
            self.add_error("follow_up_on", _("Choose the day of the follow-up."))
        return data

    def details(self) -> ContactDetails:
        """Return what was typed as the action takes it; only after `is_valid()`."""
        data = self.cleaned_data
        further = [topic for topic in data["more_topics"] if topic != data["topic"]]
        plain = ("mode", "who_asked", "language", "topic_text", "destination", "checked_items", "next_step", "note")
        of_nameless = ("sex", "age_band", "region", "category", "nameless_reason")
        rest = ("duration_minutes", "initiator", "heard_via", "campaign_code")
        return ContactDetails(
            occurred_at=timezone.make_aware(dt.datetime.combine(data["day"], data["at"])),
            topics=(data["topic"], *further),
            advice=tuple(_advice(text) for text in data["advice"]),
            red_flags=(
                *(RedFlag(FlagKind.OFFER, code) for code in data["offer_flags"]),
                *(RedFlag(FlagKind.PERSON, code) for code in data["person_flags"]),
            ),
            follow_up_on=self._follow_up(data),
            **{name: data[name] for name in (*plain, *of_nameless, *rest)},
        )

    def _follow_up(self, data: dict[str, Any]) -> dt.date | None:
        if days := IN_DAYS.get(data["follow_up"]):
            day: dt.date = data["day"] + dt.timedelta(days=days)
            return day
        chosen: dt.date | None = data["follow_up_on"]
        return chosen if data["follow_up"] == "date" else None


def _advice(text: str) -> Advice:
    key, version = text.split("|")
    return Advice(key, UUID(version))


def initial_of(contact: Contact) -> dict[str, Any]:
    """Return a contact as the form shows it."""
    moment = timezone.localtime(contact.occurred_at)
    plain = (
        "mode", "who_asked", "language", "topic_text", "destination", "checked_items", "next_step", "note", "duration_minutes",
        "initiator", "heard_via", "campaign_code", "sex", "age_band", "region", "category", "nameless_reason", "follow_up_on",
    )  # fmt: skip
    flags = list(contact.red_flags.all())
    return {
        **{name: getattr(contact, name) for name in plain},
        "day": moment.date(),
        "at": moment.time().replace(second=0, microsecond=0),
        "topic": contact.primary_topic,
        "more_topics": [row.topic for row in contact.topics.all() if not row.primary],
        "advice": [f"{row.fact_key}|{row.fact_version}" for row in contact.advice.all()],
        "offer_flags": [flag.code for flag in flags if flag.kind == FlagKind.OFFER],
        "person_flags": [flag.code for flag in flags if flag.kind == FlagKind.PERSON],
        "follow_up": "date" if contact.follow_up_on else "",
    }


def cards_told(contact: Contact) -> list[Card]:
    """Return the cards a contact holds, as they read on the day."""
    return list(told([row.fact_version for row in contact.advice.all()]).values())
