"""Each component draws what its interface promises, and says it to a screen reader too."""

import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template.loader import get_template

from safar import ui
from tests.ui.rendering import Elements, render, request

FOLDER = Path(ui.__path__[0])
COMPONENTS = sorted((FOLDER / "templates" / "components").glob("*.html"))
ICONS = (FOLDER / "static" / "ui" / "icons.svg").read_text()


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_says_what_it_is_for(path):
    text = path.read_text()
    assert re.match(r"\{% comment %\}.{20,}?\{% endcomment %\}", text, re.DOTALL)
    assert "style=" not in text
    assert "onclick" not in text
    get_template(f"components/{path.name}")


@pytest.mark.parametrize("path", sorted((FOLDER / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_every_icon_a_template_names_is_in_the_sprite(path):
    names = re.findall(r'<c-icon name="([\w-]+)"', path.read_text()) + re.findall(r' icon="([\w-]+)"', path.read_text())
    assert [name for name in names if f'<symbol id="{name}"' not in ICONS] == []


def test_an_icon_beside_text_is_hidden_and_one_alone_is_named():
    assert Elements(render('<c-icon name="check" />')).one("svg")["aria-hidden"] == "true"
    alone = Elements(render('<c-icon name="check" label="Done" />')).one("svg")
    assert (alone["role"], alone["aria-label"]) == ("img", "Done")


def test_a_page_head_has_title_lead_crumbs_and_actions():
    text = render(
        '<c-page-head title="{{ name }}" subtitle="Second">Lead'
        '<c-slot name="crumbs"><a href="/a/">A</a></c-slot>'
        '<c-slot name="actions"><c-button>Go</c-button></c-slot></c-page-head>',
        name="Tom & <b>Ann</b>",
    )
    assert "<h1>Tom &amp; &lt;b&gt;Ann&lt;/b&gt;</h1>" in text
    assert "page-head-lead" in text
    assert Elements(text).one("nav")["aria-label"] == "You are here"
    assert Elements(text).one("button")["type"] == "submit"


def test_a_page_head_leaves_out_what_it_was_not_given():
    found = Elements(render('<c-page-head title="T" />', actions="from the page around", crumbs="x", subtitle="y"))
    assert [tag for tag, _attrs in found.found] == ["header", "div", "div", "h1"]


def test_a_button_is_a_link_when_it_leads_somewhere():
    link = Elements(render('<c-button href="/a/?b=1&amp;c=2" kind="secondary" icon="plus">Add</c-button>'))
    assert link.one("a")["class"] == "button button-secondary"
    assert link.all("button") == []
    button = Elements(
        render('<c-button kind="danger" type="button" name="n" value="v" data-dialog="d">X</c-button>')
    ).one("button")
    assert button == {"class": "button button-danger", "type": "button", "name": "n", "value": "v", "data-dialog": "d"}


def test_a_card_and_a_fieldset_name_themselves():
    text = render('<c-card title="T" level="3" id="x">in</c-card><c-fieldset legend="L" hint="H">in</c-fieldset>')
    assert "<h3>T</h3>" in text
    assert "<legend>L</legend>" in text
    assert Elements(text).one("section")["id"] == "x"


def test_a_card_without_title_has_no_empty_head():
    assert "card-head" not in render("<c-card>in</c-card>", title="of the page")
    assert "<h2>T</h2>" in render('<c-card title="T">in<c-slot name="actions">a</c-slot></c-card>')


@pytest.mark.parametrize(("value", "shown"), [(12834, "12,834"), ("12 to 15", "12 to 15"), (0, "0"), (None, "no data")])
def test_a_figure_shows_value_and_unit_and_never_nought_for_nothing(value, shown):
    text = render(
        '<c-figures><c-figure label="People" :value="value" unit="persons" note="May" /></c-figures>', value=value
    )
    assert re.search(rf">{shown}<", text)
    assert "persons" in text
    assert "May" in text


def test_a_figure_can_lead_to_where_it_comes_from():
    assert (
        Elements(render('<c-figure label="L" value="3" unit="u" href="/x/">more</c-figure>')).one("a")["href"] == "/x/"
    )


@pytest.mark.parametrize("tone", ["neutral", "info", "good", "warn", "danger"])
def test_tones_of_badges_and_notices_exist_in_both_sheets(tone):
    text = render(f'<c-badge tone="{tone}" icon="check">B</c-badge><c-notice tone="{tone}" title="T">N</c-notice>')
    assert text.count(f"tone-{tone}") == 2
    for sheet in ("components.css", "portal.css"):
        assert f".tone-{tone} " in (FOLDER / "static" / "ui" / sheet).read_text()


def test_a_table_has_a_caption_and_scrolls_by_keyboard():
    found = Elements(render('<c-table caption="Sessions"><tbody><tr><td>x</td></tr></tbody></c-table>'))
    assert found.one("div", role="region") == {
        "class": "table-wrap",
        "role": "region",
        "tabindex": "0",
        "aria-label": "Sessions",
    }
    assert found.one("caption") == {}
    quiet = Elements(render('<c-table caption="C" quiet="yes"><tbody></tbody></c-table>'))
    assert quiet.one("caption")["class"] == "visually-hidden"


def test_an_empty_place_says_what_to_do():
    text = render(
        '<c-empty icon="calendar" title="Nothing yet">Why<c-slot name="action"><c-button>Add</c-button></c-slot></c-empty>'
    )
    assert "<h2>Nothing yet</h2>" in text
    assert "#calendar" in text
    assert Elements(text).one("button")


def test_the_tab_one_is_on_says_so():
    found = Elements(
        render(
            '<c-tabs label="Views"><c-tab href="/a/" :current="here">A</c-tab><c-tab href="/b/">B</c-tab></c-tabs>',
            here=True,
        )
    )
    assert [link.get("aria-current") for link in found.all("a")] == ["page", None]
    assert found.one("nav")["aria-label"] == "Views"


def test_filters_are_a_get_form_with_a_button():
    found = Elements(render('<c-filters action="/x/">fields</c-filters>'))
    assert found.one("form")["method"] == "get"
    assert found.one("form")["action"] == "/x/"
    assert found.one("button")
    named = render('<c-filters label="Which" submit="Find">f</c-filters>')
    assert "Find" in named
    assert Elements(named).one("form")["aria-label"] == "Which"


def test_steps_say_in_words_what_is_done_and_where_one_is():
    text = render(
        '<c-steps :steps="steps" label="The visit" />', steps=[("Who", "done"), ("What", "current"), ("Plan", "todo")]
    )
    assert "(done)" in text
    assert [step.get("aria-current") for step in Elements(text).all("li")] == [None, "step", None]
    assert 'aria-label="Steps"' in render('<c-steps :steps="steps" />', steps=[])


def test_a_time_line_is_an_ordered_list():
    text = render(
        '<c-timeline><c-timeline-item when="3 May" title="Visit" icon="user">in</c-timeline-item></c-timeline>'
    )
    assert Elements(text).one("ol")["class"] == "timeline"
    assert "<h3>Visit</h3>" in text
    assert "<h3>" not in render("<c-timeline-item>in</c-timeline-item>", title="of the page", when="x")


def test_an_empty_fact_says_that_nothing_is_recorded():
    text = render(
        '<c-facts><c-fact term="Phone">{{ phone }}</c-fact><c-fact term="City">Osh</c-fact></c-facts>', phone=""
    )
    assert text.count("Not recorded") == 1
    assert len(Elements(text).all("dt")) == 2


def test_a_dialog_is_named_by_its_title_and_can_be_closed_without_a_script():
    found = Elements(render('<c-dialog id="end" title="Close?">in</c-dialog>', title="of the page"))
    assert found.one("dialog") == {"class": "dialog", "aria-labelledby": "end-title", "id": "end"}
    assert found.one("h2")["id"] == "end-title"
    assert found.one("form")["method"] == "dialog"


@pytest.mark.parametrize("is_open", [True, False])
def test_details_fold(is_open):
    found = Elements(render('<c-details summary="How" :open="is_open">in</c-details>', is_open=is_open))
    assert ("open" in found.one("details")) is is_open


def test_pages_of_a_list_keep_the_other_parameters():
    pages = Paginator(range(50), 20)
    asked = request("/desk/x/?state=open&page=2")
    found = Elements(render('<c-pagination :page="page" />', asked, page=pages.page(2)))
    assert found.one("a", rel="next")["href"] == "?state=open&page=3"
    assert found.one("a", rel="prev")["href"] == "?state=open&page=1"
    assert Elements(render('<c-pagination :page="page" />', page=pages.page(1))).all("a", rel="prev") == []
    assert Elements(render('<c-pagination :page="page" />', page=pages.page(3))).all("a", rel="next") == []
    assert render('<c-pagination :page="page" />', page=Paginator(range(5), 20).page(1)).strip() == ""


@pytest.mark.parametrize("columns", ["2", "3", "4", ""])
def test_a_grid_and_a_stack_hold_what_is_in_them(columns):
    text = render(f'<c-grid columns="{columns}"><c-stack>in</c-stack></c-grid><c-form-actions>b</c-form-actions>')
    assert Elements(text).all("div")[0]["class"] == f"grid grid-{columns}".removesuffix(" grid-")
