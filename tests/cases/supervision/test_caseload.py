"""What each worker carries, counted a second time; heavy cases; who may be followed up, found in two ways."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from safar.cases.actions import hand_overs
from safar.cases.models import Assessment, CaseFile, Contact, Instrument, InstrumentVersion
from safar.cases.queries import caseload, heavy, supervision_rules
from safar.desk.cases.supervision import facts
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from safar.people.actions import consents, merges
from safar.people.models import ConsentGrant
from safar.people.queries.consent import agreeing, who_may_be_followed_up
from safar.trust.permissions import ROLES
from safar.trust.queries.actors import actor_for
from tests.factories import cases as make
from tests.factories import supervision, trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(actor):
    return actor("coordinator")


def test_loads_are_what_a_second_count_comes_to(home_centre, staff_member, coordinator):
    anna, bek = staff_member("counsellor"), staff_member("counsellor")
    by = actor_for(anna)
    for number in range(3):
        person = make.person(home_centre, given_name=f"A{number}")
        make.case(home_centre, person, by)
        supervision.flagged(home_centre, person, by, *(["suicidal_risk"] if number == 0 else []))
    late = supervision.overdue(home_centre, None, by)
    supervision.overdue(home_centre, None, by)
    hand_overs.hand_over_follow_ups(contact_ids=[late.pk], to_id=bek.pk, reason="Ill", by=coordinator)
    make.referral(home_centre, make.person(home_centre), by=by, due_on=today())
    make.case(trust.centre("OSH"), make.person(home_centre), by)
    found = caseload.of_centre(by=coordinator)
    loads = {load.worker: load for load in found.loads}
    this_month = Contact.objects.filter(counsellor=anna, occurred_at__gte=now().replace(day=1, hour=0, minute=0))
    assert (loads[anna].cases, loads[anna].heavy, loads[anna].follow_ups) == (3, 1, 1)
    assert loads[anna].contacts == this_month.count()
    assert (loads[bek].cases, loads[bek].follow_ups, loads[bek].contacts) == (0, 1, 0)
    assert None not in loads
    assert found.loads[0].worker == anna
    everywhere = {load.worker: load for load in caseload.of_centre(by=MACHINE).loads}
    assert everywhere[anna].cases == 4


def test_somebody_who_left_is_named_while_they_carry_something(home_centre, staff_member, coordinator):
    gone = staff_member("counsellor")
    make.case(home_centre, make.person(home_centre), actor_for(gone))
    gone.is_active = False
    gone.save()
    assert gone in [load.worker for load in caseload.of_centre(by=coordinator).loads]


def test_overdue_referrals_are_counted_with_who_made_them(home_centre, staff_member, coordinator):
    anna = staff_member("counsellor")
    referral = make.referral(home_centre, make.person(home_centre), by=actor_for(anna))
    type(referral).objects.update(made_on=today() - dt.timedelta(days=9), due_on=today() - dt.timedelta(days=1))
    loads = {load.worker: load for load in caseload.of_centre(by=coordinator).loads}
    assert loads[anna].referrals == 1


class TestHeavy:
    def test_reasons_stand_beside_each_and_old_signs_weigh_nothing(self, home_centre, actor, coordinator):
        by = actor("counsellor")
        light, old, hard = (make.person(home_centre, given_name=name) for name in ("L", "O", "H"))
        cases = [make.case(home_centre, person, by) for person in (light, old, hard)]
        supervision.flagged(home_centre, light, by, "destitute")
        supervision.flagged(home_centre, old, by, "suicidal_risk", occurred_at=now() - dt.timedelta(days=300))
        for _ in range(5):
            supervision.flagged(home_centre, hard, by, "debt_bondage_risk", "destitute")
        CaseFile.objects.filter(pk=cases[2].pk).update(opened_on=today() - dt.timedelta(days=400))
        (found,) = heavy.heavy_cases(by=coordinator)
        assert (found.case_id, found.total) == (cases[2].pk, 3 + 2 + 2 + 1)
        assert [(reason.kind, reason.code) for reason in found.reasons] == [
            ("flag", "debt_bondage_risk"), ("flag", "destitute"), ("time_open", "365"), ("contacts", "5"),
        ]  # fmt: skip
        assert heavy.by_worker([found]) == {by.id: 1}
        assert len(heavy.heavy_cases(by=MACHINE)) == 1

    def test_scores_of_assessments_weigh_unless_they_were_a_mistake(self, home_centre, actor, coordinator):
        instrument = Instrument.objects.create(code="rapid_vulnerability", origin="centre")
        person = make.person(home_centre)
        case = make.case(home_centre, person, actor("counsellor"))
        version = InstrumentVersion.objects.create(instrument=instrument, number=1, sha256="0" * 64, xform="")
        filled = Assessment.objects.create(
            version=version, person=person, centre=home_centre, completed_on=today(), submission="one",
            scores={"today": 1, "situation": 4},
        )  # fmt: skip
        (found,) = heavy.heavy_cases(by=coordinator)
        assert (found.case_id, found.total) == (case.pk, 5)
        assert {reason.kind for reason in found.reasons} == {"assessment"}
        (line,) = facts.heavy_lines([found], by=coordinator)
        assert line.reasons[0] == ("Assessment: rapid vulnerability", 3)
        Assessment.objects.filter(pk=filled.pk).update(state="voided")
        assert heavy.heavy_cases(by=coordinator) == []

    def test_time_and_contacts_alone_are_looked_at_where_they_may_reach_the_sum(
        self, home_centre, coordinator, monkeypatch
    ):
        file = supervision_rules.heavy_file().model_copy(update={"heavy_from": 2})
        monkeypatch.setattr(heavy, "heavy_file", lambda: file)
        case = make.case(home_centre, make.person(home_centre))
        CaseFile.objects.filter(pk=case.pk).update(opened_on=today() - dt.timedelta(days=400))
        (found,) = heavy.heavy_cases(by=coordinator)
        assert [reason.kind for reason in found.reasons] == ["time_open"]

    @pytest.mark.parametrize("role", sorted(set(ROLES) - {"coordinator"}))
    def test_only_supervisors_see_caseloads(self, actor, role):
        somebody = actor(role)
        for read in (heavy.heavy_cases, caseload.of_centre, caseload.overdue):
            with pytest.raises(PermissionDenied):
                read(by=somebody)


def test_the_database_finds_the_same_people_as_the_gate(home_centre):
    """Agreed, refused, withdrawn, expired, asked again, merged: `agreeing` and `who_may_be_followed_up` say the same."""
    yes, no = make.keep_file(purpose="be_contacted"), make.keep_file(purpose="be_contacted", granted=False)
    people = [
        make.person(home_centre, consent, given_name=f"P{number}") for number, consent in enumerate([yes, no] * 4)
    ]
    ConsentGrant.objects.filter(person=people[2], purpose="be_contacted").update(
        expires_on=today() - dt.timedelta(days=1)
    )
    withdrawn = ConsentGrant.objects.get(person=people[4], purpose="be_contacted")
    consents.withdraw(grant_id=withdrawn.pk, by=MACHINE)
    consents.decide(person_id=people[3].pk, details=yes, by=MACHINE)
    merges.merge(kept_id=people[6].pk, merged_id=people[5].pk, reason="One person", by=MACHINE)
    contacts = [supervision.overdue(home_centre)]
    for person in people:
        contact = supervision.overdue(home_centre)
        Contact.objects.filter(pk=contact.pk).update(person=person)
        contacts.append(contact)
    found = set(agreeing(Contact.objects.filter(follow_up_done_at=None)).values_list("person", flat=True))
    assert found - {None} == who_may_be_followed_up({person.pk for person in people})
    assert None in found
    assert people[0].pk in found
    assert people[1].pk not in found
