"""Forms of the campaign pages."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.campaigns.enums import Measure, Platform, PostType, Promotion
from safar.campaigns.importers.numbers import Number, NumberError, parse_amount, parse_count
from safar.campaigns.importers.reading import MOST_BYTES
from safar.campaigns.models import Campaign, Channel, Post
from safar.campaigns.queries.import_messages import FILE_MESSAGES
from safar.campaigns.rules import LIFETIME, CampaignDetails, ChannelDetails, PostDetails, SnapshotDetails, Window
from safar.desk.forms import ActionForm
from safar.kernel.clock import now, today
from safar.trust.queries import centres
from safar.trust.queries.profile import OWN_NAMES, profile
from safar.ui.forms import DateInput, Pills, TimeInput

_EMPTY = [("", "—")]


class OwnedForm(ActionForm):
    """A form for something a centre owns; whoever has a centre finds it chosen."""

    centre = forms.ChoiceField(label=_("Centre"))

    def __init__(
        self, data: Any = None, *, initial: dict[str, Any] | None = None, centre_id: UUID | None = None
    ) -> None:
        super().__init__(data, initial={"centre": str(centre_id or "")} | (initial or {}))
        self.offer("centre", [*_EMPTY, *centres.choices(include=[centre_id] if centre_id else [])])


def languages(include: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the languages this country's clients read, each under its own name, and those an old record holds."""
    offered = dict.fromkeys([*profile().languages.clients, *include])
    return [(code, OWN_NAMES.get(code, code)) for code in offered]


class CampaignForm(OwnedForm):
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("As colleagues will look for it."))
    code = forms.CharField(
        label=_("Code"),
        max_length=16,
        help_text=_("What people quote when they call or come: letters A–Z, digits, hyphens. For example SAFE-26."),
    )
    objective = forms.CharField(
        label=_("Objective"),
        help_text=_("What should be different afterwards?"),
        widget=forms.Textarea({"rows": 2}),
    )
    behaviour = forms.CharField(
        label=_("One behaviour"),
        help_text=_("What should somebody do who has seen it?"),
        widget=forms.Textarea({"rows": 2}),
    )
    audience = forms.CharField(
        label=_("Audience"), help_text=_("Who, of what age, where?"), widget=forms.Textarea({"rows": 2})
    )
    languages = forms.MultipleChoiceField(label=_("Languages and scripts"), widget=Pills, required=False)
    starts_on = forms.DateField(label=_("First day"), widget=DateInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput, required=False)
    budget = forms.DecimalField(label=_("Budget"), max_digits=14, decimal_places=2, required=False)
    currency = forms.CharField(
        label=_("Currency"), max_length=3, required=False, help_text=_("Three letters: UZS, EUR.")
    )
    funder = forms.CharField(label=_("Paid by"), max_length=120, required=False)

    def __init__(self, data: Any = None, *, campaign: Campaign | None = None, centre_id: UUID | None = None) -> None:
        super().__init__(data, initial=_initial(campaign) if campaign else None, centre_id=centre_id)
        self.offer("languages", languages(campaign.languages if campaign else ()))
        if campaign is not None:
            del self.fields["centre"]  # a campaign does not change hands

    def details(self) -> CampaignDetails:
        """Return what was typed as the action takes it; only after `is_valid()`."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "centre"}
        return CampaignDetails(**told | {"languages": tuple(told["languages"])})


def _initial(campaign: Campaign) -> dict[str, Any]:
    names = (name for name in CampaignForm.base_fields if name != "centre")
    return {name: getattr(campaign, name) for name in names}


class CloseForm(ActionForm):
    lessons = forms.CharField(
        label=_("What was learnt"),
        help_text=_("What would you do again, what not? Whoever plans the next campaign reads this first."),
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )


class ChannelForm(OwnedForm):
    platform = forms.ChoiceField(label=_("Platform"), choices=[*_EMPTY, *Platform.choices])
    name = forms.CharField(label=_("Title"), max_length=120, help_text=_("As its followers see it."))
    handle = forms.CharField(
        label=_("Account name"), max_length=120, required=False, help_text=_("For example @mrc_tashkent.")
    )
    account_id = forms.CharField(
        label=_("Account number"),
        max_length=64,
        required=False,
        help_text=_("As exports of the platform give it, if known."),
    )
    url = forms.URLField(label=_("Web address"), max_length=500, required=False, assume_scheme="https")

    def details(self) -> ChannelDetails:
        return ChannelDetails(**{name: value for name, value in self.cleaned_data.items() if name != "centre"})


class PostForm(ActionForm):
    channel = forms.ChoiceField(label=_("Channel"))
    permalink = forms.CharField(
        label=_("Address of the post"), max_length=500, help_text=_("Open the post and copy its address.")
    )
    published_on = forms.DateField(label=_("Published on"), widget=DateInput)
    published_time = forms.TimeField(label=_("At"), widget=TimeInput, required=False)
    type = forms.ChoiceField(label=_("Type"), choices=[*_EMPTY, *PostType.choices])
    caption = forms.CharField(label=_("First words"), max_length=280, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    promotion = forms.ChoiceField(label=_("Shown for money?"), choices=Promotion.choices, initial=Promotion.UNKNOWN)
    campaign = forms.ChoiceField(label=_("Counts to campaign"), required=False)

    def __init__(
        self, data: Any = None, *, channels: Sequence[Channel], campaigns: Iterable[Campaign], initial: str = ""
    ) -> None:
        super().__init__(data, initial={"campaign": initial})
        self.offer("channel", [*_EMPTY, *((str(channel.pk), str(channel)) for channel in channels)])
        self.offer("campaign", [*_EMPTY, *((str(each.pk), f"{each.code} · {each}") for each in campaigns)])
        self.offer("language", [*_EMPTY, *languages()])

    def campaign_id(self) -> UUID | None:
        return UUID(self.cleaned_data["campaign"]) if self.cleaned_data["campaign"] else None

    def details(self) -> PostDetails:
        told = self.cleaned_data
        at = dt.datetime.combine(told["published_on"], told["published_time"] or dt.time(12))
        return PostDetails(
            permalink=told["permalink"],
            published_at=timezone.make_aware(at),
            type=told["type"],
            caption=told["caption"],
            language=told["language"],
            promotion=told["promotion"],
        )


class FigureForm(ActionForm):
    """One number read off a platform; what it is of stands in one list, since a figure belongs to a post or to a channel."""

    subject = forms.ChoiceField(label=_("Of which channel or post"))
    native_name = forms.CharField(
        label=_("Name on the platform"), max_length=80, help_text=_("Exactly as it is shown there.")
    )
    measure = forms.ChoiceField(
        label=_("What it counts"), choices=[*_EMPTY, *Measure.choices], help_text=_("In our words.")
    )
    value = forms.CharField(label=_("Value"), max_length=30, help_text=_("As shown there, 1.2K too."))
    captured_on = forms.DateField(label=_("Read on"), widget=DateInput, help_text=_("The day you saw it there."))
    window_start = forms.DateField(label=_("From"), widget=DateInput, required=False)
    window_end = forms.DateField(label=_("To"), widget=DateInput, required=False)
    currency = forms.CharField(label=_("Currency"), max_length=3, required=False, help_text=_("Only for money."))

    def __init__(
        self, data: Any = None, *, channels: Sequence[Channel], posts: Sequence[Post], initial: str = ""
    ) -> None:
        super().__init__(data, initial={"subject": initial, "captured_on": today()})
        groups: list[tuple[Any, Any]] = [
            *_EMPTY,
            (_("Channels"), [(f"channel:{channel.pk}", str(channel)) for channel in channels]),
            (
                _("Posts"),
                [(f"post:{post.pk}", f"{post.channel.get_platform_display()}: {post}"[:90]) for post in posts],
            ),
        ]
        self.offer("subject", groups)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        start, end = told.get("window_start"), told.get("window_end")
        if (start is None) != (end is None) or (start and end and end < start):
            self.add_error("window_end", _("Give both days, the first one first, or neither."))
        return told

    def clean_value(self) -> Number:
        """Read the number in whatever way the platform or the person writes it."""
        text = self.cleaned_data["value"]
        readers = (parse_count, lambda typed: parse_amount(typed, "."), lambda typed: parse_amount(typed, ","))
        for reader in readers:
            try:
                number = reader(text)
            except NumberError:
                continue
            if number is not None:
                return number
        raise ValidationError(_("Write a number of zero or more."))

    def subject_ids(self) -> dict[str, UUID]:
        """Return the chosen post or channel as the argument of the action."""
        kind, _colon, key = self.cleaned_data["subject"].partition(":")
        return {f"{kind}_id": UUID(key)}

    def details(self) -> SnapshotDetails:
        told = self.cleaned_data
        start, end = told["window_start"], told["window_end"]
        return SnapshotDetails(
            native_name=told["native_name"],
            measure=told["measure"],
            value=told["value"].value,
            rounded=told["value"].rounded,
            captured_at=_moment(told["captured_on"]),
            window=Window(start, end) if start else LIFETIME,
            currency=told["currency"],
        )


def _moment(day: dt.date) -> dt.datetime:
    """Return now for today, else noon: somebody who types figures of last week does not remember the hour."""
    return now() if day == today() else timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


class UploadForm(ActionForm):
    file = forms.FileField(label=_("Export file (.csv, or mended rows as .xlsx)"))
    captured_on = forms.DateField(
        label=_("Exported on"),
        widget=DateInput,
        help_text=_("The day the file was taken from the platform: figures grow, so the day belongs to them."),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"captured_on": today()})

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(str(FILE_MESSAGES["too_big"]))
        return file


class ConfirmForm(OwnedForm):
    """The last step of an import; asks for a centre only where the file brings a channel nobody owns yet."""
