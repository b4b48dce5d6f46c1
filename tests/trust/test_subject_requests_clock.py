"""A request is received by whoever is asked, answered by the data-protection officer, and never later than the profile says."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from safar.kernel import once
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.ids import new_id
from safar.people.actions import persons
from safar.people.models import Person
from safar.trust.actions import subject_requests as actions
from safar.trust.models import AuditEntry, SubjectRequest
from safar.trust.queries import subject_requests as queries
from safar.trust.queries.profile import profile
from safar.trust.rules import RequestDetails
from tests.factories import people

pytestmark = pytest.mark.django_db


def request(person_key=None, kind="copy", **fields) -> SubjectRequest:
    details = {"kind": kind, "way": "in_person", "received_on": today(), "identity": "document"}
    return actions.receive(person_key=person_key or new_id(), details=RequestDetails(**(details | fields)), by=MACHINE)


@pytest.fixture
def officer(actor):
    return actor("data_protection_officer")


@pytest.fixture
def person(home_centre) -> Person:
    return people.person(at=home_centre)


def test_the_clock_runs_from_the_day_it_came_for_as_long_as_the_country_says() -> None:
    arrived = today() - dt.timedelta(days=4)
    made = request(received_on=arrived, wish=" to see everything ")
    assert made.due_on == arrived + dt.timedelta(days=profile().days_for("copy"))
    assert queries.days_left(made) == profile().days_for("copy") - 4
    assert made.wish == "to see everything"
    assert str(made).startswith("copy ")


def test_a_second_press_notes_no_second_request() -> None:
    key, details = once.fresh_key(), RequestDetails("copy", "phone", today())
    for _ in range(2):
        actions.receive(person_key=new_id(), details=details, form_key=key, by=MACHINE)
    assert SubjectRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "?"}, "kind"),
        ({"way": "?"}, "way"),
        ({"asked_by": "?"}, "asked_by"),
        ({"identity": "?"}, "identity"),
        ({"received_on": dt.date(2999, 1, 1)}, "received_on"),
    ],
)
def test_what_cannot_be_is_refused_by_field(fields, field) -> None:
    with pytest.raises(ValidationError) as refused:
        request(**fields)
    assert list(refused.value.message_dict) == [field]


def test_those_waiting_stand_in_the_order_in_which_their_time_runs_out(officer) -> None:
    later, late = request(), request(received_on=today() - dt.timedelta(days=30))
    done = request(kind="correction")
    actions.answer(request_id=done.pk, state="done", decision="The birth year is 1994 now.", by=officer)
    assert queries.waiting(by=officer) == [late, later]
    assert queries.answered(by=officer) == [done]
    assert queries.late_or_due(until=today()) == 1


def test_time_is_lengthened_once_and_with_a_reason(officer) -> None:
    made = request()
    with pytest.raises(ValidationError, match="told"):
        actions.extend(request_id=made.pk, reason=" ", by=officer)
    longer = actions.extend(request_id=made.pk, reason="The paper file lies in another town.", by=officer)
    assert (longer.due_on - made.due_on).days == profile().subject_requests.extension_days
    with pytest.raises(ValidationError, match="once"):
        actions.extend(request_id=made.pk, reason="Again", by=officer)


def test_nothing_is_handed_over_or_erased_before_it_is_known_who_asks(officer, person) -> None:
    copy = request(person.pk, identity="not_yet")
    erasure = request(person.pk, "erasure", identity="not_yet")
    correction = request(person.pk, "correction", identity="not_yet")
    for attempt in (
        lambda: actions.copy(request_id=copy.pk, by=officer),
        lambda: actions.erase(request_id=erasure.pk, by=officer),
        lambda: actions.answer(request_id=correction.pk, state="done", decision="Changed", by=officer),
    ):
        with pytest.raises(ValidationError, match="is the person"):
            attempt()
    with pytest.raises(ValidationError):
        actions.identify(request_id=copy.pk, how="not_yet", by=officer)
    actions.identify(request_id=copy.pk, how="card", by=officer)
    assert actions.copy(request_id=copy.pk, by=officer)["people"]["details"]["family_name"] == "Karimova"


def test_a_copy_names_who_saw_the_file(officer, person, staff_member) -> None:
    from safar.people.queries.persons import open_file
    from safar.trust.queries.actors import actor_for

    colleague = staff_member("counsellor")
    open_file(person.pk, by=actor_for(colleague))
    made = request(person.pk)
    told = actions.copy(request_id=made.pk, by=officer)["trust"]
    assert (colleague.full_name, "people.person.open") in {(row["who"], row["action"]) for row in told["accesses"]}
    assert [row["kind"] for row in told["requests"]] == ["copy"]
    assert queries.get(made.pk, by=officer).is_open


def test_only_what_was_asked_for_is_done(officer, person) -> None:
    with pytest.raises(ValidationError, match="asked for a copy"):
        actions.copy(request_id=request(person.pk, "erasure").pk, by=officer)
    with pytest.raises(ValidationError, match="asked to be erased"):
        actions.erase(request_id=request(person.pk, "copy").pk, by=officer)
    with pytest.raises(ValidationError, match="on this page"):
        actions.answer(request_id=request(person.pk, "erasure").pk, state="done", decision="Done", by=officer)


def test_an_erasure_leaves_the_proof_that_it_was_done_and_no_words(officer, person) -> None:
    earlier = request(person.pk, "correction", wish="My mother is called Lola")
    erased = actions.erase(request_id=request(person.pk, "erasure", wish="All of it").pk, by=officer)
    assert not Person.objects.exists()
    assert (erased.state, erased.answered_on, erased.answered_by_id, erased.wish) == ("done", today(), officer.id, "")
    earlier.refresh_from_db()
    assert (earlier.wish, earlier.state) == ("", "open")
    assert AuditEntry.objects.get(action="trust.subject.erase").reason == f"request {erased.pk}"


def test_who_asked_twice_is_erased_once_and_both_requests_are_answered(officer, person) -> None:
    first, second = request(person.pk, "erasure"), request(person.pk, "erasure")
    for made in (first, second):
        assert actions.erase(request_id=made.pk, by=officer).state == "done"
    assert not Person.objects.exists()


def test_what_erasing_does_is_told_beforehand_and_changes_nothing(officer, person) -> None:
    effects = actions.effects(person.pk, by=officer)
    goes = {effect.what: effect.goes for effect in effects}
    assert goes["Files with name, birth date and address"] == 1
    assert goes["Consents and refusals"] == 1
    assert Person.objects.count() == 1
    assert AuditEntry.objects.filter(action="trust.subject.preview", verb="read", person_key=person.pk).exists()


@pytest.mark.parametrize(("state", "decision"), [("refused", " "), ("done", ""), ("open", "x"), ("?", "x")])
def test_an_answer_says_what_was_done_or_why_not(officer, state, decision) -> None:
    with pytest.raises(ValidationError):
        actions.answer(request_id=request(kind="objection").pk, state=state, decision=decision, by=officer)


def test_an_answered_request_does_not_change(officer) -> None:
    made = request(kind="objection")
    actions.answer(request_id=made.pk, state="dropped", decision="", by=officer)
    with pytest.raises(ValidationError, match="answered already"):
        actions.extend(request_id=made.pk, reason="Late", by=officer)
    with pytest.raises(IntegrityError):
        SubjectRequest.objects.filter(pk=made.pk).update(answered_on=None)


def test_what_was_corrected_since_is_shown(officer, person, actor) -> None:
    made = request(person.pk, "correction")
    by = actor("counsellor")
    persons.change(person_id=person.pk, details=people.details(given_name="Dilnura"), by=by)
    [change] = queries.changes_since(made)
    assert "given_name" in change.fields
    persons.change(person_id=person.pk, details=people.details(given_name="Dildora"), by=MACHINE)
    assert queries.changes_since(made)[1].who == ""


def test_a_counsellor_receives_and_does_not_answer(actor) -> None:
    by = actor("counsellor")
    made = actions.receive(person_key=new_id(), details=RequestDetails("copy", "phone", today()), by=by)
    assert made.received_by_id == by.id
    assert queries.waiting(by=by) == [made]
    actions.identify(request_id=made.pk, how="known", by=by)
    for attempt in (
        lambda: actions.copy(request_id=made.pk, by=by),
        lambda: actions.erase(request_id=made.pk, by=by),
        lambda: actions.extend(request_id=made.pk, reason="x", by=by),
        lambda: actions.answer(request_id=made.pk, state="done", decision="x", by=by),
        lambda: actions.effects(new_id(), by=by),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_who_sees_no_people_sees_no_requests(actor) -> None:
    by = actor("ministry_viewer")
    for attempt in (
        lambda: queries.waiting(by=by),
        lambda: queries.answered(by=by),
        lambda: queries.get(new_id(), by=by),
        lambda: actions.receive(person_key=new_id(), details=RequestDetails("copy", "phone", today()), by=by),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
