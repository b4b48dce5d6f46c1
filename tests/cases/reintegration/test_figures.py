"""What indicators count, before and after a file was erased, and who stays."""

import datetime as dt

import pytest

from safar.cases import privacy
from safar.cases.actions import cases, closures, plans
from safar.cases.models import CaseFile, PlanReview, PlanStep
from safar.cases.queries import cohorts, reintegration_figures
from safar.cases.rules.cohorts import Member
from safar.cases.rules.reintegration import Agreement, NeedDetails
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from tests.factories import cases as make
from tests.factories import reintegration as returnees

pytestmark = pytest.mark.django_db
ALL = (dt.date(2000, 1, 1), dt.date(2999, 1, 1))


def person(home_centre, name="Anvar", **fields):
    return make.person(home_centre, given_name=name, **fields)


@pytest.fixture
def worked(home_centre):
    """Three people: one completed in two versions, one left, one was only received and given nothing."""
    done = returnees.received(home_centre, person(home_centre), 120)
    returnees.agreed(done)
    later = plans.draft(case_id=done.pk, by=MACHINE)
    plans.agree(plan_id=later.pk, agreement=Agreement("uz", "written", today()), by=MACHINE)
    returnees.held(done)
    cases.add_service(case_id=done.pk, service="employment", by=MACHINE)
    PlanStep.objects.update(state="done")
    plans.finish(plan_id=later.pk, to="completed", by=MACHINE)
    left = returnees.received(home_centre, person(home_centre, "Bobur"), 110, needs=())
    returnees.agreed(left)
    closures.close(case_id=left.pk, to="dropout", reason="moved", by=MACHINE)
    returnees.received(home_centre, person(home_centre, "Davron"), needs=(NeedDetails("health", "referred"),))
    return done, left


def test_persons_count_once_and_versions_not_at_all(worked, home_centre):
    found = reintegration_figures.of_period(*ALL)
    assert (found.assisted, found.plans_agreed, found.plans_completed) == (1, 2, 1)
    assert found.agreed_by_dimension == {"economic": 2}
    assert found.completed_by_dimension == {"economic": 1}
    assert found.left_by_reason == {"moved": 1}
    line = found.satisfaction["overall"]
    assert (line.answers, line.mean, line.satisfied) == (1, 4, 1)
    assert reintegration_figures.of_period(*ALL, centre_id=home_centre.pk) == found
    assert reintegration_figures.of_period(*ALL, centre_id=worked[0].pk).assisted == 0
    assert reintegration_figures.of_period(ALL[0], ALL[0]).plans_agreed == 0


def test_a_past_month_comes_out_the_same_after_erasure(worked):
    months = [(today() - dt.timedelta(days=days), today()) for days in (3000, 115, 1)]
    before = [reintegration_figures.of_period(*month) for month in months]
    groups = [cohorts.by_plan(by=MACHINE), cohorts.by_return(by=MACHINE)]
    for case in worked:
        privacy.erase(case.person_id)
    assert [reintegration_figures.of_period(*month) for month in months] == before
    assert [cohorts.by_plan(by=MACHINE), cohorts.by_return(by=MACHINE)] == groups
    assert not CaseFile.objects.filter(person=worked[0].person_id).exists()


class TestGroups:
    def test_by_plan_begin_on_the_day_it_was_agreed(self, worked):
        members = cohorts.by_plan(by=MACHINE)
        assert [(member.how, member.sex) for member in members] == [("still_in", "male"), ("left", "male")]
        assert members[0].start == worked[0].opened_on
        assert members[0].met == {3}
        assert members[1].ended_on == today()

    def test_by_return_stand_in_the_month_of_the_return(self, worked, actor):
        members = cohorts.by_return(by=actor("counsellor"))
        assert len(members) == 3
        assert members[0].month == (worked[0].returned_on).replace(day=1)

    def test_whoever_had_a_plan_before_the_period_is_not_of_it(self, worked, actor):
        worked[0].plans.filter(version=1).update(agreed_on=dt.date(2001, 1, 1))
        assert [member.how for member in cohorts.by_plan(by=actor("counsellor"))] == ["left"]

    def test_a_person_with_two_files_stands_in_the_first(self, worked, home_centre):
        again = returnees.received(home_centre, worked[1].person, 0)
        returnees.agreed(again)
        assert len(cohorts.by_plan(by=MACHINE)) == 2

    def test_small_groups_and_their_difference_are_not_shown(self):
        def group(sizes):
            return [Member(today(), today(), sex, "forced") for sex, count in sizes.items() for _ in range(count)]

        assert set(cohorts.groups_shown(group({"male": 30, "female": 11}), "sex")) == {"male", "female"}
        assert cohorts.groups_shown(group({"male": 30, "female": 10}), "sex") == {}
        assert cohorts.groups_shown([], "sex") == {}
        by_type = cohorts.groups_shown(group({"male": 30}), "return_type")
        assert [len(members) for members in by_type.values()] == [30]


def test_a_review_called_off_is_no_answer(worked):
    assert set(PlanReview.objects.filter(case_file=worked[1]).values_list("state", flat=True)) == {"called_off"}
