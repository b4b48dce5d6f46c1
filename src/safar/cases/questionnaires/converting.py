"""From a workbook to a form that runs: read, mend, convert, try out in the engine. What is found wrong names sheet and row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from pyxform.errors import PyXFormError
from pyxform.survey import Survey
from pyxform.xls2xform import convert

from safar.cases.questionnaires import mending, tables
from safar.cases.questionnaires.engine.host import HOST, FormFailedError, FormTooHeavyError, Host
from safar.cases.questionnaires.problems import Adjustment, Problem, problems_of
from safar.cases.questionnaires.tables import UnreadableError

DEFAULT = "default"
_GROUPS = {"group", "repeat", "survey"}
_UNASKED = {"calculate", "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username"}
_UNASKED |= {"email", "start-geopoint", "audit", "hidden", "instanceID", "instanceName", "xml-external", "csv-external"}


@dataclass(frozen=True, slots=True)
class Converted:
    """A form ready to run, and what had to be read kindly for it."""

    xform: str
    form_id: str
    title: str
    form_version: str
    languages: tuple[str, ...]
    outline: list[dict[str, Any]]
    adjustments: list[Adjustment] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def converted(
    content: bytes, *, name: str = "form", files: Mapping[str, str] | None = None, host: Host = HOST
) -> Converted:
    """Return the form a workbook describes; raise UnreadableError with every problem found, by sheet and row."""
    found = tables.read(content)
    languages = mending.languages_of(found)
    adjustments = mending.mend(found, files=files or ())
    found.settings.setdefault("form_title", name)
    found.settings.setdefault("default_language", languages[0] if languages else DEFAULT)
    try:
        result = convert(found.definition(), form_name="data")
    except PyXFormError as error:
        raise UnreadableError(problems_of(str(error), [row.get("type", "") for row in found.survey])) from error
    except (AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError) as error:
        raise UnreadableError(
            [Problem(_("The converter does not understand this workbook."), original=repr(error))]
        ) from error
    told = _tried(result.xform, files or {}, host)
    survey = result._survey  # noqa: SLF001  (the converter's only way to the labels by language)
    return Converted(
        xform=result.xform,
        form_id=survey.id_string or name,
        title=survey.title or name,
        form_version=str(survey.version or ""),
        languages=tuple(language for language in told if language != DEFAULT or len(told) == 1),
        outline=list(_outline(survey)),
        adjustments=adjustments,
        warnings=[str(each) for each in result.warnings],
    )


def _tried(xform: str, files: Mapping[str, str], host: Host) -> list[str]:
    try:
        languages = host.languages(xform, files)
        host.evaluate(xform, language="", answers={}, files=files)
    except FormTooHeavyError as error:
        raise UnreadableError(
            [Problem(_("The form takes too long or too much memory to run."), original=str(error))]
        ) from error
    except FormFailedError as error:
        raise UnreadableError([Problem(_("The form engine cannot run this form."), original=str(error))]) from error
    return languages


def _outline(survey: Survey) -> Iterator[dict[str, Any]]:
    """Tell every element in order: what paper, headings of an export, scoring and imports need without running the form."""
    lists = {name: _options(itemset) for name, itemset in (survey.choices or {}).items()}
    yield from _elements(survey, "", lists)


def _elements(parent: Any, path: str, lists: Mapping[str, list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for element in parent.children or ():
        if element.name == "meta" or not hasattr(element, "bind"):
            continue
        here = f"{path}/{element.name}" if path else element.name
        bind, kind = element.bind or {}, element.type
        told = {
            "path": here,
            "name": element.name,
            "type": kind,
            "asked": kind not in _UNASKED and not (bind.get("calculate") and not element.label),
            "label": _texts(element.label),
            "hint": _texts(element.hint),
            "relevant": str(bind.get("relevant", "")),
            "required": str(bind.get("required", "")).lower() in {"true()", "yes", "true"},
        }
        if kind in _GROUPS:
            yield told
            yield from _elements(element, here, lists)
            continue
        itemset = getattr(element, "itemset", None) or getattr(element, "list_name", None)
        yield told | {"options": lists.get(str(itemset or ""), [])}


def _options(itemset: Any) -> list[dict[str, Any]]:
    return [{"value": option.name, "label": _texts(option.label)} for option in itemset.options]


def _texts(label: Any) -> dict[str, str]:
    if isinstance(label, dict):
        return {str(language): str(text) for language, text in label.items() if text}
    return {DEFAULT: str(label)} if label else {}
