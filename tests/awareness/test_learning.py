import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from safar.awareness.actions import learning, materials
from safar.awareness.models import KnowledgeTestItem, LoggedQuestion, SessionMaterial
from safar.awareness.rules import MaterialDetails, TestItem
from safar.kernel.ids import new_id
from tests.factories import awareness

pytestmark = pytest.mark.django_db
ITEMS = [TestItem(20, 8), TestItem(18, 12)]


class TestTests:
    def test_a_test_is_kept_item_by_item(self, home_centre, actor) -> None:
        made = awareness.held(home_centre)
        test = learning.save_test(
            session_id=made.pk, phase="pre", answered=20, items=ITEMS, matched=True, by=actor("outreach_officer")
        )
        assert list(test.items.values_list("number", "answered", "correct")) == [(1, 20, 8), (2, 18, 12)]
        assert test.matched

    def test_saving_a_phase_again_replaces_it(self, home_centre, actor) -> None:
        made, by = awareness.held(home_centre), actor("outreach_officer")
        learning.save_test(session_id=made.pk, phase="pre", answered=20, items=ITEMS, by=by)
        learning.save_test(session_id=made.pk, phase="pre", answered=19, items=ITEMS[1:], by=by)
        assert [(test.answered, test.items.count()) for test in made.tests.all()] == [(19, 1)]

    def test_before_and_after_ask_the_same_questions(self, home_centre, actor) -> None:
        made, by = awareness.held(home_centre), actor("outreach_officer")
        learning.save_test(session_id=made.pk, phase="pre", answered=20, items=ITEMS, by=by)
        with pytest.raises(ValidationError, match="same questions"):
            learning.save_test(session_id=made.pk, phase="post", answered=20, items=ITEMS[1:], by=by)
        learning.save_test(session_id=made.pk, phase="post", answered=20, items=ITEMS, by=by)
        assert made.tests.count() == 2

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"phase": "during"}, "phase"),
            ({"answered": 0}, "answered"),
            ({"items": []}, "items"),
            ({"items": [TestItem(21, 1)]}, "items"),
            ({"items": [TestItem(5, 6)]}, "items"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, home_centre, actor, fields, field) -> None:
        made = awareness.held(home_centre)
        with pytest.raises(ValidationError) as refused:
            learning.save_test(
                session_id=made.pk,
                by=actor("outreach_officer"),
                **({"phase": "pre", "answered": 20, "items": ITEMS} | fields),
            )
        assert list(refused.value.message_dict) == [field]

    def test_the_database_refuses_more_right_answers_than_answers(self, home_centre, actor) -> None:
        made = awareness.held(home_centre)
        test = learning.save_test(
            session_id=made.pk, phase="pre", answered=20, items=ITEMS, by=actor("outreach_officer")
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            KnowledgeTestItem.objects.create(test=test, number=9, answered=3, correct=4)


class TestQuestions:
    def test_a_question_is_kept_without_who_asked(self, home_centre, actor) -> None:
        made = awareness.held(home_centre)
        asked = learning.log_question(
            session_id=made.pk, text=" Is the  agency licensed? ", topic="agency_or_offer_check", by=actor("counsellor")
        )
        assert (asked.text, asked.topic) == ("Is the agency licensed?", "agency_or_offer_check")

    def test_a_double_press_logs_it_once(self, home_centre, actor) -> None:
        made, by, key = awareness.held(home_centre), actor("counsellor"), str(new_id())
        for _press in range(2):
            learning.log_question(session_id=made.pk, text="Why?", form_key=key, by=by)
        assert LoggedQuestion.objects.count() == 1

    @pytest.mark.parametrize(("fields", "field"), [({"text": " "}, "text"), ({"topic": "weather"}, "topic")])
    def test_what_cannot_be_is_refused(self, home_centre, actor, fields, field) -> None:
        made = awareness.held(home_centre)
        with pytest.raises(ValidationError) as refused:
            learning.log_question(session_id=made.pk, by=actor("counsellor"), **({"text": "Why?"} | fields))
        assert list(refused.value.message_dict) == [field]


class TestMaterials:
    def test_materials_are_exactly_those_given(self, home_centre, actor) -> None:
        made, by = awareness.session(home_centre), actor("outreach_officer")
        materials.replace(session_id=made.pk, materials=[MaterialDetails("poster", "ru", 2)], by=by)
        materials.replace(
            session_id=made.pk,
            materials=[MaterialDetails("leaflet", "uz", 40), MaterialDetails("leaflet", "ru", 0)],
            by=by,
        )
        assert list(SessionMaterial.objects.values_list("item", "language", "count")) == [("leaflet", "uz", 40)]

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ([MaterialDetails("leaflet", "uz", 1)] * 2, "twice"),
            ([MaterialDetails("gold", "uz", 1)], "Choose"),
            ([MaterialDetails("leaflet", "", 1)], "Choose"),
        ],
    )
    def test_what_cannot_be_is_refused(self, home_centre, actor, given, message) -> None:
        made = awareness.session(home_centre)
        with pytest.raises(ValidationError, match=message):
            materials.replace(session_id=made.pk, materials=given, by=actor("outreach_officer"))

    def test_nothing_is_handed_out_later(self, home_centre, actor) -> None:
        made = awareness.session(home_centre, state="locked")
        with pytest.raises(ValidationError, match="sent back"):
            materials.replace(session_id=made.pk, materials=[], by=actor("outreach_officer"))


@pytest.mark.parametrize("state", ["planned", "submitted", "approved", "locked"])
def test_tests_and_questions_belong_to_a_held_session(home_centre, actor, state) -> None:
    made, by = awareness.session(home_centre, state=state), actor("coordinator")
    with pytest.raises(ValidationError, match="cannot be done"):
        learning.save_test(session_id=made.pk, phase="pre", answered=20, items=ITEMS, by=by)
    with pytest.raises(ValidationError, match="cannot be done"):
        learning.log_question(session_id=made.pk, text="Why?", by=by)


def test_a_ministry_viewer_records_nothing(home_centre, actor) -> None:
    made, by = awareness.held(home_centre), actor("ministry_viewer")
    with pytest.raises(PermissionDenied):
        learning.save_test(session_id=made.pk, phase="pre", answered=20, items=ITEMS, by=by)
    with pytest.raises(PermissionDenied):
        learning.log_question(session_id=made.pk, text="Why?", by=by)
    with pytest.raises(PermissionDenied):
        materials.replace(session_id=made.pk, materials=[], by=by)
