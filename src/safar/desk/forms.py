"""What the forms of every area have in common: they show what an action refused, and take their choices late."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

UNPROCESSABLE = 422
"""The status of a page that gives a form back with what is wrong in it."""


def tell(request: HttpRequest, error: ValidationError) -> None:
    """Say on the next page what an action refused, where no form has a field for it."""
    for message in error.messages:
        messages.error(request, message)


class ActionForm(forms.Form):
    """A form whose values go to one action.

    `HOME_OF` names the field that shows a problem where action and form call it differently.
    """

    HOME_OF: ClassVar[Mapping[str, str]] = {}

    def add_problems(self, error: ValidationError) -> None:
        """Show what an action refused at the field it belongs to, else above the form."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, refused in error.message_dict.items():
            home = self.HOME_OF.get(name, name)
            self.add_error(home if home in self.fields else None, refused)

    def carries_out(self, action: Callable[[], object]) -> bool:
        """Let a valid form do its one action; return whether it is done. What the action refused then stands in the form."""
        if not self.is_valid():
            return False
        try:
            action()
        except ValidationError as error:
            self.add_problems(error)
            return False
        return True

    def choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type; the names are ours)
        return field

    def offer(self, name: str, choices: Iterable[Any]) -> None:
        self.choice(name).choices = choices
