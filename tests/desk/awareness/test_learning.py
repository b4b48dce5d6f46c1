import pytest
from django.urls import reverse

from safar.awareness.actions import learning
from safar.awareness.models import KnowledgeTest, LoggedQuestion
from safar.awareness.rules import TestItem
from safar.kernel.ids import new_id
from tests.factories import awareness

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"desk:awareness:{name}", args=args)


def results(phase: str, **fields) -> dict[str, object]:
    return {f"{phase}-{name}": value for name, value in fields.items()}


class TestTests:
    def test_results_before_and_after_make_a_chart(self, client_of, home_centre) -> None:
        client, made = client_of("outreach_officer"), awareness.held(home_centre)
        client.post(
            url("save_test", made.pk, "pre"),
            results("pre", answered=20, right_1=8, right_2=5, asked_2=15, matched="on"),
        )
        client.post(url("save_test", made.pk, "post"), results("post", answered=20, right_1=16, right_2=15))
        page = client.get(url("learning", made.pk))
        chart = page.context["chart"]
        assert [(series.name, series.values) for series in chart.series] == [
            ("Before", (40.0, 33.3)),
            ("After", (80.0, 75.0)),
        ]
        assert "Not matched" in chart.note
        assert 'value="15"' in page.content.decode()

    def test_one_test_alone_is_no_change(self, client_of, actor, home_centre) -> None:
        made = awareness.held(home_centre)
        learning.save_test(
            session_id=made.pk, phase="pre", answered=9, items=[TestItem(9, 3)], by=actor("outreach_officer")
        )
        chart = client_of("counsellor").get(url("learning", made.pk)).context["chart"]
        assert chart.note == "Before: 9 answered."

    def test_matched_groups_are_said_to_be_matched(self, client_of, actor, home_centre) -> None:
        made, by = awareness.held(home_centre), actor("outreach_officer")
        for phase in ("pre", "post"):
            learning.save_test(session_id=made.pk, phase=phase, answered=9, items=[TestItem(9, 3)], matched=True, by=by)
        chart = client_of("counsellor").get(url("learning", made.pk)).context["chart"]
        assert "The same people before and after" in chart.note

    @pytest.mark.parametrize(
        "fields", [{"answered": ""}, {"answered": 5, "right_1": 6}, {"answered": 90, "right_3": ""}, {"right_3": "x"}]
    )
    def test_a_wrong_result_comes_back_as_typed(self, client_of, home_centre, fields) -> None:
        data = {"answered": 90, "right_2": 3, "asked_2": 4, "right_3": 70, "asked_3": 77}
        answer = client_of("counsellor").post(
            url("save_test", awareness.held(home_centre).pk, "pre"), results("pre", **(data | fields))
        )
        assert answer.status_code == 422
        assert 'value="77"' in answer.content.decode()
        assert not KnowledgeTest.objects.exists()

    def test_a_phase_that_is_none_is_not_found(self, client_of, home_centre) -> None:
        assert (
            client_of("counsellor").post(url("save_test", awareness.held(home_centre).pk, "during")).status_code == 404
        )

    def test_a_planned_session_has_no_test_yet(self, client_of, home_centre) -> None:
        page = client_of("counsellor").get(url("learning", awareness.upcoming(home_centre).pk)).content.decode()
        assert "once somebody says that the session took place" in page


class TestQuestions:
    def test_a_question_is_kept_once(self, client_of, home_centre) -> None:
        client, made = client_of("counsellor"), awareness.held(home_centre)
        data = {"text": "Is it licensed?", "topic": "agency_or_offer_check", "form_key": str(new_id())}
        for _press in range(2):
            assert client.post(url("ask", made.pk), data).url == url("learning", made.pk)
        assert LoggedQuestion.objects.count() == 1
        assert "Is it licensed?" in client.get(url("learning", made.pk)).content.decode()

    def test_an_empty_question_comes_back(self, client_of, home_centre) -> None:
        answer = client_of("counsellor").post(url("ask", awareness.held(home_centre).pk), {"text": "", "form_key": ""})
        assert answer.status_code == 422

    def test_a_closed_session_keeps_no_more(self, client_of, home_centre) -> None:
        made = awareness.session(home_centre, state="submitted")
        made.questions.create(text="An old one")
        client = client_of("counsellor")
        answer = client.post(url("ask", made.pk), {"text": "A new one"})
        assert answer.status_code == 422
        assert "An old one" in client.get(url("learning", made.pk)).content.decode()

    def test_a_ministry_viewer_is_refused(self, client_of, home_centre) -> None:
        client, made = client_of("ministry_viewer"), awareness.held(home_centre)
        assert client.post(url("ask", made.pk), {"text": "Why?"}).status_code == 403
        assert client.post(url("save_test", made.pk, "pre"), {}).status_code == 403


class TestMaterials:
    def test_rows_are_saved_and_come_back(self, client_of, home_centre) -> None:
        client, made = client_of("outreach_officer"), awareness.session(home_centre)
        data = {
            "item_0": "leaflet",
            "language_0": "uz",
            "count_0": "40",
            "item_3": "poster",
            "language_3": "ru",
            "count_3": "0",
        }
        assert client.post(url("materials", made.pk), data).url == url("show", made.pk)
        assert list(made.materials.values_list("item", "count")) == [("leaflet", 40)]
        assert 'value="40"' in client.get(url("materials", made.pk)).content.decode()

    @pytest.mark.parametrize(
        "data",
        [
            {"item_0": "leaflet", "language_0": "", "count_0": "40"},
            {"item_0": "leaflet", "language_0": "uz", "count_0": "forty"},
            {"item_0": "leaflet", "language_0": "uz", "count_0": "40", "item_1": "poster", "count_1": ""},
        ],
    )
    def test_a_wrong_row_comes_back_as_typed(self, client_of, home_centre, data) -> None:
        answer = client_of("outreach_officer").post(url("materials", awareness.session(home_centre).pk), data)
        assert answer.status_code == 422
        assert f'value="{data["count_0"]}"' in answer.content.decode()
