"""A frozen month is the same ever after; what changes later stands beside it."""

import dataclasses
import datetime as dt
import json
import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from safar.insights.actions import runs as actions
from safar.insights.indicators.period import Month
from safar.insights.models import MonthRun
from safar.insights.models.run import FrozenRunError
from safar.insights.queries import runs
from safar.insights.reports import month as month_reports
from safar.insights.reports.content import as_data, canonical, digest
from safar.insights.store import building
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.trust.actions import audit
from safar.trust.models import AuditEntry, Centre
from tests.insights.records import autumn, contact
from tests.insights.reported import SEPTEMBER, frozen

pytestmark = pytest.mark.usefixtures("data_folder")


def test_a_run_keeps_both_copies_and_their_hash(actor):
    run = frozen(actor("coordinator"))
    assert run.sha256 == digest(run.content)
    true, hidden = (runs.report_of(run, hide=hide) for hide in (False, True))
    assert true.protection is None
    assert hidden.protection.passed
    assert true.figure("sessions_held") == hidden.figure("sessions_held")
    assert AuditEntry.objects.filter(action="insights.run.freeze", subject_key=run.pk).exists()


def test_freezing_twice_gives_the_first_run(actor):
    by = actor("coordinator")
    run = frozen(by)
    assert actions.freeze(month=SEPTEMBER, by=by) == run
    assert actions.freeze(month=SEPTEMBER, centre="AND", by=by) != run
    assert MonthRun.objects.count() == 2


def test_nobody_waits_for_the_database_while_a_month_is_counted(actor, monkeypatch):
    by = actor("coordinator")
    opened_by_the_test = len(connection.atomic_blocks)
    open_while = {}

    def watched(where, name):
        do = getattr(where, name)

        def run(*given, **named):
            open_while[name] = len(connection.atomic_blocks) > opened_by_the_test
            return do(*given, **named)

        monkeypatch.setattr(where, name, run)

    for where, name in (
        (building, "build"),
        (month_reports, "true_report"),
        (month_reports, "protected_report"),
        (audit, "record"),
    ):
        watched(where, name)
    actions.freeze(month=SEPTEMBER, by=by)
    assert open_while == {"build": False, "true_report": False, "protected_report": False, "record": True}


def test_who_froze_while_another_was_counting_came_first(actor, monkeypatch):
    by = actor("coordinator")
    first = actions.freeze(month=SEPTEMBER, by=by)
    monkeypatch.setattr(runs, "frozen", lambda *_of: None)
    assert actions.freeze(month=SEPTEMBER, by=by) == first
    assert AuditEntry.objects.filter(action="insights.run.freeze").count() == 1


def test_copies_of_two_states_of_the_records_are_not_frozen_together(actor, monkeypatch):
    by = actor("coordinator")
    count = month_reports.protected_report
    monkeypatch.setattr(
        month_reports, "protected_report", lambda *of: dataclasses.replace(count(*of), data_version="later")
    )
    with pytest.raises(ValidationError, match="Try again in a minute"):
        actions.freeze(month=SEPTEMBER, by=by)
    assert not MonthRun.objects.exists()


def test_the_same_records_give_the_same_bytes(actor):
    run = frozen(actor("coordinator"))
    building.build()
    again = canonical(
        {
            "true": as_data(month_reports.true_report(SEPTEMBER)),
            "protected": as_data(month_reports.protected_report(SEPTEMBER)),
        }
    )
    assert again == run.content


def test_a_later_record_changes_no_frozen_figure_and_is_listed_as_a_correction(actor):
    run = frozen(actor("coordinator"))
    before = runs.report_of(run, hide=False)
    contact(random.Random(2), run_centre(), occurred_at=dt.datetime(2026, 9, 11, 5, tzinfo=dt.UTC), mode="phone")
    audit.record(by=MACHINE, action="cases.contact.record")
    building.build()
    now = month_reports.true_report(SEPTEMBER)
    assert runs.report_of(MonthRun.objects.get(), hide=False) == before
    changed = {one.code: one.difference for one in runs.corrections(before, now)}
    assert changed["contacts"] == 1
    assert changed["contacts_phone"] == 1
    assert "persons_counselled" not in changed


def run_centre():
    return Centre.objects.get(code="TAS")


def test_a_correction_of_a_hidden_figure_has_no_difference():
    gone = runs.Correction("contacts", "contacts", None, 9)
    assert gone.difference is None


def test_a_figure_that_was_dropped_or_added_is_a_correction(actor):
    whole = runs.report_of(frozen(actor("coordinator")), hide=False)
    part = dataclasses.replace(whole, figures=whole.figures[1:])
    assert [one.code for one in runs.corrections(whole, part)] == ["persons_counselled"]
    assert [one.code for one in runs.corrections(part, whole)] == ["persons_counselled"]


def test_a_run_cannot_be_saved_again_and_a_tampered_one_is_not_shown(actor):
    run = frozen(actor("coordinator"))
    with pytest.raises(FrozenRunError):
        run.save()
    data = json.loads(run.content)
    data["true"]["figures"][0]["value"] = 9999
    run.content = canonical(data)
    with pytest.raises(runs.AlteredRunError):
        runs.report_of(run, hide=False)


def test_the_running_month_is_not_frozen(actor, db):
    with pytest.raises(ValidationError, match="not over yet"):
        actions.freeze(month=Month.of(today()), by=actor("coordinator"))


def test_who_may_not_freeze_does_not(actor):
    with pytest.raises(PermissionDenied):
        actions.freeze(month=SEPTEMBER, by=actor("counsellor"))


def test_while_somebody_else_builds_freezing_asks_to_wait(actor, monkeypatch):
    def busy():
        raise building.BuildRunningError

    monkeypatch.setattr(building, "build", busy)
    with pytest.raises(ValidationError, match="Try again in a minute"):
        actions.freeze(month=SEPTEMBER, by=actor("coordinator"))


def test_an_unknown_centre_has_no_report(actor):
    autumn()
    building.build()
    with pytest.raises(month_reports.UnknownCentreError):
        month_reports.true_report(SEPTEMBER, "NOWHERE")
