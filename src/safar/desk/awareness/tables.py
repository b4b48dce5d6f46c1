"""Forms that are tables of numbers: test results per question, and materials handed out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.awareness.models import KnowledgeTest, SessionMaterial
from safar.awareness.rules import MaterialDetails, TestItem
from safar.desk.awareness.facts import label
from safar.desk.forms import ActionForm
from safar.reference.queries import codes
from safar.trust.queries.profile import profile

QUESTIONS = 10
MATERIAL_ROWS = 6
_EMPTY = [("", "—")]


class TestForm(ActionForm):
    """How a group answered: people, and for each question how many were right and, if fewer answered it, how many."""

    __test__ = False

    answered = forms.IntegerField(label=_("How many people answered"), min_value=1, max_value=10_000)
    matched = forms.BooleanField(
        label=_("The same people answer before and after"),
        required=False,
        help_text=_("Only if the sheets carry a code that joins them."),
    )

    def __init__(self, data: Any = None, *, phase: str, test: KnowledgeTest | None = None) -> None:
        super().__init__(data, initial=_initial_test(test), prefix=phase)
        for number in range(1, QUESTIONS + 1):
            self.fields[f"right_{number}"] = _count(_("Question %(number)s: right answers") % {"number": number})
            self.fields[f"asked_{number}"] = _count(_("Question %(number)s: answers") % {"number": number})

    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        return [(number, self[f"right_{number}"], self[f"asked_{number}"]) for number in range(1, QUESTIONS + 1)]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for number in range(1, QUESTIONS + 1):
            if (
                told.get(f"asked_{number}") is not None
                and f"right_{number}" in told
                and told[f"right_{number}"] is None
            ):
                self.add_error(f"right_{number}", _("Say how many of these answers were right."))
        return told

    def items(self) -> list[TestItem]:
        """Return the questions that were asked; without a number of answers everybody answered."""
        told = self.cleaned_data
        return [
            TestItem(told["answered"] if told[f"asked_{number}"] is None else told[f"asked_{number}"], right)
            for number in range(1, QUESTIONS + 1)
            if (right := told[f"right_{number}"]) is not None
        ]


class MaterialForm(ActionForm):
    """Rows of item, language and copies; empty rows are left out."""

    def __init__(self, data: Any = None, *, held: Sequence[SessionMaterial] = ()) -> None:
        super().__init__(data, initial=_initial_materials(held))
        items = [*_EMPTY, *codes.code_list("material_item").choices(include=[row.item for row in held])]
        languages = dict.fromkeys([*profile().languages.clients, *(row.language for row in held)])
        offered = [*_EMPTY, *((code, label("language", code)) for code in languages)]
        for number in self.numbers(held):
            self.fields[f"item_{number}"] = forms.ChoiceField(label=_("Item"), choices=items, required=False)
            self.fields[f"language_{number}"] = forms.ChoiceField(label=_("Language"), choices=offered, required=False)
            self.fields[f"count_{number}"] = _count(_("Copies"))

    @staticmethod
    def numbers(held: Sequence[SessionMaterial]) -> range:
        return range(max(MATERIAL_ROWS, len(held) + 2))

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        names = [name for name in self.fields if name.startswith("item_")]
        return [
            (self[name], self[name.replace("item", "language")], self[name.replace("item", "count")]) for name in names
        ]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for item, _language, count in self.rows():
            if told.get(item.name) and count.name in told and told[count.name] is None:
                self.add_error(count.name, _("Say how many copies. Write 0 to leave the row out."))
        return told

    def materials(self) -> list[MaterialDetails]:
        told: Mapping[str, Any] = self.cleaned_data
        numbers = [name.removeprefix("item_") for name in self.fields if name.startswith("item_")]
        return [
            MaterialDetails(told[f"item_{number}"], told[f"language_{number}"], count)
            for number in numbers
            if (count := told[f"count_{number}"])
        ]


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, required=False)


def _initial_test(test: KnowledgeTest | None) -> dict[str, Any]:
    if test is None:
        return {}
    items = list(test.items.all())
    return (
        {"answered": test.answered, "matched": test.matched}
        | {f"right_{item.number}": item.correct for item in items}
        | {f"asked_{item.number}": item.answered for item in items if item.answered != test.answered}
    )


def _initial_materials(held: Sequence[SessionMaterial]) -> dict[str, Any]:
    return {
        f"{field}_{number}": getattr(row, field)
        for number, row in enumerate(held)
        for field in ("item", "language", "count")
    }
