"""Forms of the guide: what a fact says in three languages, where it comes from, how long it holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.desk.forms import ActionForm
from safar.guide.enums import FactKind, Section
from safar.guide.models import FactVersion
from safar.guide.queries import guides
from safar.guide.rules import DEFAULT_VALID_DAYS, FactContent, FactPlace
from safar.reference.queries import codes
from safar.trust.models import Staff
from safar.ui.forms import DateInput, Pills

WRITTEN = ("en", "ru", "uz", "uz-cyrl")
VALID_DAYS = [(30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("One year"))]
_TALL = forms.Textarea({"rows": 3})


def _name(part: str, language: str) -> str:
    return f"{part}_{language.replace('-', '_')}"


class ContentForm(ActionForm):
    """What a fact says. Uzbek in Cyrillic is derived from the Latin text when its boxes stay empty."""

    HOME_OF = {"title": "title_en", "statement": "statement_en"}

    title_en = forms.CharField(label=_("Title, English"), max_length=120, required=False)
    title_ru = forms.CharField(label=_("Title, Russian"), max_length=120, required=False)
    title_uz = forms.CharField(label=_("Title, Uzbek (Latin)"), max_length=120, required=False)
    title_uz_cyrl = forms.CharField(label=_("Title, Uzbek (Cyrillic)"), max_length=120, required=False)
    statement_en = forms.CharField(label=_("What holds, English"), widget=_TALL, required=False)
    statement_ru = forms.CharField(label=_("What holds, Russian"), widget=_TALL, required=False)
    statement_uz = forms.CharField(label=_("What holds, Uzbek (Latin)"), widget=_TALL, required=False)
    statement_uz_cyrl = forms.CharField(
        label=_("What holds, Uzbek (Cyrillic)"),
        widget=_TALL,
        required=False,
        help_text=_("Left empty, it is derived from the Latin text."),
    )
    value = forms.DecimalField(label=_("Number"), max_digits=14, decimal_places=2, required=False)
    unit = forms.CharField(label=_("Unit of the number"), max_length=24, required=False)
    source_title = forms.CharField(label=_("Source"), max_length=200)
    source_url = forms.URLField(label=_("Web address of the source"), max_length=400, assume_scheme="https")
    source_date = forms.DateField(label=_("Date of the source"), widget=DateInput)
    law_version = forms.CharField(label=_("Law and its edition"), max_length=120, required=False)
    valid_days = forms.TypedChoiceField(
        label=_("Check again after"), choices=VALID_DAYS, coerce=int, initial=DEFAULT_VALID_DAYS
    )

    def __init__(self, data: Any = None, *, version: FactVersion | None = None) -> None:
        super().__init__(data, initial=_initial(version) if version else None)

    def content(self) -> FactContent:
        """Return what was typed as the action takes it; only after `is_valid()`."""
        told = self.cleaned_data
        return FactContent(
            title=_texts(told, "title"),
            statement=_texts(told, "statement"),
            source_title=told["source_title"],
            source_url=told["source_url"],
            source_date=told["source_date"],
            value=told["value"],
            unit=told["unit"],
            law_version=told["law_version"],
            valid_days=told["valid_days"],
        )


class NewFactForm(ContentForm):
    """A fact that is not in the guide yet, with its place there."""

    key = forms.SlugField(
        label=_("Key"), max_length=80, help_text=_("Short and lasting, for example kr-eps-age. It never changes.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=FactKind.choices)
    destination = forms.ChoiceField(label=_("Destination"), required=False)
    section = forms.ChoiceField(label=_("Section"), choices=[("", "—"), *Section.choices], required=False)
    topics = forms.MultipleChoiceField(label=_("Counselling topics"), widget=Pills, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        destinations = [(guide.destination, str(guide.title)) for guide in guides.published()]
        self.choice("destination").choices = [("", _("Everywhere")), *destinations]
        self.choice("topics").choices = codes.code_list("topic").choices()

    def place(self) -> FactPlace:
        told = self.cleaned_data
        return FactPlace(
            key=told["key"],
            kind=told["kind"],
            destination=told["destination"],
            section=told["section"],
            position=1000,  # after everything shipped
            topics=tuple(told["topics"]),
        )


class VerifyForm(forms.Form):
    valid_days = forms.TypedChoiceField(
        label=_("Check again after"), choices=VALID_DAYS, coerce=int, initial=DEFAULT_VALID_DAYS
    )


class OwnerForm(ActionForm):
    owner = forms.ModelChoiceField(
        label=_("Who answers for it"), queryset=Staff.objects.none(), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (narrows the type; it is declared above)
        field.queryset = Staff.objects.filter(is_active=True)


class RetireForm(forms.Form):
    reason = forms.CharField(label=_("Why is it taken off?"), max_length=200)


def _texts(told: dict[str, Any], part: str) -> dict[str, str]:
    texts = {language: told[_name(part, language)].strip() for language in WRITTEN}
    return {language: text for language, text in texts.items() if text}


def _initial(version: FactVersion) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for part in ("title", "statement"):
        texts = getattr(version, part)
        # The derived Cyrillic is not offered for editing: it would stay as it is when the Latin text changes.
        initial |= {_name(part, language): texts.get(language, "") for language in WRITTEN if language != "uz-cyrl"}
    for name in ("value", "unit", "source_title", "source_url", "source_date", "law_version"):
        initial[name] = getattr(version, name)
    return initial
