"""How a bound field is drawn: which control it is, and how its parts are tied together for a screen reader."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from safar.ui.forms import Pills

_DJANGO_ROWS = "10"  # what Django gives a textarea nobody gave a height


@dataclass(frozen=True, slots=True)
class Group:
    """Choices under one heading; the heading is empty where choices are not grouped."""

    label: str
    options: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the template of a field needs to know."""

    kind: str
    id: str
    label: Any = ""
    hint: Any = ""
    widget: SafeString | str = ""
    described_by: str = ""
    is_pills: bool = False
    groups: list[Group] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One line of the error summary; without a target it belongs to the whole form."""

    target: str
    label: Any
    message: str


def kind_of(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, forms.MultiWidget):
        return "many"
    return "check" if isinstance(widget, forms.CheckboxInput) else "single"


def _attributes(bound: BoundField, kind: str, described_by: str) -> dict[str, Any]:
    widget = bound.field.widget
    attrs: dict[str, Any] = {}
    # A group is described once, on its fieldset; repeating it on every box makes a screen reader read it every time.
    if described_by and kind in {"single", "check"}:
        attrs["aria-describedby"] = described_by
    if kind == "single":
        attrs["class"] = f"{widget.attrs.get('class', '')} control".strip()
    if kind == "check" and bound.field.required:
        attrs["required"] = True
    if kind == "single" and isinstance(widget, forms.Textarea):
        attrs |= {"rows": widget.attrs.get("rows") if widget.attrs.get("rows") != _DJANGO_ROWS else 4, "cols": False}
    return attrs


def _groups(bound: BoundField) -> list[Group]:
    widget = bound.field.widget
    attrs = {**bound.build_widget_attrs({}), "id": bound.auto_id or f"id_{bound.html_name}"}
    for needless in ("aria-describedby", "aria-invalid"):
        attrs.pop(needless, None)
    context = widget.get_context(bound.html_name, bound.value(), attrs)["widget"]
    hints = getattr(widget, "hints", {})
    groups: list[Group] = []
    for heading, options, _index in context["optgroups"]:
        for option in options:
            # Our template draws the label itself.
            option["wrap_label"] = False
            option["hint"] = hints.get(str(option["value"]), "")
        if heading or not groups or groups[-1].label:
            groups.append(Group(str(heading or ""), []))
        groups[-1].options.extend(options)
    return groups


def parts_of(bound: BoundField, *, label: Any = "", hint: Any = "") -> Parts:
    """Sort a bound field into what `<c-field>` draws."""
    widget = bound.field.widget
    kind = kind_of(widget)
    identifier = bound.auto_id or f"id_{bound.html_name}"
    hint = hint or bound.help_text
    notes = [f"{identifier}_helptext"] * bool(hint) + [f"{identifier}_error"] * bool(bound.errors)
    described_by = " ".join(notes)
    if kind == "choices":
        return Parts(
            kind, identifier, label or bound.label, hint, "", described_by, isinstance(widget, Pills), _groups(bound)
        )
    attrs = _attributes(bound, kind, described_by)
    drawn = (
        _select(bound, attrs) if widget.template_name == forms.Select.template_name else bound.as_widget(attrs=attrs)
    )
    return Parts(kind, identifier, label or bound.label, hint, drawn, described_by)


def _select(bound: BoundField, attrs: dict[str, Any]) -> SafeString:
    """Draw a select as Django's templates do, but without a template for each option: a country has hundreds of districts."""
    widget = bound.field.widget
    attrs = bound.build_widget_attrs({"id": bound.auto_id or f"id_{bound.html_name}"} | attrs, widget)
    context = widget.get_context(bound.html_name, bound.value(), attrs)["widget"]
    groups = [
        (
            heading,
            format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                ((str(each["value"]), flatatt(each["attrs"]), each["label"]) for each in options),
            ),
        )
        for heading, options, _index in context["optgroups"]
    ]
    parts = [
        format_html('<optgroup label="{}">{}</optgroup>', heading, drawn) if heading else drawn
        for heading, drawn in groups
    ]
    inside = format_html_join("", "{}", ((part,) for part in parts))
    return format_html('<select name="{}"{}>{}</select>', context["name"], flatatt(context["attrs"]), inside)


def _first_control(bound: BoundField) -> str:
    kind = kind_of(bound.field.widget)
    if kind == "choices":
        options = [option for group in _groups(bound) for option in group.options]
        return str(options[0]["attrs"]["id"]) if options else ""
    identifier = bound.auto_id or f"id_{bound.html_name}"
    return f"{identifier}_0" if kind == "many" else identifier


def error_links(form: forms.BaseForm | None) -> list[ErrorLink]:
    """List what is wrong with a form, first what concerns all of it, then field by field in the order of the form."""
    if form is None or not form.is_bound:
        return []
    links = [ErrorLink("", "", str(message)) for message in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else _first_control(bound)
        links += [ErrorLink(target, bound.label, str(message)) for message in bound.errors]
    return links
