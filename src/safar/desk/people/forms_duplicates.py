from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.people.models import Person
from safar.people.queries import clusters
from safar.ui.forms import ChoiceCards


class MergeForm(forms.Form):
    """Which of two files answers for both from now on, and what shows that they are one person."""

    keep = forms.ChoiceField(label=_("Which file answers for both"), widget=ChoiceCards)
    reason = forms.CharField(
        label=_("What shows that this is one person"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("For example: the person says so, or showed the same document both times."),
    )

    def __init__(self, *args: Any, pair: tuple[Person, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = pair
        keep = self.fields["keep"]
        assert isinstance(keep, forms.ChoiceField)  # noqa: S101  (narrows the type)
        keep.choices = [(str(person.pk), f"{person.client_number} {person.full_name}") for person in pair]
        # The older file has been given out on more papers.
        keep.initial = str(min(pair, key=lambda person: (person.registered_on, person.client_number)).pk)

    def kept_and_merged(self) -> tuple[UUID, UUID]:
        """Return the file that stays and the one that goes into it; only after `is_valid()`."""
        first, second = self.pair
        return (first.pk, second.pk) if self.cleaned_data["keep"] == str(first.pk) else (second.pk, first.pk)


class OtherFileForm(forms.Form):
    """The other file of a person, by its number."""

    number = forms.CharField(label=_("Client number of the other file"), max_length=20)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_number(self) -> str:
        typed = str(self.cleaned_data["number"]).strip().upper()
        other = Person.objects.filter(client_number=typed).first()
        if other is None:
            raise forms.ValidationError(_("There is no file with this number."))
        self.other = clusters.head_of(other.pk)
        if self.other == self.person.pk:
            raise forms.ValidationError(_("This is the number of the same person."))
        return typed


class ReasonForm(forms.Form):
    """What shows that two merged files are two people after all."""

    reason = forms.CharField(
        label=_("What shows that these are two people"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
