"""A person takes their assessments away; erasure leaves a tally without answers; old answers end by the country's terms."""

import datetime as dt

from safar.cases.models import Assessment, AssessmentMove
from safar.cases.privacy import instruments as privacy
from safar.cases.retention import _answered, _empty_assessments, _needed_assessments
from safar.cases.rules.instruments import About
from safar.kernel.clock import today
from tests.factories.cases import person
from tests.factories.instruments import assessment, installed


def _two(centre) -> tuple[Assessment, Assessment]:
    whom = About(person_id=person(centre).pk)
    plain = assessment(installed("satisfaction"), centre, about=whom, overall="4")
    items = [
        "false_promises",
        "forced_work",
        "excessive_hours",
        "fee_deductions",
        "movement_denied",
        "threats",
        "documents_withheld",
    ]
    sensitive = assessment(installed("exploitation_screen"), centre, about=whom, **dict.fromkeys(items, "yes"))
    AssessmentMove.objects.create(
        assessment=sensitive, from_state="awaiting", to_state="watched", moved_on=today(), reason="words"
    )
    return plain, sensitive


def test_person_takes_away_what_was_answered(home_centre) -> None:
    plain, _sensitive = _two(home_centre)
    told = privacy.export(plain.person_id)["assessments"]
    assert next((each["instrument"], each["answers"], each["scores"]) for each in told) == (
        "Satisfaction with services",
        [["All in all", "Satisfied"]],
        [["overall", "4.0"]],
    )
    assert len(told) == 2


def test_erasure_leaves_a_tally_without_answers(home_centre) -> None:
    plain, sensitive = _two(home_centre)
    (effect,) = privacy.preview(plain.person_id)
    assert effect.stays == 2
    privacy.erase(plain.person_id)
    for each in (plain, sensitive):
        each.refresh_from_db()
        assert (each.person, each.answers) == (None, {})
    assert plain.former_person_key == sensitive.former_person_key
    assert plain.scores["overall"] == 4.0
    assert sensitive.scores == {}
    assert AssessmentMove.objects.get().reason == ""


def test_answers_end_by_their_term_and_a_recent_assessment_keeps_the_person(home_centre) -> None:
    plain, sensitive = _two(home_centre)
    assert plain.person_id in set(_needed_assessments(today()).values_list("person", flat=True))
    assert not _answered(today(), today()).exists()
    cut = today() + dt.timedelta(days=1)
    due = list(_answered(today(), cut).values_list("pk", flat=True))
    assert set(due) == {plain.pk, sensitive.pk}
    _empty_assessments(due)
    plain.refresh_from_db()
    assert (plain.answers, plain.scores["overall"]) == ({}, 4.0)
    assert not _answered(today(), cut).exists()
