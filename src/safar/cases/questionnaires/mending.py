"""Reads kindly what real centres have: workbooks the strict converter refuses although they were used in the field.

Every change is kept as an Adjustment and shown; nothing is mended silently. Rejected: refusing such forms (three of the five
real forms we test with would be lost), and patching the XForm afterwards (the place in the workbook would be lost).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

from pyxform.constants import EXTERNAL_INSTANCE_EXTENSIONS

from safar.cases.questionnaires.problems import Adjustment
from safar.cases.questionnaires.tables import Row, Tables

REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
MOST_REPEATS = 200
_FORMULAS = {
    "calculation": ("unknown_in_formula", "''"),
    "relevant": ("unknown_in_condition", ""),
    "constraint": ("unknown_in_constraint", ""),
    "choice_filter": ("unknown_in_filter", ""),
    "repeat_count": ("unknown_in_count", ""),
    "read_only": ("unknown_in_formula", ""),
    "readonly": ("unknown_in_formula", ""),
    "required": ("unknown_in_formula", ""),
    "default": ("unknown_in_formula", ""),
}
_TEXTS = ("label", "hint", "constraint_message", "required_message")
_OF_THE_DEVICE = {
    "deviceid",
    "subscriberid",
    "simserial",
    "phonenumber",
    "username",
    "email",
    "start-geopoint",
    "audit",
}
_LIST_COLUMNS = ("list_name", "list name")


def mend(tables: Tables, *, files: Collection[str] = ()) -> list[Adjustment]:
    """Change the tables so that they convert, and return every change; `files` are those that came with the workbook."""
    return [*_mend_survey(tables), *_mend_choices(tables), *_mend_lists(tables, files), *_mend_languages(tables)]


def languages_of(tables: Tables) -> list[str]:
    """Return the languages the headings name, in their order."""
    columns = dict.fromkeys(column for row in (*tables.survey, *tables.choices) for column in row)
    parts = [column.split("::") for column in columns]
    named = [part[-1].strip() for part in parts if len(part) > 1 and part[0].strip().lower() in _TEXTS]
    return list(dict.fromkeys(named))


def _mend_languages(tables: Tables) -> Iterator[Adjustment]:
    """Show a text that is not translated in the first language that has it; the converter would show a dash."""
    languages = languages_of(tables)
    for language in languages if len(languages) > 1 else ():
        filled = 0
        for row in (*tables.survey, *tables.choices):
            for text in [
                column.rpartition("::")[0] for column in row if column.split("::")[0].strip().lower() in _TEXTS
            ]:
                there = f"{text}::{language}"
                if text and there not in row:
                    row[there] = next(row[f"{text}::{other}"] for other in languages if f"{text}::{other}" in row)
                    filled += 1
        if filled:
            yield Adjustment("untranslated", "survey", 1, f"label::{language}", f"{language} ({filled})")


def _mend_lists(tables: Tables, files: Collection[str]) -> Iterator[Adjustment]:
    """Let a question whose list is missing be left out: nobody could answer it."""
    for number, row in enumerate(tables.survey, start=2):
        for word in row.get("type", "").split()[1:]:
            if word.endswith(tuple(EXTERNAL_INSTANCE_EXTENSIONS)) and word not in files:
                row.pop("required", None)
                yield Adjustment("missing_file", "survey", number, "type", word)


def _mend_survey(tables: Tables) -> Iterator[Adjustment]:
    names = {row["name"] for row in tables.survey if row.get("name")}
    for number, row in enumerate(tables.survey, start=2):
        yield from _mend_formulas(row, number, names)
        yield from _mend_texts(row, number, names)
        kind = row.get("type", "").split()
        if kind and kind[0].lower() in _OF_THE_DEVICE:
            yield Adjustment("no_device", "survey", number, "type", kind[0])
        if row.get("repeat_count"):
            # A count from an answer is somebody's typing: without a bound one number too many fills the memory.
            wanted = f"({row['repeat_count']})"
            row["repeat_count"] = f"if(number({wanted}) > {MOST_REPEATS}, {MOST_REPEATS}, {wanted})"


def _mend_formulas(row: Row, number: int, names: set[str]) -> Iterator[Adjustment]:
    for column, (code, instead) in _FORMULAS.items():
        unknown = [name for name in REFERENCE.findall(row.get(column, "")) if name not in names]
        if not unknown:
            continue
        if instead:
            row[column] = instead
        else:
            del row[column]
        yield Adjustment(code, "survey", number, column, ", ".join(dict.fromkeys(unknown)))


def _mend_texts(row: Row, number: int, names: set[str]) -> Iterator[Adjustment]:
    for column in [name for name in row if name.split("::")[0].strip().lower() in _TEXTS]:
        for unknown in [name for name in REFERENCE.findall(row[column]) if name not in names]:
            row[column] = re.sub(r"\$\{\s*" + re.escape(unknown) + r"\s*\}", "…", row[column])
            yield Adjustment("unknown_in_text", "survey", number, column, unknown)


def _mend_choices(tables: Tables) -> Iterator[Adjustment]:
    filtered = _filtered_lists(tables)
    seen: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(tables.choices, start=2):
        seen[_list_of(row), row.get("name", "")].append(number)
    doubled = {key: numbers for key, numbers in seen.items() if len(numbers) > 1 and all(key)}
    gone: set[int] = set()
    told: set[str] = set()
    for (list_name, name), numbers in doubled.items():
        if list_name in filtered:
            tables.settings["allow_choice_duplicates"] = "yes"
            if list_name not in told:
                told.add(list_name)
                yield Adjustment("duplicate_choices", "choices", numbers[1], "name", list_name)
            continue
        gone.update(numbers[1:])
        for number in numbers[1:]:
            yield Adjustment("doubled_choice", "choices", number, "name", f"{list_name} ({name})")
    # Emptied, not removed: the rows behind keep their numbers for what is still to be told.
    tables.choices = [{} if number in gone else row for number, row in enumerate(tables.choices, start=2)]


def _filtered_lists(tables: Tables) -> set[str]:
    """Return the lists whose choices are told apart by a filter: there one code may stand for two things."""
    return {
        row["type"].split()[1]
        for row in tables.survey
        if row.get("choice_filter") and len(row.get("type", "").split()) > 1
    }


def _list_of(row: Row) -> str:
    return next((row[column] for column in _LIST_COLUMNS if row.get(column)), "")
