"""The processing register: the sheet an authority asks for, made from the classes of all fields and the country profile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from safar.kernel.multilingual import Multilingual
from safar.kernel.privacy import Privacy, fields
from safar.reference.queries import codes
from safar.trust.models import ProcessingAnswers
from safar.trust.queries.profile import OWN_NAMES, profile

Texts = Annotated[Multilingual, BeforeValidator(codes.multilingual)]
ABOUT_PEOPLE = frozenset({Privacy.PERSONAL, Privacy.SENSITIVE, Privacy.SEALED})
SPECIAL = frozenset({Privacy.SENSITIVE, Privacy.SEALED})


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class DataItem(Part):
    """A kind of data in words, and the fields it stands for: by model, names with spaces between, or * for the rest."""

    label: Texts
    fields: dict[str, str]


class Array(Part):
    """Records kept for the same purposes about the same people."""

    code: str
    retention: tuple[str, ...]
    name: Texts
    purposes: Texts
    subjects: Texts
    sources: Texts
    recipients: Texts
    data: tuple[DataItem, ...]


class SheetForm(Part):
    """What one country's authority asks for, in its order."""

    title: Texts
    law: str
    source: str
    verify: bool
    rows: tuple[str, ...]


class RegisterFile(Part):
    verify: tuple[str, ...]
    sheets: dict[str, SheetForm]
    headings: dict[str, Texts]
    words: dict[str, Texts]
    terms: dict[str, Texts]
    arrays: tuple[Array, ...]
    without_people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledArray:
    """One array as it is handed in: heading and answer, in the order of the form."""

    name: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet in one language; `open_points` are what the centre has not answered, `verify` what nobody has checked."""

    language: str
    title: str
    law: str
    arrays: Sequence[FilledArray]
    open_points: Sequence[str]
    verify: bool


@cache
def register_file() -> RegisterFile:
    text = (resources.files("safar.trust") / "processing" / "register.yaml").read_text(encoding="utf-8")
    return RegisterFile.model_validate(yaml.safe_load(text))


def languages() -> list[tuple[str, str]]:
    """Return the languages the sheet can be made in here, each under its own name."""
    return [(code, OWN_NAMES[code]) for code in profile().languages.staff]


def answers() -> ProcessingAnswers:
    """Return the answers that count now: the last ones given, or empty ones."""
    return ProcessingAnswers.objects.order_by("-recorded_at", "-id").first() or ProcessingAnswers()


def undescribed() -> list[str]:
    """Return the fields about people that stand in no array: the sheet would leave them out."""
    described = {name for array in register_file().arrays for item in array.data for name in _fields_of(item, array)}
    about = {name for name, privacy in fields().items() if privacy in ABOUT_PEOPLE}
    return sorted(about - described - set(register_file().without_people))


def unknown() -> list[str]:
    """Return what the file describes and no model has any more."""
    known = set(fields())
    models = {name.rsplit(".", 1)[0] for name in known}
    named = [
        f"{model}.{name}" if name != "*" else model
        for array in register_file().arrays
        for item in array.data
        for model, names in item.fields.items()
        for name in names.split()
    ]
    return sorted(name for name in {*named, *register_file().without_people} if name not in known | models)


def sheet(language: str) -> Sheet:
    """Return the sheet of this country in one of its languages."""
    file, country = register_file(), profile().country
    form = file.sheets[country]
    given = answers()
    cells = _common_cells(given, language)
    open_points = [
        file.headings[row].text(language) for row in form.rows if cells.get(row) == file.words["to_fill"].text(language)
    ]
    return Sheet(
        language=language,
        title=form.title.text(language),
        law=form.law,
        arrays=[_filled(array, form.rows, cells, language) for array in file.arrays],
        open_points=open_points,
        verify=form.verify or language in file.verify,
    )


def _filled(array: Array, rows: Sequence[str], cells: Mapping[str, str], language: str) -> FilledArray:
    own = {
        "array": array.name.text(language),
        "purposes": array.purposes.text(language),
        "storage": _storage(array, language),
        "data": _data(array, language),
        "subjects": array.subjects.text(language),
        "sources": array.sources.text(language),
        "recipients": _joined(array.recipients.text(language), cells["recipients"]),
    }
    if array.code == "sealed":
        own["security"] = _joined(cells["security"], register_file().words["sealed_security"].text(language))
    headings = register_file().headings
    filled = [(headings[row].text(language), own.get(row, cells.get(row, ""))) for row in rows]
    return FilledArray(own["array"], filled)


def _common_cells(given: ProcessingAnswers, language: str) -> dict[str, str]:
    """Return the cells that are the same for every array: what the centre answered, and what the program does."""
    words = {name: text.text(language) for name, text in register_file().words.items()}
    operator = profile().operator
    responsible = [given.responsible_name, given.responsible_post, given.responsible_contact]
    where = words["in_country" if profile().data_location == "in_country" else "abroad"]
    return {
        "holder": given.holder_name or operator.name.text(language),
        "tax_number": given.holder_tax_number or operator.tax_number or words["to_fill"],
        "address": given.holder_address or words["to_fill"],
        "place": _joined(where, given.storage_place),
        "information": words["information"],
        "security": _joined(words["security"], given.security_note),
        "responsible": ", ".join(part for part in responsible if part) or words["to_fill"],
        "recipients": given.recipients_note,
        "cross_border": (given.cross_border_note or words["to_fill"]) if given.crosses_border else words["no_transfer"],
    }


def _storage(array: Array, language: str) -> str:
    file = register_file()
    if not array.retention:
        return file.words["while_it_lasts"].text(language)
    said = []
    for purpose in array.retention:
        months = profile().retention(purpose)
        term = file.words["months"].text(language).format(months) if months else file.words["for_good"].text(language)
        said.append(f"{file.terms[purpose].text(language)}: {term}")
    return "; ".join(said)


def _data(array: Array, language: str) -> str:
    """Say which data there are, and which of them are of a special category, by the classes of their fields."""
    special = register_file().words["special"].text(language)
    classes = fields()
    said = []
    for item in array.data:
        found = {classes[name] for name in _fields_of(item, array)}
        if found:
            label = item.label.text(language)
            said.append(f"{label} ({special})" if found & SPECIAL else label)
    return "; ".join(said)


def _fields_of(item: DataItem, array: Array) -> set[str]:
    """Return the fields about people an item stands for; * takes what no other item of the array names."""
    about = {name for name, privacy in fields().items() if privacy in ABOUT_PEOPLE}
    found: set[str] = set()
    for model, names in item.fields.items():
        of_model = {name for name in about if name.rsplit(".", 1)[0] == model}
        if names == "*":
            others = {
                f"{model}.{name}"
                for other in array.data
                if other is not item
                for name in other.fields.get(model, "").split()
            }
            found |= of_model - others
        else:
            found |= of_model & {f"{model}.{name}" for name in names.split()}
    return found


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
