from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.cases.enums.instruments import DECISIONS, AssessmentState, Subject
from safar.cases.rules.instruments import InstrumentUpload
from safar.desk.forms import ActionForm
from safar.ui.forms import ChoiceCards, DateInput, Pills


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=ManyFiles(), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in given]


class DecisionForm(ActionForm):
    """What a supervisor decided after the talk."""

    to = forms.ChoiceField(
        label=_("What was decided"),
        choices=[(state.value, state.label) for state in AssessmentState if state in DECISIONS],
        widget=ChoiceCards,
    )
    reason = forms.CharField(
        label=_("Why, in a few words"),
        max_length=400,
        help_text=_("No details of what happened: those belong in a sealed note."),
    )


class VoidForm(ActionForm):
    reason = forms.CharField(label=_("Why it was a mistake"), max_length=400)


class UploadForm(ActionForm):
    """A workbook with what belongs to it."""

    HOME_OF: ClassVar[Mapping[str, str]] = {"files": "attachments"}

    file = forms.FileField(label=_("XLSForm workbook (.xlsx)"))
    code = forms.SlugField(
        label=_("Short code"),
        required=False,
        max_length=48,
        help_text=_(
            "Leave it empty to take the one of the form. The code of an instrument that is here makes a new version of it."
        ),
    )
    subjects = forms.MultipleChoiceField(
        label=_("About what it may be filled"), choices=Subject.choices, widget=Pills, initial=Subject.values
    )
    is_sensitive = forms.BooleanField(
        label=_("Sensitive: only who filled it and the supervisor may read the answers"), required=False
    )
    scoring = forms.FileField(
        label=_("Scoring (.yaml)"),
        required=False,
        help_text=_("Without one the answers are kept and nothing is counted."),
    )
    attachments = FilesField(
        label=_("Lists (.csv) and pictures the form names"), required=False, help_text=_("At most 300 KB each.")
    )

    def upload(self) -> InstrumentUpload:
        data = self.cleaned_data
        return InstrumentUpload(
            content=data["file"].read(),
            file_name=str(data["file"].name)[-120:],
            code=data["code"].replace("-", "_").lower(),
            scoring=data["scoring"].read().decode("utf-8-sig", "replace") if data["scoring"] else "",
            files={str(each.name): each.read() for each in data["attachments"]},
            subjects=tuple(data["subjects"]),
            is_sensitive=data["is_sensitive"],
        )


class WeightsForm(ActionForm):
    weights = forms.FileField(label=_("Weights (.csv with the columns item and weight)"))
    source = forms.CharField(label=_("Where the weights come from"), max_length=200)


class KeyBackForm(ActionForm):
    """What stands on the paper beside the answers."""

    form_code = forms.CharField(
        label=_("Code on the paper"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class PaperDayForm(ActionForm):
    completed_on = forms.DateField(label=_("Day on the paper"), widget=DateInput)


class ExportForm(forms.Form):
    """Which answers are taken out, and how."""

    start = forms.DateField(label=_("From"), required=False, widget=DateInput)
    end = forms.DateField(label=_("To"), required=False, widget=DateInput)
    kind = forms.ChoiceField(label=_("File"), choices=[("xlsx", "Excel (.xlsx)"), ("csv", "CSV")], required=False)
    headings = forms.ChoiceField(
        label=_("Headings and values"),
        choices=[("codes", _("Names and codes")), ("labels", _("Words of the form"))],
        required=False,
    )


class ImportForm(ActionForm):
    file = forms.FileField(label=_("File of answers (.xlsx or .csv)"))
