"""What became of a departure: rows with their days, in the order in which they were found, by those who may."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from safar.cases.actions import cases, contacts
from safar.cases.enums.departure import OUTCOME_MOVES, Outcome
from safar.cases.models import DepartureOutcome
from safar.cases.queries import departure
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.trust.models import AuditEntry
from safar.trust.permissions import ROLES
from tests.factories import cases as make
from tests.factories import departure as depart
from tests.factories import trust

pytestmark = pytest.mark.django_db
SCHEME = {"regular": {"scheme": "eps_korea"}}


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


@pytest.fixture
def case(home_centre, person):
    return make.case(home_centre, person, opened_on=depart.ago(60))


def test_every_move_of_the_table_is_taken_and_every_other_refused(home_centre):
    contact = make.contact(home_centre)
    for before in Outcome:
        for after in Outcome:
            DepartureOutcome.objects.all().delete()
            depart.outcome(home_centre, contact=contact, outcome=before, **SCHEME.get(before, {}))
            if after in OUTCOME_MOVES[before]:
                depart.outcome(home_centre, contact=contact, outcome=after, **SCHEME.get(after, {}))
                continue
            with pytest.raises(ValidationError, match="a new plan begins"):
                depart.outcome(home_centre, contact=contact, outcome=after, **SCHEME.get(after, {}))


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_counsel_record_and_read_outcomes(home_centre, actor, role):
    contact, by = make.contact(home_centre), actor(role)
    if "cases.departure.outcome" in ROLES[role].permissions:
        assert depart.outcome(home_centre, contact=contact, by=by).staff_id == by.id
        assert len(departure.outcomes(contact_id=contact.pk, by=by)) == 1
        return
    with pytest.raises(PermissionDenied):
        depart.outcome(home_centre, contact=contact, by=by)
    for query in (
        lambda: departure.outcomes(contact_id=contact.pk, by=by),
        lambda: departure.to_ask(by=by, until=today()),
        lambda: departure.never_asked(by=by),
        lambda: departure.of_person(contact.pk, by=by),
    ):
        with pytest.raises(PermissionDenied):
            query()


def test_nothing_is_written_over(home_centre, case, person):
    depart.outcome(home_centre, case=case, found_on=depart.ago(40))
    depart.outcome(
        home_centre, case=case, outcome="regular", scheme="eps_korea", found_on=depart.ago(30), left_on=depart.ago(31)
    )
    with pytest.raises(ValidationError, match="order of their days"):
        depart.outcome(home_centre, case=case, outcome="unreachable", found_on=depart.ago(35))
    depart.outcome(home_centre, case=case, outcome="irregular", stage="after")
    found = departure.outcomes(case_id=case.pk, by=MACHINE)
    assert [row.outcome for row in found] == ["irregular", "regular", "still_preparing"]
    assert AuditEntry.objects.filter(action="cases.departure.outcomes", person_key=person.pk).count() == 1
    assert [row.outcome for row in departure.of_person(person.pk, by=MACHINE)] == [row.outcome for row in found]
    assert str(found[0]) == f"irregular {today()}"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"outcome": "regular"}, {"scheme"}),
        ({"outcome": "regular", "scheme": "magic"}, {"scheme"}),
        ({"outcome": "?"}, {"outcome"}),
        ({"stage": "?"}, {"stage"}),
        ({"destination": "?"}, {"destination"}),
        ({"found_on": dt.date(2999, 1, 1)}, {"found_on"}),
        ({"ask_again_on": dt.date(2000, 1, 1)}, {"ask_again_on"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(home_centre, case, fields, named):
    with pytest.raises(ValidationError) as refused:
        depart.outcome(home_centre, case=case, **fields)
    assert set(refused.value.message_dict) == named


def test_who_has_not_left_has_neither_scheme_nor_day_of_leaving(home_centre, case):
    row = depart.outcome(home_centre, case=case, outcome="postponed", scheme="eps_korea", left_on=today())
    assert (row.scheme, row.left_on) == ("", None)


def test_it_belongs_to_one_departure(home_centre, case, person):
    contact = make.contact(home_centre, person)
    for of in ({}, {"case": case, "contact": contact}):
        with pytest.raises(ValidationError, match="one case file or to one contact"):
            depart.outcome(home_centre, **of)
    returned = make.case(home_centre, person, kind="reintegration")
    with pytest.raises(ValidationError, match="not about a departure"):
        depart.outcome(home_centre, case=returned)
    contacts.void(contact_id=contact.pk, reason="Twice", by=MACHINE)
    with pytest.raises(ValidationError, match="voided"):
        depart.outcome(home_centre, contact=contact)
    with pytest.raises(IntegrityError), transaction.atomic():
        DepartureOutcome.objects.create(centre=home_centre, outcome="postponed", stage="before", found_on=today())


def test_a_day_to_ask_again_needs_the_consent_to_be_contacted(home_centre):
    silent = make.person(home_centre, make.keep_file(purpose="be_contacted", granted=False))
    contact = make.contact(home_centre, silent)
    soon = today() + dt.timedelta(days=14)
    with pytest.raises(ValidationError, match="has not agreed to be contacted"):
        depart.outcome(home_centre, contact=contact, ask_again_on=soon)
    assert depart.outcome(home_centre, contact=contact).ask_again_on is None
    assert depart.outcome(home_centre, contact=make.contact(home_centre), ask_again_on=soon).ask_again_on == soon


def test_a_double_press_adds_one_row(home_centre, case):
    key = fresh_key()
    for _ in range(2):
        from safar.cases.actions import departure as actions

        actions.record_outcome(details=depart.found(), centre=home_centre, case_id=case.pk, form_key=key, by=MACHINE)
    assert DepartureOutcome.objects.count() == 1


def test_whom_to_ask_is_read_from_the_last_word_alone(home_centre, case, actor):
    contact = make.contact(home_centre)
    soon = today() + dt.timedelta(days=3)
    depart.outcome(home_centre, case=case, found_on=depart.ago(9), ask_again_on=depart.ago(2))
    depart.outcome(home_centre, contact=contact, found_on=depart.ago(9), ask_again_on=depart.ago(1))
    depart.outcome(home_centre, contact=contact, outcome="declined_offer")
    by = actor("counsellor")
    assert [row.case_file for row in departure.to_ask(by=by, until=soon)] == [case]
    elsewhere = trust.centre()
    depart.outcome(elsewhere, contact=make.contact(elsewhere), found_on=depart.ago(9), ask_again_on=depart.ago(1))
    assert departure.to_ask(by=by, until=soon).count() == 1
    assert departure.to_ask(by=MACHINE, until=soon).count() == 2


def test_open_files_nobody_asked_about(home_centre, case, person, actor):
    by = actor("counsellor")
    make.case(home_centre, person, kind="reintegration")
    assert list(departure.never_asked(by=by)) == [case]
    assert departure.never_asked(by=MACHINE).count() == 1
    depart.outcome(home_centre, case=case)
    assert not departure.never_asked(by=by).exists()
    other = make.case(home_centre, make.person(home_centre, family_name="Saidov"))
    cases.move(case_id=other.pk, to="closed", by=MACHINE)
    assert not departure.never_asked(by=by).exists()


def test_outcomes_by_month_count_departures_by_their_last_word_in_the_month(home_centre, case):
    contact = make.contact(home_centre)
    this, last = today().replace(day=1), (today().replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    depart.outcome(home_centre, contact=contact, found_on=last)
    depart.outcome(home_centre, contact=contact, outcome="postponed", found_on=last)
    depart.outcome(home_centre, case=case, outcome="postponed", found_on=last)
    depart.outcome(home_centre, case=case, outcome="regular", scheme="eps_korea", found_on=this)
    counted = departure.by_month(first=last, last=today())
    assert [(row.month, row.outcome, row.scheme, row.departures) for row in counted] == [
        (last, "postponed", "", 2),
        (this, "regular", "eps_korea", 1),
    ]
    assert departure.by_month(first=last, last=today(), centre_ids=[trust.centre().pk]) == []
    # What is found later never changes a month that has been told.
    assert departure.by_month(first=last, last=last)[0].departures == 2
