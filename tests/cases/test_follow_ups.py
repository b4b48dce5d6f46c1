import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.cases.actions import contacts, follow_ups
from safar.cases.queries import follow_ups as reads
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from tests.factories import cases as make
from tests.factories import trust

pytestmark = pytest.mark.django_db


def past(days):
    return {"occurred_at": now() - dt.timedelta(days=30), "follow_up_on": today() - dt.timedelta(days=days)}


def test_due_are_those_of_the_own_centre_that_nobody_finished(home_centre, actor):
    late, later = make.contact(home_centre, **past(9)), make.contact(home_centre, **past(2))
    make.contact(home_centre, follow_up_on=today() + dt.timedelta(days=3))
    elsewhere = make.contact(trust.centre("OSH"), **past(5))
    finished = make.contact(home_centre, **past(4))
    voided = make.contact(home_centre, **past(4))
    follow_ups.done(contact_id=finished.pk, outcome="stayed", by=MACHINE)
    contacts.void(contact_id=voided.pk, reason="Twice", by=MACHINE)
    assert reads.due(by=actor("counsellor"), until=today()) == [late, later]
    assert reads.due(by=MACHINE, until=today()) == [late, elsewhere, later]


def test_the_first_answer_stands(home_centre, actor):
    contact = make.contact(home_centre, **past(1))
    follow_ups.done(contact_id=contact.pk, outcome="went_regular", by=actor("counsellor"))
    again = follow_ups.done(contact_id=contact.pk, outcome="unreachable", by=actor("counsellor"))
    assert again.follow_up_outcome == "went_regular"


def test_an_unknown_outcome_is_refused(home_centre):
    with pytest.raises(ValidationError):
        follow_ups.done(contact_id=make.contact(home_centre, **past(1)).pk, outcome="?", by=MACHINE)


def test_without_a_date_there_is_nothing_to_finish(home_centre):
    with pytest.raises(ValidationError, match="No follow-up"):
        follow_ups.done(contact_id=make.contact(home_centre).pk, outcome="stayed", by=MACHINE)


def test_a_ministry_viewer_sees_none(actor):
    with pytest.raises(PermissionDenied):
        reads.due(by=actor("ministry_viewer"), until=today())
