import datetime as dt
import json
import random
import re

import pytest
from django.urls import reverse

from safar.insights.indicators.period import Month
from safar.insights.models import MonthRun
from safar.insights.store import freshness
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.trust.actions import audit
from safar.trust.models import AuditEntry
from tests.insights.records import autumn, contact

SEPTEMBER = {"month": "2026-09"}


def page(client, **chosen):
    response = client.get(reverse("desk:insights:month"), SEPTEMBER | chosen)
    assert response.status_code == 200
    return response


def test_the_coordinator_sees_every_true_figure_with_its_unit_and_that_the_copy_is_internal(client_of):
    client = client_of("coordinator")
    autumn()
    response = page(client)
    text = response.content.decode()
    for figure in [one for _title, figures in response.context["groups"] for one in figures]:
        assert figure.label in text
        assert figure.unit
        assert client.get(figure.href).status_code == 200
    assert "persons" in text
    assert "attendances" in text
    assert response.context["report"].protection is None
    assert "Internal copy" in text


def test_without_a_choice_the_page_shows_the_last_month_with_anything_in_it_and_so_for_one_that_does_not_exist(
    client_of,
):
    client = client_of("coordinator")
    autumn()
    for chosen in ({}, {"month": "2026-13", "centre": "NOWHERE"}):
        response = client.get(reverse("desk:insights:month"), chosen)
        assert response.status_code == 200
        assert str(response.context["month"]) == "2026-10"


def test_an_empty_node_says_that_nothing_happened(client_of):
    assert (
        "Nothing happened in this month"
        in client_of("coordinator").get(reverse("desk:insights:month")).content.decode()
    )


def test_who_may_not_see_rows_sees_no_small_count_and_no_true_copy(client_of):
    # All before the first count, so that they read one build.
    clients = [client_of(role) for role in ("network_analyst", "ministry_viewer", "counsellor")]
    autumn()
    for client in clients:
        response = page(client, centre="AND")
        report = response.context["report"]
        assert report.protection.passed
        for table in report.breakdowns:
            if table.unit != "sessions":
                values = [value for row in table.cells for value in row] + [*table.row_totals, *table.column_totals]
                assert not [value for value in values if value is not None and 0 < value < 5]
        assert "hidden" in response.content.decode()
        assert client.get(reverse("desk:insights:rows", args=["contacts"]), SEPTEMBER).status_code == 403


def test_the_administrator_is_refused(client_of):
    assert client_of("administrator").get(reverse("desk:insights:month")).status_code == 403


def test_rows_behind_a_figure_hold_no_name_and_leave_a_trace(client_of):
    client = client_of("coordinator")
    autumn()
    page(client)
    response = client.get(reverse("desk:insights:rows", args=["persons_counselled"]), SEPTEMBER)
    text = response.content.decode()
    assert response.status_code == 200
    assert response.context["count"] > 0
    assert "Karimova" not in text
    assert not re.search(r"T-\d+", text)
    entry = AuditEntry.objects.get(action="insights.rows.open")
    assert (entry.verb, entry.fields) == ("read", ["persons_counselled"])


def test_every_indicator_opens_to_its_definition_and_rows(client_of):
    client = client_of("coordinator")
    autumn()
    listed = client.get(reverse("desk:insights:definitions"))
    assert listed.status_code == 200
    for one in listed.context["found"]:
        code = one["indicator"].code
        text = client.get(reverse("desk:insights:indicator", args=[code]), SEPTEMBER).content.decode()
        assert "May not be added to" in text
        assert client.get(reverse("desk:insights:rows", args=[code]), SEPTEMBER | {"page": "2"}).status_code == 200
    assert client.get(reverse("desk:insights:indicator", args=["no_such"])).status_code == 404


def test_a_month_is_frozen_and_taken_out_with_what_changes_later_beside_it(client_of):
    client = client_of("coordinator")
    tashkent, _andijan = autumn()
    page(client)
    answer = client.post(reverse("desk:insights:freeze"), SEPTEMBER, follow=True)
    run = MonthRun.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("desk:insights:run", args=[run.pk])
    frozen = page(client).context["report"]
    _later_contact(tashkent)
    response = page(client)
    assert response.context["report"] == frozen
    changed = {one.label: one.difference for one in response.context["corrections"]}
    assert changed["Counselling contacts"] == "+1"
    assert "Recorded after freezing" in response.content.decode()


def _later_contact(centre):
    contact(random.Random(1), centre, occurred_at=dt.datetime(2026, 9, 20, 9, tzinfo=dt.UTC))
    audit.record(by=MACHINE, action="cases.contact.record")


def test_a_running_month_cannot_be_frozen(client_of):
    client = client_of("coordinator")
    autumn()
    answer = client.post(reverse("desk:insights:freeze"), {"month": str(Month.of(today()))}, follow=True)
    assert "not over yet" in answer.content.decode()
    assert not MonthRun.objects.exists()


@pytest.mark.parametrize("wrong", [{"month": "soon"}, {"month": ""}, {"month": "2026-09", "centre": "NOWHERE"}])
def test_freezing_falls_back_to_no_other_month_or_centre(client_of, wrong):
    client = client_of("coordinator")
    autumn()
    client.post(reverse("desk:insights:freeze"), wrong)
    assert not MonthRun.objects.exists()


def test_while_a_large_node_counts_for_the_first_time_every_page_says_so(client_of, monkeypatch):
    monkeypatch.setattr(freshness, "ensure", lambda: freshness.Freshness(None, is_stale=True, progress=None))
    client = client_of("coordinator")
    for name, args in (("month", []), ("indicator", ["contacts"]), ("rows", ["contacts"])):
        text = client.get(reverse(f"desk:insights:{name}", args=args)).content.decode()
        assert "counted for the first time" in text


@pytest.mark.parametrize("role", ["counsellor", "network_analyst", "ministry_viewer"])
def test_only_who_may_freeze_freezes(client_of, role):
    assert client_of(role).post(reverse("desk:insights:freeze"), SEPTEMBER).status_code == 403


def test_files_leave_protected_unless_true_ones_are_asked_for_by_who_may(client_of):
    coordinator, analyst, viewer = (client_of(role) for role in ("coordinator", "network_analyst", "ministry_viewer"))
    autumn()
    coordinator.post(reverse("desk:insights:freeze"), SEPTEMBER)
    run = MonthRun.objects.get()
    for ending in ("docx", "xlsx", "pdf"):
        address = reverse("desk:insights:download", args=[run.pk, ending])
        outside = coordinator.get(address, {"language": "ru"})
        assert outside.status_code == 200
        assert f'month-report-2026-09-all-ru.{ending}"' in outside["Content-Disposition"]
        assert analyst.get(address, {"copy": "inside"}).status_code == 403
        assert viewer.get(address).status_code == 403
    inside = coordinator.get(address, {"copy": "inside"})
    assert "INTERNAL" in inside["Content-Disposition"]
    assert AuditEntry.objects.filter(action="insights.run.export", verb="export").count() == 4
    assert analyst.get(address).status_code == 200
    _the_page_of_the_run_offers_them_to_who_may_take_them(run, coordinator, analyst, viewer)


def _the_page_of_the_run_offers_them_to_who_may_take_them(run, coordinator, analyst, viewer):
    address = reverse("desk:insights:run", args=[run.pk])
    assert "Internal: true counts" in coordinator.get(address).content.decode()
    assert "Internal: true counts" not in analyst.get(address).content.decode()
    assert "Take it out" not in viewer.get(address).content.decode()
    assert json.loads(run.content).keys() == {"true", "protected"}
    no_run = reverse("desk:insights:run", args=[coordinator.staff.pk])
    assert coordinator.get(no_run).status_code == 404
    no_ending = reverse("desk:insights:download", args=[run.pk, "odt"])
    assert coordinator.get(no_ending).status_code == 404


def test_counting_again_is_a_press_of_a_button(client_of):
    client = client_of("coordinator")
    autumn()
    answer = client.post(reverse("desk:insights:rebuild"), follow=True)
    assert "up to date" in answer.content.decode()
    assert client_of("counsellor").post(reverse("desk:insights:rebuild")).status_code == 403
