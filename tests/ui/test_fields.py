"""Any bound field is drawn with label, hint and error that belong to it."""

import re

import pytest
from django import forms
from django.core.exceptions import ValidationError

from safar.ui import fields
from safar.ui.forms import ChoiceCards, DateInput, PartialDateField, Pills, PlacePicker, TimeInput
from tests.ui.rendering import Elements, render


class Everything(forms.Form):
    text = forms.CharField(label="Name", help_text="As on paper")
    number = forms.IntegerField()
    mail = forms.EmailField(required=False)
    phone = forms.CharField(widget=forms.TextInput({"type": "tel", "class": "wide"}))
    choice = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])
    cards = forms.ChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=ChoiceCards(hints={"b": "Why B"}), help_text="One"
    )
    pills = forms.MultipleChoiceField(choices=[("G", [("a", "A")]), ("b", "B"), ("c", "C")], widget=Pills)
    agreed = forms.BooleanField(label="Agreed", help_text="Say it aloud")
    long = forms.CharField(widget=forms.Textarea)
    tall = forms.CharField(widget=forms.Textarea({"rows": 12}))
    day = forms.DateField(widget=DateInput)
    at = forms.TimeField(widget=TimeInput)
    paper = forms.FileField()
    key = forms.CharField(widget=forms.HiddenInput)
    born = PartialDateField(help_text="The year will do")

    def clean(self) -> None:
        raise ValidationError("Together they make no sense")


def _draw(name: str, form: forms.Form | None = None) -> Elements:
    return Elements(render('<c-field :field="field" />', field=(form or Everything())[name]))


@pytest.mark.parametrize("name", ["text", "number", "mail", "phone", "choice", "several", "long", "day", "at", "paper"])
def test_a_label_belongs_to_its_control(name):
    found = _draw(name)
    controls = found.all("input") + found.all("select") + found.all("textarea")
    assert found.one("label")["for"] == controls[0]["id"] == f"id_{name}"
    assert "control" in (controls[0]["class"] or "").split()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("number", "number"), ("mail", "email"), ("phone", "tel"), ("day", "date"), ("at", "time"), ("paper", "file")],
)
def test_the_keyboard_fits_what_is_asked(name, kind):
    assert _draw(name).one("input")["type"] == kind


def test_a_class_of_the_form_is_kept():
    assert _draw("phone").one("input")["class"] == "wide control"


def test_a_hint_is_read_with_its_control():
    found = _draw("text")
    assert found.one("p", id="id_text_helptext")
    assert found.one("input")["aria-describedby"] == "id_text_helptext"


def test_label_and_hint_can_be_overruled_where_the_field_stands():
    text = render('<c-field :field="field" label="Surname" hint="In capitals" />', field=Everything()["text"])
    assert "Surname" in text
    assert "In capitals" in text
    assert "As on paper" not in text


def test_an_error_is_read_with_its_control_after_the_hint():
    found = _draw("text", Everything({}))
    assert found.one("input")["aria-describedby"] == "id_text_helptext id_text_error"
    assert found.one("input")["aria-invalid"] == "true"
    assert found.one("div", id="id_text_error")


def test_only_optional_fields_are_marked():
    assert "(optional)" in render('<c-field :field="field" />', field=Everything()["mail"])
    assert "(optional)" not in render('<c-field :field="field" />', field=Everything()["text"])


@pytest.mark.parametrize(("name", "kind", "count"), [("cards", "radio", 2), ("pills", "checkbox", 3)])
def test_choices_are_a_group_with_a_label_on_each(name, kind, count):
    found = _draw(name)
    boxes = found.all("input", type=kind)
    assert len(boxes) == count
    assert [label["for"] for label in found.all("label")] == [box["id"] for box in boxes]
    assert len({box["id"] for box in boxes}) == count
    assert found.one("fieldset")
    assert found.one("legend")


def test_a_group_is_described_once():
    found = _draw("cards", Everything({}))
    assert found.one("fieldset")["aria-describedby"] == "id_cards_helptext id_cards_error"
    assert all("aria-describedby" not in box for box in found.all("input"))


def test_a_choice_can_carry_its_own_hint():
    assert "Why B" in render('<c-field :field="field" />', field=Everything()["cards"])


def test_choices_under_a_heading_stay_under_it():
    groups = fields.parts_of(Everything()["pills"]).groups
    assert [(group.label, [option["value"] for option in group.options]) for group in groups] == [
        ("G", ["a"]),
        ("", ["b", "c"]),
    ]


def test_what_was_ticked_is_ticked():
    form = Everything({"pills": ["c"], "cards": "b"})
    assert [box["value"] for box in _draw("pills", form).all("input") if "checked" in box] == ["c"]
    assert [box["value"] for box in _draw("cards", form).all("input") if "checked" in box] == ["b"]


def test_a_required_radio_is_required_and_a_pill_is_not():
    assert all("required" in box for box in _draw("cards").all("input"))
    assert not any("required" in box for box in _draw("pills").all("input"))


def test_a_single_tick_has_its_label_behind_it():
    found = _draw("agreed", Everything({}))
    assert found.one("input")["aria-describedby"] == "id_agreed_helptext id_agreed_error"
    assert "required" in found.one("input")
    assert found.one("label") == {"class": "check", "for": "id_agreed"}


def test_a_text_area_is_low_unless_the_form_says_otherwise():
    assert _draw("long").one("textarea")["rows"] == "4"
    assert _draw("tall").one("textarea")["rows"] == "12"
    assert "cols" not in _draw("tall").one("textarea")


def test_the_parts_of_a_date_are_labelled_and_described_together():
    found = _draw("born")
    assert [label["for"] for label in found.all("label")] == ["id_born_0", "id_born_1", "id_born_2"]
    assert found.one("fieldset")["aria-describedby"] == "id_born_helptext"
    assert "control" in (found.one("select")["class"] or "")


def test_a_hidden_field_is_bare():
    found = _draw("key")
    assert [tag for tag, _attrs in found.found] == ["input"]


def test_dates_and_times_travel_in_the_form_a_browser_reads():
    from datetime import date, time

    form = Everything(initial={"day": date(2026, 3, 7), "at": time(9, 5)})
    assert _draw("day", form).one("input")["value"] == "2026-03-07"
    assert _draw("at", form).one("input")["value"] == "09:05"
    typed = Everything({"day": "tomorrow", "at": "soon"})
    assert _draw("day", typed).one("input")["value"] == "tomorrow"
    assert _draw("at", typed).one("input")["value"] == "soon"
    assert "value" not in _draw("day").one("input")
    assert "value" not in _draw("at").one("input")


def test_places_stand_under_their_region_and_the_region_can_be_chosen_too():
    class Home(forms.Form):
        place = forms.ChoiceField(widget=PlacePicker, required=False)

    form = Home()
    form.fields["place"].choices = PlacePicker.choices_of([("R1", "North", [("D1", "Hill")])])
    text = render('<c-field :field="field" />', field=form["place"])
    found = Elements(text)
    assert found.one("optgroup")["label"] == "North"
    assert [option["value"] for option in found.all("option")] == ["", "R1", "D1"]
    assert "North, district not known" in text
    assert PlacePicker.choices_of([], blank="Anywhere") == [("", "Anywhere")]


def test_the_summary_leads_to_every_mistake():
    form = Everything({})
    text = render(
        '<c-form-errors :form="form" />{% for field in form %}<c-field :field="field" />{% endfor %}', form=form
    )
    found = Elements(text)
    assert found.one("div", role="alert")["tabindex"] == "-1"
    targets = [link["href"].removeprefix("#") for link in found.all("a")]
    ids = {attrs["id"] for _tag, attrs in found.found if attrs.get("id")}
    assert len(targets) == len(Everything.base_fields) - 2  # one is optional, the hidden one has nowhere to lead
    assert set(targets) <= ids
    assert "Together they make no sense" in text


def test_a_group_of_no_choices_has_nowhere_to_lead():
    class Nothing(forms.Form):
        pick = forms.ChoiceField(choices=[], widget=ChoiceCards)

    assert fields.error_links(Nothing({}))[0].target == ""


def test_a_form_without_mistakes_has_no_summary():
    assert render('<c-form-errors :form="form" />', form=Everything()).strip() == ""
    assert fields.error_links(None) == []


def test_what_somebody_typed_cannot_become_markup():
    form = Everything({"text": '"><script>x</script>', "cards": '"><b>'})
    text = render(
        '<c-form-errors :form="form" />{% for field in form %}<c-field :field="field" />{% endfor %}', form=form
    )
    assert "<script>" not in text
    assert not re.search(r"<b>", text)


def test_forms_without_ids_are_drawn_too():
    form = Everything({}, auto_id=False)
    for name in Everything.base_fields:
        render('<c-field :field="field" />', field=form[name])
    assert fields.error_links(form)
