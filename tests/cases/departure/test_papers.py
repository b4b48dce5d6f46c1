"""Papers are kept at the client's wish, in versions, and name others only in a file."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import departure as actions
from safar.cases.enums.departure import PaperKind
from safar.cases.models import DeparturePaper
from safar.cases.queries import departure
from safar.kernel.actor import MACHINE
from safar.kernel.once import fresh_key
from safar.people.actions import consents
from safar.trust.models import AuditEntry
from tests.factories import cases as make
from tests.factories import departure as depart

pytestmark = pytest.mark.django_db
PLAN = {"call_first": "My brother", "code_word": "Pomegranate", "not_a_line": "x"}


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


@pytest.fixture
def nameless(home_centre):
    return make.contact(home_centre, destination="KR")


def test_a_new_version_stands_beside_the_old_one(home_centre, person):
    contact = make.contact(home_centre, person)
    depart.costs(home_centre, person_id=person.pk)
    depart.costs(home_centre, contact_id=contact.pk, sheet=depart.sheet(contract_months=36))
    of = departure.traveller(person_id=person.pk, by=MACHINE)
    assert [paper.content["contract_months"] for paper in departure.versions(of, PaperKind.COSTS)] == ["36", "12"]
    assert departure.latest_paper(of, PaperKind.COSTS).contact_id == contact.pk
    assert set(departure.latest_papers(of)) == {"costs"}


def test_somebody_without_a_file_keeps_papers_with_the_contact(home_centre, nameless):
    depart.ticked(home_centre, contact_id=nameless.pk)
    of = departure.traveller(contact_id=nameless.pk, by=MACHINE)
    paper = departure.latest_papers(of)["checklist"]
    assert (paper.person_id, paper.form, paper.version, paper.content["visa_e9"]) == (
        None,
        "korea_eps",
        "2026.1",
        "missing",
    )
    assert (of.destination, of.is_known) == ("KR", True)
    assert departure.contacts_of(of) == [nameless]
    assert departure.cases_of(of) == []
    assert not AuditEntry.objects.filter(action="cases.departure.open").exists()


def test_nobody_has_no_papers():
    nobody = departure.Traveller()
    assert departure.latest_papers(nobody) == {}
    assert departure.contacts_of(nobody) == []
    assert (nobody.language, nobody.destination, nobody.is_known) == ("", "", False)


def test_opening_the_papers_of_a_person_leaves_a_trace(person, actor):
    departure.traveller(person_id=person.pk, by=actor("counsellor"))
    assert AuditEntry.objects.get(action="cases.departure.open").person_key == person.pk


def test_a_plan_names_others_and_is_kept_only_in_a_file(home_centre, person, nameless):
    plan = {"kind": PaperKind.EMERGENCY, "lines": PLAN, "centre": home_centre, "by": MACHINE}
    kept = actions.keep_plan(**plan, person_id=person.pk)
    assert kept.content == {"call_first": "My brother", "code_word": "Pomegranate"}
    with pytest.raises(ValidationError, match="only printed"):
        actions.keep_plan(**plan, contact_id=nameless.pk)
    with pytest.raises(ValidationError, match="Write something"):
        actions.keep_plan(**plan | {"lines": {"call_first": " "}}, person_id=person.pk)
    with pytest.raises(ValidationError, match="too long"):
        actions.keep_plan(**plan | {"lines": {"call_first": "x" * 201}}, person_id=person.pk)


def test_nothing_is_kept_of_nobody_nor_of_whoever_took_the_file_back(home_centre, person):
    with pytest.raises(ValidationError, match="nothing to keep it with"):
        depart.costs(home_centre)
    consents.withdraw(grant_id=person.consents.get(purpose="keep_file").pk, by=MACHINE)
    with pytest.raises(ValidationError, match="no longer agrees"):
        depart.costs(home_centre, person_id=person.pk)


def test_what_cannot_be_is_refused_at_its_field(home_centre, person):
    with pytest.raises(ValidationError) as refused:
        depart.costs(home_centre, person_id=person.pk, sheet=depart.sheet(contract_months=0))
    assert set(refused.value.message_dict) == {"contract_months"}
    for wrong in ({"form": "moon"}, {"ticks": {"passport": "?"}}, {"ticks": {"spaceship": "has"}}):
        with pytest.raises(ValidationError, match="values offered"):
            depart.ticked(home_centre, person_id=person.pk, **wrong)
    with pytest.raises(ValidationError, match="at least one"):
        depart.ticked(home_centre, person_id=person.pk, ticks={})


def test_a_double_press_keeps_one(home_centre, person):
    key = fresh_key()
    twice = [depart.costs(home_centre, person_id=person.pk, form_key=key) for _ in range(2)]
    assert twice[0] == twice[1]
    assert DeparturePaper.objects.count() == 1


@pytest.mark.parametrize("keep", [depart.costs, depart.ticked])
def test_only_those_who_prepare_departures_keep_papers(home_centre, person, actor, keep):
    assert str(keep(home_centre, person_id=person.pk, by=actor("outreach_officer"))).startswith(("costs", "checklist"))
    with pytest.raises(PermissionDenied):
        keep(home_centre, person_id=person.pk, by=actor("ministry_viewer"))
    with pytest.raises(PermissionDenied):
        departure.traveller(person_id=person.pk, by=actor("ministry_viewer"))


def test_a_plan_is_refused_to_those_who_do_not_prepare_departures(home_centre, person, actor):
    with pytest.raises(PermissionDenied):
        actions.keep_plan(
            kind=PaperKind.FAMILY, lines=PLAN, centre=home_centre, person_id=person.pk, by=actor("administrator")
        )
