"""What leaves with a person and what ends by itself."""

import datetime as dt

import pytest

from safar.cases import privacy
from safar.cases.models import DepartureOutcome, DeparturePaper
from safar.kernel import retention
from safar.kernel.clock import today
from tests.factories import cases as make
from tests.factories import departure as depart

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(home_centre):
    person = make.person(home_centre)
    depart.costs(home_centre, person_id=person.pk)
    case = make.case(home_centre, person, opened_on=depart.ago(40))
    depart.outcome(home_centre, case=case, outcome="regular", scheme="eps_korea", left_on=depart.ago(3))
    depart.outcome(home_centre, contact=make.contact(home_centre, person), outcome="postponed")
    return person


def test_a_person_takes_papers_and_outcomes_along(person):
    taken = privacy.export(person.pk)
    assert ["amount", "8000000"] in taken["departure_papers"][0]["content"]
    assert {row["outcome"] for row in taken["departure_outcomes"]} == {"regular", "postponed"}


def test_erasure_deletes_papers_and_keeps_outcomes_as_a_count(person):
    told = {effect.what: (effect.goes, effect.stays) for effect in privacy.preview(person.pk)}
    assert told["Papers of a departure: costs, documents, plans"] == (1, 0)
    assert told["What became of a departure"] == (0, 2)
    privacy.erase(person.pk)
    assert not DeparturePaper.objects.exists()
    assert list(DepartureOutcome.objects.values_list("outcome", "left_on").order_by("outcome")) == [
        ("postponed", None),
        ("regular", None),
    ]
    assert privacy.export(person.pk)["departure_outcomes"] == []


def test_papers_end_with_the_term_unless_a_case_is_open(home_centre, person):
    nameless = make.contact(home_centre)
    depart.ticked(home_centre, contact_id=nameless.pk)
    rule = next(rule for rule in retention.rules() if rule.code == "cases.departure_papers")
    cut = today() + dt.timedelta(days=1)
    due = list(rule.due(today(), cut).values_list("pk", flat=True))
    assert due == [DeparturePaper.objects.get(contact=nameless).pk]
    rule.end(due)
    assert DeparturePaper.objects.get().person == person


def test_somebody_to_be_asked_again_is_still_needed(home_centre):
    person = make.person(home_centre)
    contact = make.contact(home_centre, person)
    depart.outcome(home_centre, contact=contact, ask_again_on=today() + dt.timedelta(days=30))
    keeper = next(keeper for keeper in retention.keepers() if keeper.name == "cases.departures")
    assert [row["whose"] for row in keeper.keys(today())] == [person.pk]
    assert not keeper.keys(today() + dt.timedelta(days=31))
