import datetime as dt
import re
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

import safar
from safar.kernel.actor import MACHINE, VISITOR
from safar.kernel.database import read_only
from safar.kernel.ids import new_id
from safar.trust.actions import audit, trail
from safar.trust.enums import AuditVerb
from safar.trust.models import AuditEntry
from safar.trust.queries import audit as queries
from safar.trust.rules import AuditFilter

pytestmark = pytest.mark.django_db
REFUSED = "append-only"


def _rows(count: int, **fields) -> None:
    for number in range(count):
        audit.record(by=MACHINE, action=f"made.up.{number}", **fields)


@pytest.mark.parametrize("sql", ["UPDATE trust_auditentry SET reason = 'other'", "DELETE FROM trust_auditentry"])
def test_the_database_refuses_to_change_or_delete_the_trail(sql: str) -> None:
    """Runs on whichever database the tests use: SQLite by default, PostgreSQL where the settings name one."""
    _rows(1)
    with connection.cursor() as cursor, pytest.raises(Exception, match=REFUSED), transaction.atomic():
        cursor.execute(sql)
    assert AuditEntry.objects.get().reason == ""


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set SAFAR_DATABASE_URL to one")
def test_the_trail_is_guarded_on_postgresql_by_a_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'trust_auditentry'::regclass AND NOT tgisinternal"
        )
        assert ("trust_auditentry_append_only",) in cursor.fetchall()


def test_django_cannot_get_round_it_either() -> None:
    _rows(1)
    entry = AuditEntry.objects.get()
    for attempt in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(Exception, match=REFUSED), transaction.atomic():
            attempt()


def test_a_read_leaves_its_trace_although_reads_write_nothing() -> None:
    with read_only():
        _rows(1, verb=AuditVerb.READ)
    assert AuditEntry.objects.get().get_verb_display() == "Opened"


def test_a_trace_goes_with_what_it_traces() -> None:
    with transaction.atomic():
        _rows(1)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_a_row_says_who_what_about_whom_and_which_fields(actor) -> None:
    counsellor, person, case = actor("counsellor"), new_id(), new_id()
    audit.record(
        by=counsellor,
        action="cases.open",
        verb=AuditVerb.READ,
        person_key=person,
        subject_key=case,
        fields=["b", "a"],
        reason="asked",
    )
    entry = AuditEntry.objects.get()
    assert (entry.staff_id, entry.actor_kind, entry.person_key, entry.subject_key) == (
        counsellor.id,
        "staff",
        person,
        case,
    )
    assert (entry.fields, entry.reason) == (["a", "b"], "asked")
    assert str(entry).startswith("cases.open 2")
    audit.record(by=VISITOR, action="portal.asked")
    assert AuditEntry.objects.first().staff_id is None


def test_pages_follow_one_another_without_loss_or_repetition_while_rows_arrive(actor) -> None:
    officer = actor("data_protection_officer")
    moment = timezone.now()
    with time_machine.travel(moment, tick=False):
        _rows(7)  # all at the same instant: the mark must tell them apart
    first = queries.page(AuditFilter(), size=3, by=officer)
    _rows(2)
    second = queries.page(AuditFilter(), before=first.older, size=3, by=officer)
    third = queries.page(AuditFilter(), before=second.older, size=3, by=officer)
    seen = [entry.action for page in (first, second, third) for entry in page.entries]
    assert seen == [f"made.up.{number}" for number in reversed(range(7))]
    assert third.older == ""


def test_a_page_that_is_exactly_full_is_the_last(actor) -> None:
    _rows(3)
    assert queries.page(AuditFilter(), size=3, by=actor("administrator")).older == ""


@pytest.mark.parametrize("mark", ["x", "2026-01-01_x", "_", "2026-01-01T00:00:00+00:00"])
def test_a_mark_nobody_gave_out_is_refused(mark: str, actor) -> None:
    with pytest.raises(ValidationError):
        queries.page(AuditFilter(), before=mark, by=actor("administrator"))


def test_the_trail_is_narrowed_by_person_staff_and_verb(actor) -> None:
    officer, counsellor, person = actor("data_protection_officer"), actor("counsellor"), new_id()
    audit.record(by=counsellor, action="one", verb=AuditVerb.READ, person_key=person)
    audit.record(by=counsellor, action="two")
    audit.record(by=officer, action="three", verb=AuditVerb.READ, person_key=new_id())

    def found(**wanted) -> list[str]:
        return [entry.action for entry in queries.page(AuditFilter(**wanted), by=officer).entries]

    assert found(person_key=person) == ["one"]
    assert found(staff_id=counsellor.id) == ["two", "one"]
    assert found(verb="read") == ["three", "one"]
    assert found(verb="read", staff_id=counsellor.id, person_key=person) == ["one"]


def test_days_are_days_at_the_centre_and_both_count(actor) -> None:
    for hour in (18, 20, 43):  # 23:00 on the 1st, 01:00 on the 2nd, 00:00 on the 3rd in Tashkent
        with time_machine.travel(dt.datetime(2026, 3, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hour), tick=False):
            audit.record(by=MACHINE, action=f"at {hour}")
    administrator = actor("administrator")

    def found(**wanted) -> list[str]:
        return [entry.action for entry in queries.page(AuditFilter(**wanted), by=administrator).entries]

    second = dt.date(2026, 3, 2)
    assert found(since=second, until=second) == ["at 20"]
    assert found(until=dt.date(2026, 3, 1)) == ["at 18"]
    assert found(since=second) == ["at 43", "at 20"]


def test_a_page_costs_one_query_however_many_people_are_in_it(actor, django_assert_num_queries) -> None:
    for _ in range(4):
        audit.record(by=actor("counsellor"), action="x")
    administrator = actor("administrator")
    with django_assert_num_queries(1):
        assert [entry.staff.full_name for entry in queries.page(AuditFilter(), by=administrator).entries]


def test_taking_the_trail_away_is_on_the_trail(actor) -> None:
    officer, person = actor("data_protection_officer"), new_id()
    audit.record(by=MACHINE, action="one", person_key=person)
    entries = list(trail.export(AuditFilter(person_key=person), by=officer))
    assert "one" in [entry.action for entry in entries]
    last = AuditEntry.objects.first()
    assert (last.action, last.verb, last.person_key, last.staff_id) == (
        "trust.audit.export",
        "export",
        person,
        officer.id,
    )


@pytest.mark.parametrize("role", ["coordinator", "ministry_viewer"])
def test_who_may_not_see_the_trail_does_not(role: str, actor) -> None:
    by = actor(role)
    with pytest.raises(PermissionDenied):
        queries.page(AuditFilter(), by=by)
    with pytest.raises(PermissionDenied):
        trail.export(AuditFilter(), by=by)
    assert not AuditEntry.objects.exists()


def test_an_action_reads_as_a_sentence_and_an_unknown_one_as_its_code() -> None:
    assert queries.label("trust.centre.close") == "Closed a centre"
    assert queries.label("never.heard.of") == "never.heard.of"


def test_every_action_code_in_the_source_reads_as_a_sentence() -> None:
    package = Path(safar.__file__).parent
    sources = [path for folder in ("actions", "queries") for path in package.glob(f"*/{folder}/*.py")]
    written = re.compile(r'action="([a-z_]+\.[a-z_]+\.[a-z_]+)"')
    codes = {code for path in sources for code in written.findall(path.read_text(encoding="utf-8"))}
    assert len(codes) > 40
    assert sorted(codes - set(queries.labels())) == []
