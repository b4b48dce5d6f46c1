"""The page that says who stays: groups, a curve with its interval and numbers at risk, nothing of small groups."""

import datetime as dt
from itertools import pairwise

import pytest
from django.urls import reverse

from safar.cases.rules.cohorts import Member
from safar.desk.cases.reintegration import staying
from safar.desk.cases.reintegration.staying import Chosen, StayingForm
from safar.kernel.clock import today
from safar.ui import charts
from tests.desk.cases.test_new_contact import page
from tests.factories import cases as make
from tests.factories import reintegration as returnees


def member(sex="male", days=400, left: int | None = None, **fields) -> Member:
    start = today() - dt.timedelta(days=days)
    ended = start + dt.timedelta(days=left) if left else None
    told = {"month": start.replace(day=1), "start": start, "sex": sex, "return_type": "forced"}
    return Member(**(told | {"how": "left" if left else "still_in", "ended_on": ended} | fields))


MANY = [*(member(left=days) for days in (40, 100, 200)), *(member() for _ in range(9)), member("female", 200)]


@pytest.mark.django_db
class TestThePage:
    def test_says_when_nobody_has_begun(self, client_of, home_centre):
        assert "Nobody has begun yet" in page(client_of("coordinator").get(reverse("desk:cases:cohorts")))

    def test_shows_groups_by_plan_and_by_return(self, client_of, home_centre):
        case = returnees.received(home_centre, make.person(home_centre))
        returnees.agreed(case)
        client = client_of("counsellor")
        shown = page(client.get(reverse("desk:cases:cohorts")))
        assert "1 of 1" in shown
        assert "1 people have begun" in shown
        query = {"basis": "return", "size": "month"}
        monthly = page(client.get(reverse("desk:cases:cohorts"), query))
        assert f"{case.returned_on:%B %Y}" in monthly

    def test_draws_the_curve_of_enough_people(self, client_of, home_centre, monkeypatch):
        monkeypatch.setattr("safar.cases.queries.cohorts.by_plan", lambda **_by: MANY)
        shown = page(client_of("counsellor").get(reverse("desk:cases:cohorts")))
        assert "<svg" in shown
        assert "People still followed" in shown
        split = {"basis": "plan", "size": "quarter", "split": "sex"}
        assert "No curve by group" in page(client_of("coordinator").get(reverse("desk:cases:cohorts"), split))


@pytest.mark.django_db
class TestThePicture:
    def test_of_few_people_there_is_none(self):
        shown = staying.picture(MANY[:10], Chosen())
        assert (shown.chart, shown.people, shown.withheld) == (None, 10, False)

    def test_holds_the_share_its_interval_and_who_is_still_followed(self):
        shown = staying.picture(MANY, Chosen())
        share, low, high = shown.chart.series
        assert (share.values[0], low.values[0]) == (100, None)
        # One of 13, one of 12 and one of 11 left: the woman was followed until that very day and still counts.
        assert share.values[2] == pytest.approx(100 * 12 / 13, abs=0.1)
        assert low.values[4] < share.values[4] < high.values[4]
        assert shown.marks == (0, 3, 6, 9, 12)
        assert shown.at_risk[0].numbers[0] == 13
        assert shown.end.startswith("After 13 months 76.9%")
        assert "step" in shown.chart.kind

    def test_by_group_only_what_may_be_shown(self):
        group = [*MANY, *(member("female", 300, return_type="assisted_voluntary") for _ in range(11))]
        shown = staying.picture(group, Chosen(split="sex"))
        assert [series.name for series in shown.chart.series] == ["Female", "Male"]
        assert (shown.withheld, shown.end) == (False, "")
        few = [member(return_type="unknown")] * 2
        assert staying.picture([*MANY, *few], Chosen(split="return_type")).withheld

    def test_nobody_who_left_has_no_interval(self):
        shown = staying.picture([member() for _ in range(11)], Chosen())
        assert set(shown.chart.series[1].values) == {None}
        assert shown.end == ""

    def test_a_step_holds_its_value_until_the_next(self):
        svg = charts.svg(staying.picture(MANY, Chosen()).chart)
        line = next(part for part in svg.split('d="M')[1:] if part.count("L") > 8)
        points = [tuple(map(float, point.split(","))) for point in line.split('"')[0].split("L")]
        assert all(x == u or y == v for (x, y), (u, v) in pairwise(points))


def test_an_address_that_says_something_else_shows_the_first():
    assert StayingForm({"basis": "moon"}).chosen() == Chosen()
    assert StayingForm({"basis": "return", "size": "month", "split": "sex"}).chosen() == Chosen("return", False, "sex")
