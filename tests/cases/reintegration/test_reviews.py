import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from safar.cases.actions import cases, closures, reviews
from safar.cases.enums.reintegration import ReviewState
from safar.cases.models import CaseClosure, CaseFile, ContactAttempt, PlanReview
from safar.cases.queries import reintegration as reads
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.trust.models import AuditEntry
from tests.factories import cases as make
from tests.factories import reintegration as returnees

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(home_centre):
    case = returnees.received(home_centre, make.person(home_centre))
    returnees.agreed(case)
    return case


def refusal(action, **fields) -> list[str]:
    with pytest.raises(ValidationError) as error:
        action(**fields, by=MACHINE)
    return list(error.value.message_dict)


IMPOSSIBLE = [
    ({"contact": "maybe", "reason": "moved"}, "contact"),
    ({"held_on": dt.date(2999, 1, 1)}, "held_on"),
    ({"work_before": "?"}, "work_before"),
    ({"work_after": "?"}, "work_after"),
    ({"income_after": "b9"}, "income_after"),
    ({"changes": ("miracle",)}, "changes"),
    ({"ratings": {"weather": 3}}, "ratings"),
    ({"ratings": {"overall": 0}}, "ratings"),
    ({"reason": "unreachable"}, "reason"),
    ({"contact": "lost", "reason": "moved", "changes": (), "ratings": {}}, "reason"),
    ({"contact": "dropped_out"}, "contact"),
    ({"confirmed": {"00000000-0000-0000-0000-000000000000": True}}, "confirmed"),
]


class TestHolding:
    def test_keeps_work_income_change_confirmed_services_and_satisfaction(self, case, actor):
        given = cases.add_service(case_id=case.pk, service="employment", by=MACHINE)
        by = actor("counsellor")
        told = returnees.found(confirmed={given.pk: True}, words=" Works again ")
        review = reviews.hold(review_id=case.reviews.get(months=3).pk, details=told, by=by)
        assert (review.state, review.held_by_id, review.income_after, review.changes) == ("held", by.id, "b2", ["job"])
        assert {rating.line: rating.rating for rating in review.ratings.all()} == {"counselling": 5, "overall": 4}
        assert review.services.get().received
        assert CaseFile.objects.get().is_open
        assert (str(review)[:1], str(review.ratings.first())) == ("3", "counselling 5")
        assert str(review.services.get()).endswith("True")

    def test_happens_once_and_only_while_it_is_due(self, case):
        told = {"review_id": case.reviews.get(months=3).pk, "details": returnees.found()}
        PlanReview.objects.filter(months=3).update(state=ReviewState.CALLED_OFF)
        assert refusal(reviews.hold, **told) == ["__all__"]
        PlanReview.objects.filter(months=3).update(state=ReviewState.DUE)
        assert reviews.hold(**told, by=MACHINE).state == ReviewState.HELD
        assert refusal(reviews.hold, **told) == ["__all__"]

    def test_what_cannot_be_is_refused_by_field(self, case):
        review = case.reviews.get(months=3)
        for fields, field in IMPOSSIBLE:
            assert field in refusal(reviews.hold, review_id=review.pk, details=returnees.found(**fields)), fields
        assert not PlanReview.objects.filter(state="held").exists()

    def test_the_database_itself_refuses_one_held_on_no_day(self, case):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanReview.objects.filter(months=3).update(state="held")


GONE = {"currency": "", "work_before": "", "work_after": "", "income_before": "", "income_after": ""} | {
    "changes": (),
    "ratings": {},
}


class TestLosingSomebody:
    def test_who_left_closes_the_file_with_the_reason(self, case):
        returnees.held(case, contact="dropped_out", reason="left_country", **GONE)
        closure = CaseClosure.objects.get()
        assert (closure.reason, closure.open_steps) == ("left_country", 1)
        assert case.plans.get().state == "ended"
        assert set(case.reviews.values_list("state", flat=True)) == {"held", "called_off"}
        assert CaseFile.objects.get().state == "dropout"

    def test_lost_is_nobody_before_enough_was_tried(self, case):
        told = {"contact": "lost", "reason": "unreachable", **GONE}
        with pytest.raises(ValidationError, match="three days"):
            returnees.held(case, **told)
        assert not PlanReview.objects.filter(state="held").exists()
        returnees.tried(case)
        assert returnees.held(case, **told).contact == "lost"

    def test_a_second_person_agrees_before_somebody_is_given_up(self, case, actor):
        told = returnees.found(contact="dropped_out", reason="moved", **GONE)
        with pytest.raises(ValidationError, match="second person"):
            reviews.hold(review_id=case.reviews.get(months=3).pk, details=told, by=actor("counsellor"))
        assert CaseFile.objects.get().is_open


class TestAttempts:
    def test_are_kept_with_day_way_and_result(self, case, actor):
        by = actor("counsellor")
        made = reviews.attempt(case_id=case.pk, mode="phone", result="reached", by=by)
        assert (made.is_reached, made.staff_id, made.made_on) == (True, by.id, today())
        assert str(made).endswith("reached")

    @pytest.mark.parametrize(
        ("fields", "field"),
        [({"mode": "pigeon"}, "mode"), ({"result": "?"}, "result"), ({"on": dt.date(2999, 1, 1)}, "on")],
    )
    def test_what_cannot_be_is_refused_by_field(self, case, fields, field):
        told = {"case_id": case.pk, "mode": "phone", "result": "no_answer"} | fields
        assert refusal(reviews.attempt, **told) == [field]

    def test_in_a_closed_file_nobody_is_called(self, case):
        closures.close(case_id=case.pk, to="closed", reason="settled", by=MACHINE)
        assert refusal(reviews.attempt, case_id=case.pk, mode="phone", result="no_answer") == ["__all__"]
        assert not ContactAttempt.objects.exists()

    def test_without_consent_nobody_is_called(self, home_centre):
        case = returnees.received(home_centre, make.person(home_centre, make.keep_file(purpose="follow_up")))
        assert refusal(reviews.attempt, case_id=case.pk, mode="phone", result="no_answer") == ["result"]


class TestReading:
    def test_due_ones_stand_by_day_and_only_of_open_files(self, case, home_centre, actor):
        by, until = actor("counsellor"), today() + dt.timedelta(days=100)
        assert [review.months for review in reads.due_reviews(by=by, until=until)] == [3, 6]
        assert reads.due_reviews(by=MACHINE, until=until).count() == 2
        closures.close(case_id=case.pk, to="closed", reason="settled", by=MACHINE)
        assert not reads.due_reviews(by=by, until=until)

    def test_opening_one_leaves_a_row_and_knows_the_one_before(self, case):
        first = returnees.held(case)
        second = reads.review(case.reviews.get(months=6).pk, by=MACHINE)
        assert reads.review_before(second) == first
        assert AuditEntry.objects.filter(action="cases.review.open", person_key=case.person_id).exists()

    def test_open_files_know_their_plan_and_their_next_review(self, case, home_centre, actor):
        returnees.received(home_centre, make.person(home_centre, given_name="Bobur"))
        first, second = reads.open_files(by=actor("counsellor"))
        assert {first.plan_state, second.plan_state} == {"agreed", None}
        assert case.reviews.first().due_on in {first.next_review, second.next_review}
        assert reads.open_files(by=MACHINE).count() == 2
