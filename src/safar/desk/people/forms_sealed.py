from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.desk.forms import ActionForm
from safar.trust.actions.sealed import LONGEST_NOTE
from safar.trust.enums import SealedKind
from safar.trust.permissions import READ_SEALED, permissions_of
from safar.trust.queries.staff import all_staff
from safar.ui.forms import ChoiceCards, DateInput


class SealedNoteForm(ActionForm):
    kind = forms.ChoiceField(label=_("What it is about"), choices=SealedKind.choices, widget=ChoiceCards)
    text = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=_("What was said, seen and done. A note is no verdict: who is a victim is decided elsewhere."),
    )
    about = forms.UUIDField(required=False, widget=forms.HiddenInput)


class AskForm(ActionForm):
    reason = forms.CharField(
        label=_("What you need them for"),
        max_length=200,
        help_text=_("The second person decides on this reason, and it stays on the trail."),
    )


class ReaderForm(ActionForm):
    HOME_OF = {"person_key": "kind"}
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    staff = forms.ChoiceField(label=_("Who"))
    kind = forms.ChoiceField(label=_("Which notes"), required=False)
    until = forms.DateField(label=_("Until"), widget=DateInput, help_text=_("Within a year; it can be renewed."))
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, of_person: bool = False, but: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice("staff").choices = [("", "—"), *_possible_readers(but)]
        first = ("", _("All of this person")) if of_person else ("", "—")
        self.choice("kind").choices = [first, *SealedKind.choices]
        self.fields["kind"].required = not of_person


def _possible_readers(but: UUID | None) -> list[tuple[str, str]]:
    """Return those whose role works with people's files, without the one who names."""
    return [
        (str(member.pk), member.full_name)
        for member in all_staff().filter(is_active=True)
        if member.pk != but and READ_SEALED.code in permissions_of([each.role for each in member.open_assignments])  # type: ignore[attr-defined]
    ]
