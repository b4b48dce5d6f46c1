"""The gallery: every component in every state, for who builds pages and who judges the design."""

from math import cos, pi, sin
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from safar.kernel import clock
from safar.kernel.chart import Chart, RegionMap, Series
from safar.ui import palette
from safar.ui.forms import ChoiceCards, DateInput, PartialDateField, Pills, PlacePicker, TimeInput

COLOURS = (
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink-soft", "paper"),
    ("tile", "paper"),
    ("on-tile", "tile"),
    ("saffron", "paper"),
    ("good", "good-wash"),
    ("info", "info-wash"),
    ("warn", "warn-wash"),
    ("danger", "danger-wash"),
)
# Letters that a font of another part of the world lacks, in words a reader of the language meets every day.
SCRIPTS = (
    ("uz", "Oʻzbekcha", "Gʻulomjon Oʻktamovich taʼlim olishga joʻnadi. Sanʼat, oʻgʻil, qizgʻin."),
    ("uz-Cyrl", "Ўзбекча", "Ғуломжон Ўктамович таълим олишга жўнади. Қишлоқ, ҳуқуқ, ўғил."),
    (
        "kaa",
        "Qaraqalpaqsha",
        "Ǵárezsiz, kúndelikli, jańa, óz tilimiz, qızıǵıwshılıq. Әдеп, ғалы, жаңа, өмир, үй, ўақыт, ҳәм.",
    ),
    ("tg", "Тоҷикӣ", "Ҳуқуқи меҳнатии муҳоҷирон: ҷавоб, ӯҳда, ғамхорӣ, қонун, донишҷӯ."),
    ("ky", "Кыргызча", "Эмгек мыйзамдары: өлкө, үй-бүлө, жаңы, көңүл, түшүнүк."),
    ("ru", "Русский", "Трудовой договор подписан; объём, съезд, ёлка, эхо, щётка."),
    ("en", "English", "You decide. We explain what the law says, 1 234 567 times if needed."),
)


class SampleForm(forms.Form):
    """One of each control."""

    name = forms.CharField(label="Full name", help_text="As the person says it. Any script.")
    phone = forms.CharField(
        label="Phone", required=False, widget=forms.TextInput({"type": "tel", "autocomplete": "off"})
    )
    born = PartialDateField(label="Date of birth", help_text="The year alone is enough.", required=False)
    mode = forms.ChoiceField(
        label="How did the person reach us?",
        choices=[("visit", "Came to the office"), ("phone", "By phone"), ("online", "Online message")],
        widget=ChoiceCards(hints={"online": "Telegram, web page, e-mail"}),
    )
    topics = forms.MultipleChoiceField(
        label="What was asked about?",
        choices=[
            ("Before leaving", [("visa", "Visa and permit"), ("work", "Work contract"), ("cost", "What it costs")]),
            ("Abroad", [("wage", "Unpaid wage"), ("papers", "Lost papers")]),
        ],
        widget=Pills,
    )
    place = forms.ChoiceField(label="Home place", widget=PlacePicker, required=False)
    languages = forms.MultipleChoiceField(
        label="Languages", choices=[("uz", "Uzbek"), ("ru", "Russian"), ("tg", "Tajik")], required=False
    )
    day = forms.DateField(label="Day of the visit", widget=DateInput)
    at = forms.TimeField(label="Time", widget=TimeInput, required=False)
    people = forms.IntegerField(label="People in the family", min_value=1, required=False)
    note = forms.CharField(label="What was said", widget=forms.Textarea, required=False)
    paper = forms.FileField(label="Scanned paper", required=False, help_text="PDF or picture, at most 5 MB.")
    agreed = forms.BooleanField(
        label="The person agrees that we keep this record", help_text="Say what it means first."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = [
            ("N", "North region", [("N1", "Riverside"), ("N2", "Hilltop")]),
            ("S", "South region", [("S1", "Old Market")]),
        ]
        self.fields["place"].choices = PlacePicker.choices_of(regions)  # type: ignore[attr-defined]


def _hexagon(column: int, row: int) -> list[list[float]]:
    x, y = column * 1.5 + 66.0, row * 1.8 + (column % 2) * 0.9 + 38.0
    corners = [[x + cos(step * pi / 3), y + sin(step * pi / 3) * 0.78] for step in range(6)]
    return [*corners, corners[0]]


def sample_map() -> RegionMap:
    """Nine cells of a made-up country; one without a value."""
    names = ["North", "Lake", "Hill", "Vale", "Market", "Bridge", "Garden", "Desert", "South"]
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"X-{place}", "name": name},
            "geometry": {"type": "Polygon", "coordinates": [_hexagon(place % 3, place // 3)]},
        }
        for place, name in enumerate(names)
    ]
    values: dict[str, float | None] = {f"X-{place}": float(place**2 * 37 + 5) for place in range(len(names))}
    values["X-7"] = None
    return RegionMap(
        title="People advised, by home region",
        shapes={"type": "FeatureCollection", "features": features},
        values=values,
        unit="persons",
        note="A made-up country. Desert: too few to show.",
    )


def sample_charts() -> list[Chart]:
    months = tuple(f"{month:02}" for month in range(1, 9))
    return [
        Chart(
            "bar",
            "Contacts by topic",
            ("Work contract", "Visa and permit", "Unpaid wage", "Study abroad", "Return"),
            (Series("Contacts", (1284, 963, 512, 158, None)),),
            "contacts",
            "January to August. Return: not asked in this period.",
        ),
        Chart(
            "bar",
            "Persons by age and sex",
            ("18–29", "30–44", "45–59"),
            (Series("Women", (310, 402, 188)), Series("Men", (540, 512, 131))),
            "persons",
        ),
        Chart(
            "line",
            "Persons advised each month",
            months,
            (
                Series("Office", (120, 134, 128, None, 171, 190, 204, 221)),
                Series("Phone", (80, 84, 101, 96, 99, 120, 118, 131)),
            ),
            "persons",
            "April: the office was closed.",
        ),
        Chart(
            "stacked",
            "Sessions by kind and place",
            ("North", "South", "West"),
            (Series("School", (24, 18, 9)), Series("Mahalla", (31, 22, 17)), Series("Job fair", (6, 4, None))),
            "sessions",
        ),
    ]


def _context(request: HttpRequest) -> dict[str, Any]:
    wrong = {"name": "", "born_day": "31", "born_month": "2", "born_year": "1990", "phone": "12"}
    filled = SampleForm(initial={"name": "Oʻktam", "mode": "visit", "topics": ["visa", "wage"], "day": clock.today()})
    return {
        "colours": COLOURS,
        "series_colours": palette.SERIES,
        "class_colours": palette.CLASSES,
        "scripts": SCRIPTS,
        "form": filled,
        "filter": SampleForm(auto_id="filter_%s"),
        "wrong_form": SampleForm(wrong, auto_id="wrong_%s"),
        "charts": sample_charts(),
        "map": sample_map(),
        "steps": [("Who", "done"), ("What", "current"), ("Plan", "todo")],
        "page_obj": Paginator(range(230), 20).page(3),
        "now": clock.now(),
        "nothing": None,
        "tones": ("neutral", "info", "good", "warn", "danger"),
        "kinds": ("primary", "secondary", "quiet", "danger"),
        "sheet": "portal" if request.GET.get("sheet") == "portal" else "desk",
    }


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the gallery where it belongs: on the demo and while developing, never at a centre."""
    if not (settings.DEBUG or settings.SAFAR_IS_DEMO):
        raise Http404
    language = request.GET.get("language", "en")
    with translation.override(language if language in dict(settings.LANGUAGES) else "en"):
        if "toast" in request.GET:
            messages.success(request, _("Saved."))
        return render(request, "ui/gallery.html", _context(request))


show.access = "public"  # type: ignore[attr-defined]
