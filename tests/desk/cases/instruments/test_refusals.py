"""What is refused and what happens when a form cannot be run: nobody loses their place, nothing is stored."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from safar.cases.actions import assessments
from safar.cases.models import Assessment, InstrumentVersion
from safar.cases.queries import instruments
from safar.cases.questionnaires.engine import host
from safar.cases.rules.instruments import About, Filled
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from tests.factories.cases import person
from tests.factories.instruments import assessment, installed


def _refused(version: InstrumentVersion, centre, about: About, by=MACHINE, **filled) -> None:
    details = Filled({"overall": "3"}, **filled)
    assessments.fill(version_id=version.pk, about=about, filled=details, centre=centre, by=by)


def test_sensitive_instrument_is_filled_voided_and_printed_only_by_who_may(actor, client_of, home_centre) -> None:
    version, whom, full = installed("exploitation_screen"), person(home_centre), actor("counsellor")
    lesser = replace(full, permissions=full.permissions - {"cases.assessment.sensitive"})
    with pytest.raises(PermissionDenied):
        _refused(version, home_centre, About(person_id=whom.pk), by=lesser)
    with pytest.raises(PermissionDenied):
        instruments.in_use("exploitation_screen", by=lesser)
    items = [
        "false_promises",
        "forced_work",
        "excessive_hours",
        "fee_deductions",
        "movement_denied",
        "threats",
        "documents_withheld",
    ]
    made = assessment(version, home_centre, full, About(person_id=whom.pk), **dict.fromkeys(items, "no"))
    with pytest.raises(PermissionDenied):
        assessments.void(assessment_id=made.pk, reason="x", by=actor("counsellor"))
    assert not instruments.may_read(made, actor("ministry_viewer"))
    assert client_of("counsellor").get(reverse("desk:cases:assessment", args=[made.pk])).status_code == 403
    assert client_of("ministry_viewer").get(
        reverse("desk:cases:instrument_paper", args=[version.pk])
    ).status_code == 403  # fmt: skip


def test_filling_names_what_is_wrong_with_it(home_centre) -> None:
    version, about = installed("satisfaction"), About(person_id=person(home_centre).pk)
    for changed in ({"how": "by dream"}, {"completed_on": today() + dt.timedelta(days=1)}):
        with pytest.raises(ValidationError):
            _refused(version, home_centre, about, **changed)
    with pytest.raises(ValidationError):
        _refused(version, home_centre, About())
    InstrumentVersion.objects.filter(pk=version.pk).update(state="retired")
    with pytest.raises(ValidationError):
        _refused(version, home_centre, about)


def test_decision_needs_words_and_a_day_that_can_be(home_centre) -> None:
    made = assessment(
        installed("satisfaction"), home_centre, about=About(person_id=person(home_centre).pk), overall="3"
    )
    Assessment.objects.filter(pk=made.pk).update(state="awaiting")
    for wrong in ({"reason": " "}, {"reason": "x", "on": today() + dt.timedelta(days=1)}):
        with pytest.raises(ValidationError):
            assessments.decide(assessment_id=made.pk, to="watched", by=MACHINE, **wrong)


def test_form_that_cannot_be_run_leads_back_and_says_so(client_of, home_centre, monkeypatch) -> None:
    installed("satisfaction")
    whom = person(home_centre)

    def fails(*_args, **_options) -> None:
        raise host.FormTooHeavyError("JSTimeoutException")

    monkeypatch.setattr(instruments, "state_of", fails)
    page = client_of("counsellor").get(reverse("desk:cases:assess_person", args=[whom.pk, "satisfaction"]), follow=True)
    assert page.redirect_chain[0][0] == reverse("desk:people:file", args=[whom.pk])
    assert "cannot be run at the moment" in page.text


def test_assessments_stand_in_a_persons_file_without_their_scores(client_of, home_centre) -> None:
    whom = person(home_centre)
    made = assessment(installed("satisfaction"), home_centre, about=About(person_id=whom.pk), overall="3")
    address = reverse("desk:cases:assessment", args=[made.pk])
    assert address in client_of("counsellor").get(reverse("desk:people:file", args=[whom.pk])).text
    assert address not in client_of("outreach_officer").get(reverse("desk:people:file", args=[whom.pk])).text


def test_decision_about_what_is_not_there_is_not_found(client_of) -> None:
    address = reverse("desk:cases:assessment_decide", args=["00000000-0000-4000-8000-000000000000"])
    assert client_of("coordinator").post(address, {"to": "watched", "reason": "x"}).status_code == 404


def test_memory_of_a_form_is_limited_and_a_grown_heap_given_back(monkeypatch) -> None:
    engine = host.Host()
    xform = "<not-a-form/>"
    monkeypatch.setattr(host, "RENEW_BYTES", 0)
    with pytest.raises(host.FormFailedError):
        engine.languages(xform)
    with pytest.raises(host.FormFailedError):
        engine.languages(xform)
