import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from safar.cases.actions import cases, receptions
from safar.cases.models import CaseFile, Reception
from safar.cases.rules.reintegration import NeedDetails
from safar.kernel import once
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.models import Guardianship, Person
from safar.trust.models import AuditEntry
from tests.factories import cases as make
from tests.factories import reintegration as returnees

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


def refused(home_centre, person, **fields) -> list[str]:
    with pytest.raises(ValidationError) as error:
        returnees.received(home_centre, person, **fields)
    return list(error.value.message_dict)


def test_a_reception_opens_the_file_with_door_return_and_needs(home_centre, person, actor):
    needs = (NeedDetails("shelter", "referred"), NeedDetails("cash", "not_met", "no_means"))
    case = returnees.received(home_centre, person, by=actor("counsellor"), needs=needs)
    assert (case.kind, case.country_of_return, case.return_type) == ("reintegration", "RU", "forced")
    reception = case.reception
    assert reception.return_month == case.returned_on.replace(day=1)
    assert reception.staff
    assert [(need.need, need.state, need.reason) for need in reception.needs.all()] == [
        ("shelter", "referred", ""),
        ("cash", "not_met", "no_means"),
    ]
    assert str(reception).startswith("airport")
    assert str(reception.needs.first()) == "shelter referred"
    assert AuditEntry.objects.filter(action="cases.reception.receive", person_key=person.pk).exists()


def test_an_open_file_is_continued_and_learns_of_the_return(home_centre, person):
    opened = today() - dt.timedelta(days=50)
    case = make.case(home_centre, person, kind="reintegration", opened_on=opened, return_type="forced")
    again = returnees.received(home_centre, person, 20, return_type="", country_of_return="", returned_on=opened)
    assert again == case
    assert CaseFile.objects.get().returned_on == opened
    assert CaseFile.objects.get().return_type == "forced"
    assert refused(home_centre, person, days_ago=5) == ["__all__"]


def test_it_need_not_know_the_return_but_cannot_lie_before_the_file(home_centre, person):
    case = make.case(home_centre, person, kind="reintegration")
    assert refused(home_centre, person, days_ago=50) == ["received_on"]
    empty = {"returned_on": None, "return_type": "", "country_of_return": ""}
    assert returnees.received(home_centre, person, 3, **empty) == case
    assert case.reception.return_month is None


def test_a_second_press_receives_once(home_centre, person):
    key = once.fresh_key()
    told = {"person_id": person.pk, "details": returnees.details(), "centre": home_centre, "form_key": key}
    assert receptions.receive(**told, by=MACHINE) == receptions.receive(**told, by=MACHINE)


def test_a_child_is_received_only_when_somebody_answers_for_them(home_centre, person):
    Person.objects.filter(pk=person.pk).update(birth_year=today().year - 12)
    assert refused(home_centre, person) == ["__all__"]
    why = {"reason": "Came back alone", "decided_on": today()}
    Guardianship.objects.create(person=person, basis="protection", decided_by="Guardianship office", **why)
    assert returnees.received(home_centre, person).reception


IMPOSSIBLE = [
    ({"door": ""}, "door"),
    ({"door": "chimney"}, "door"),
    ({"return_type": "?"}, "return_type"),
    ({"reason_return": "?"}, "reason_return"),
    ({"country_of_return": "??"}, "country_of_return"),
    ({"received_on": dt.date(2999, 1, 1)}, "received_on"),
    ({"returned_on": dt.date(2999, 1, 1)}, "returned_on"),
    ({"needs": (NeedDetails("cash", "met"), NeedDetails("cash", "met"))}, "needs"),
    ({"needs": (NeedDetails("gold", "met"),)}, "needs"),
    ({"needs": (NeedDetails("cash", "promised"),)}, "needs"),
    ({"needs": (NeedDetails("cash", "not_met"),)}, "needs"),
]


def test_what_cannot_be_is_refused_by_field(home_centre, person):
    for fields, field in IMPOSSIBLE:
        assert field in refused(home_centre, person, **fields), fields
    assert not Reception.objects.exists()


class TestNeeds:
    @pytest.fixture
    def case(self, home_centre, person):
        return returnees.received(home_centre, person, needs=(NeedDetails("cash", "not_met", "no_means"),))

    def test_one_seen_later_is_added_once(self, case):
        added = receptions.add_need(case_id=case.pk, details=NeedDetails("health", "referred"), by=MACHINE)
        assert added.settled_on == today()
        with pytest.raises(ValidationError, match="noted already"):
            receptions.add_need(case_id=case.pk, details=NeedDetails("health", "met"), by=MACHINE)

    def test_it_goes_only_the_ways_of_the_table(self, case):
        need = case.reception.needs.get()
        for to, reason in (("referred", "no_means"), ("not_met", "declined"), ("met", "")):
            need = receptions.settle_need(need_id=need.pk, to=to, reason=reason, by=MACHINE)
            assert need.state == to
            assert need.reason == (reason if to == "not_met" else "")
        with pytest.raises(ValidationError, match="cannot go this way"):
            receptions.settle_need(need_id=need.pk, to="referred", by=MACHINE)

    def test_not_met_has_its_reason_and_its_day_lies_in_the_file(self, case):
        need = receptions.settle_need(need_id=case.reception.needs.get().pk, to="referred", by=MACHINE)
        for fields, field in (({"to": "not_met"}, "reason"), ({"to": "met", "on": dt.date(2999, 1, 1)}, "on")):
            with pytest.raises(ValidationError) as error:
                receptions.settle_need(need_id=need.pk, **fields, by=MACHINE)
            assert list(error.value.message_dict) == [field]

    def test_a_closed_file_is_not_changed(self, case):
        cases.move(case_id=case.pk, to="closed", by=MACHINE)
        with pytest.raises(ValidationError, match="closed"):
            receptions.add_need(case_id=case.pk, details=NeedDetails("health", "met"), by=MACHINE)
