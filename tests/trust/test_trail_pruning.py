"""The trail is kept as long as the profile says: its only way out, a row of the trail itself."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from safar.kernel.ids import new_id
from safar.kernel.tasks import night_jobs
from safar.trust.actions import audit, trail
from safar.trust.models import AuditEntry, RetentionHold
from safar.trust.queries.profile import load, profile

pytestmark = pytest.mark.django_db
TERM = dt.timedelta(days=60 * 31)


def row(age: dt.timedelta, **fields) -> AuditEntry:
    return AuditEntry.objects.create(
        verb="read", action="people.person.open", actor_kind="staff", recorded_at=now() - age, **fields
    )


def test_rows_whose_term_is_over_go_and_the_trail_says_so() -> None:
    row(TERM + dt.timedelta(days=2))
    kept = row(dt.timedelta(days=5))
    assert trail.prune(by=MACHINE) == 1
    told = AuditEntry.objects.get(action="trust.audit.prune")
    assert told.fields[0] == "1 rows"
    assert set(AuditEntry.objects.all()) == {kept, told}


def test_a_night_with_nothing_to_remove_writes_nothing() -> None:
    row(dt.timedelta(days=5))
    assert trail.prune(by=MACHINE) == 0
    assert not AuditEntry.objects.filter(action="trust.audit.prune").exists()


def test_rows_about_a_person_on_hold_stay() -> None:
    held, other = new_id(), new_id()
    for key in (held, other):
        row(TERM + dt.timedelta(days=2), person_key=key)
    RetentionHold.objects.create(person_key=held, reason="Court", until=today() + dt.timedelta(days=9))
    assert trail.prune(by=MACHINE) == 1
    assert AuditEntry.objects.filter(person_key=held).exists()


def test_that_rows_were_removed_is_never_removed() -> None:
    AuditEntry.objects.create(
        verb="erase", action="trust.audit.prune", actor_kind="machine", recorded_at=now() - 2 * TERM
    )
    assert trail.prune(by=MACHINE) == 0


def test_nobody_signs_in_and_prunes(actor) -> None:
    for role in ("administrator", "data_protection_officer"):
        with pytest.raises(PermissionDenied):
            trail.prune(by=actor(role))


def test_afterwards_the_database_refuses_again() -> None:
    row(TERM + dt.timedelta(days=2))
    trail.prune(by=MACHINE)
    audit.record(by=MACHINE, action="people.person.open")
    for sql in ("DELETE FROM trust_auditentry", "UPDATE trust_auditentry SET action = ''"):
        with connection.cursor() as cursor, pytest.raises(Exception, match="append-only"), transaction.atomic():
            cursor.execute(sql)


def test_a_country_may_keep_the_trail_for_good(monkeypatch) -> None:
    forever = load("UZ").model_copy(update={"retention_months": {**profile().retention_months, "audit": None}})
    monkeypatch.setattr("safar.trust.queries.terms.profile", lambda: forever)
    row(2 * TERM)
    assert trail.prune(by=MACHINE) == 0
    assert AuditEntry.objects.count() == 1


def test_it_is_work_of_every_night() -> None:
    [job] = [job for job in night_jobs() if job.name == "trust.prune_the_trail"]
    assert job.run() == "0 rows"
