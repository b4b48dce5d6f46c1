"""Forms of the register import: the file, and the choices that go into the dry run."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safar.cases.importers.register.reading import FIELDS, Column, Sheet
from safar.cases.importers.register.store import MOST_BYTES
from safar.cases.queries.registers import Choices
from safar.desk.forms import ActionForm
from safar.reference.queries.codes import code_list
from safar.trust.queries import centres

FIELD_NAMES: dict[str, str | Promise] = {
    "date": _("Day of the visit"),
    "full_name": _("Whole name"),
    "family_name": _("Family name"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "birth": _("Date or year of birth"),
    "age": _("Age"),
    "sex": _("Sex"),
    "phone": _("Phone"),
    "region": _("Region"),
    "district": _("District"),
    "place": _("Address"),
    "mode": _("How"),
    "topic": _("Topic"),
    "destination": _("Destination"),
    "consent": _("Consent to a file"),
    "category": _("Who the person is"),
    "language": _("Language"),
    "heard_via": _("How they heard of the centre"),
    "note": _("Note"),
    "number": _("Running number"),
    "ignored": _("Leave out"),
}


class UploadForm(ActionForm):
    file = forms.FileField(label=_("Register (.xlsx)"), widget=forms.FileInput({"accept": ".xlsx"}))
    centre = forms.ChoiceField(label=_("Centre that kept it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("centre", centres.choices())

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 20 MB."))
        return file


class ChoicesForm(ActionForm):
    """What stands in the address of a dry run: letters of columns and codes, never a heading or a name."""

    centre = forms.ChoiceField(label=_("Centre that kept it"))
    mode = forms.ChoiceField(label=_("Visits that do not say how"), initial="in_person_office", required=False)
    paper = forms.BooleanField(
        label=_("The people named gave written consent, and the papers are kept at the centre"), required=False
    )

    def __init__(self, *args: Any, sheets: Sequence[Sheet] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("centre", centres.choices())
        self.offer("mode", code_list("mode").choices())
        self.columns = [(sheet, column) for sheet in sheets for column in sheet.columns]
        names = [("", "—"), *((field, FIELD_NAMES[field]) for field in FIELDS)]
        for _sheet, column in self.columns:
            self.fields[column.key] = forms.ChoiceField(
                label=column.letter, required=False, choices=names, initial=column.field
            )

    def rows(self) -> list[tuple[Sheet, Column, forms.BoundField]]:
        return [(sheet, column, self[column.key]) for sheet, column in self.columns]

    def chosen(self) -> Choices:
        """Return the choices; a column the address does not name is taken as recognised."""
        data = self.cleaned_data
        mapping = {column.key: data[column.key] for _sheet, column in self.columns if column.key in self.data}
        return Choices(mapping, data["mode"] or "in_person_office", data["paper"])
