"""Results at the desk: scores in words, sensitive ones to those who need them, decisions of a supervisor, over time."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safar.cases.actions import assessments
from safar.cases.enums.instruments import ASSESSMENT_MOVES, DECISIONS, AssessmentState
from safar.cases.models import Assessment
from safar.cases.queries import instruments
from safar.cases.rules.instruments import About
from safar.cases.rules.moves import may_move
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.trust.models import AuditEntry
from safar.trust.permissions import ROLES
from safar.trust.queries.actors import actor_for
from tests.factories.cases import person
from tests.factories.instruments import assessment, installed

SIGNS = [
    "vulnerability",
    "deception",
    "movement",
    "isolation",
    "violence",
    "threats",
    "documents",
    "wages",
    "debt",
    "conditions",
    "overtime",
]


def signs(*seen: str) -> dict[str, str]:
    found = {f"g_{name}/{name}": "yes" if name in seen else "no" for name in SIGNS}
    return found | {f"g_{name}/{name}_rests_on": "own_words paper" for name in seen}


def forced_labour(centre, by, *seen: str, of=None) -> Assessment:
    version = installed("forced_labour_indicators")
    whom = of or person(centre)
    return assessment(version, centre, by, About(person_id=whom.pk), **signs(*seen))


def test_signs_are_shown_with_what_they_rest_on_and_no_verdict(client_of, home_centre) -> None:
    client = client_of("counsellor")
    made = forced_labour(home_centre, actor_for(client.staff), "wages", "debt")
    page = client.get(reverse("desk:cases:assessment", args=[made.pk]))
    assert (made.state, made.scores) == ("awaiting", {"seen": 2.0})
    assert "Withholding of wages" in page.text
    assert "What the person said, A document or message that was shown" in page.text
    assert "A count is no verdict" in page.text
    assert "Write what was told into a sealed note" in page.text
    assert "Record the decision" not in page.text, "a counsellor does not decide"


def test_sensitive_answers_are_read_by_who_filled_them_and_who_decides_only(actor, home_centre) -> None:
    writer, colleague, supervisor = actor("counsellor"), actor("counsellor"), actor("coordinator")
    made = forced_labour(home_centre, writer, "debt")
    for reader in (writer, supervisor):
        assert instruments.get(made.pk, by=reader).scores == {"seen": 1.0}
    with pytest.raises(PermissionDenied):
        instruments.get(made.pk, by=colleague)
    assert instruments.assessments_of(person_id=made.person_id, by=colleague) == []
    assert [each.code for each in instruments.assessments_of(person_id=made.person_id, by=writer)] == [
        "forced_labour_indicators"
    ]
    read = AuditEntry.objects.filter(action="cases.assessment.open", person_key=made.person_id)
    assert read.count() == 2


def test_supervisor_decides_with_a_reason_and_may_come_back_to_it(client_of, home_centre) -> None:
    made = forced_labour(home_centre, MACHINE, "debt")
    client = client_of("coordinator")
    waiting = reverse("desk:cases:assessments_waiting")
    assert reverse("desk:cases:assessment", args=[made.pk]) in client.get(waiting).text
    address = reverse("desk:cases:assessment_decide", args=[made.pk])
    assert client.post(address, {"to": "watched"}).status_code == 422
    assert client.post(address, {"to": "watched", "reason": " . "}).status_code == 302
    assert client.post(address, {"to": "voided", "reason": "x"}).status_code == 422
    assert client.post(address, {"to": "offered", "reason": "She agreed to speak with them"}).status_code == 302
    assert [move.to_state for move in Assessment.objects.get().moves.all()] == ["watched", "offered"]
    page = client.get(reverse("desk:cases:assessment", args=[made.pk]))
    assert "She agreed to speak with them" in page.text
    assert "Nothing waits" in client.get(waiting).text


def test_what_was_filled_by_mistake_is_taken_back_with_a_reason(client_of, home_centre) -> None:
    client = client_of("counsellor")
    made = assessment(
        installed("satisfaction"), home_centre, about=About(person_id=person(home_centre).pk), overall="3"
    )
    address = reverse("desk:cases:assessment_void", args=[made.pk])
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"reason": "Another person's paper"}).status_code == 302
    assert client.post(address, {"reason": "again"}).status_code == 422
    assert "Filled by mistake" in client.get(reverse("desk:cases:assessment", args=[made.pk])).text
    assert (
        client.get(reverse("desk:cases:assess_choose_person", args=[made.person_id])).text.count("Filled before") == 0
    )
    missing = "00000000-0000-4000-8000-000000000000"
    assert client.post(reverse("desk:cases:assessment_void", args=[missing]), {"reason": "x"}).status_code == 404
    assert client.get(reverse("desk:cases:assessment", args=[missing])).status_code == 404


def test_scores_of_a_person_are_drawn_over_time_each_by_the_rules_of_its_day(client_of, home_centre) -> None:
    client, whom = client_of("counsellor"), person(home_centre)
    version = installed("satisfaction")
    for ago, overall in ((60, "2"), (1, "5")):
        made = assessment(version, home_centre, about=About(person_id=whom.pk), overall=overall)
        Assessment.objects.filter(pk=made.pk).update(completed_on=today() - dt.timedelta(days=ago))
    address = reverse("desk:cases:assessments_over_time", args=[whom.pk])
    page = client.get(address)
    assert "<svg" in page.text
    assert page.text.count("version 1") == 2
    assert address in client.get(reverse("desk:cases:assess_choose_person", args=[whom.pk])).text
    nobody = reverse("desk:cases:assessments_over_time", args=[person(home_centre, given_name="Botir").pk])
    assert "Nothing is filled yet" in client.get(nobody).text


@pytest.mark.parametrize("state", AssessmentState)
@pytest.mark.parametrize("to", AssessmentState)
def test_every_move_of_an_assessment_is_allowed_or_refused_by_the_table(state: str, to: str, home_centre) -> None:
    made = assessment(
        installed("satisfaction"), home_centre, overall="3", about=About(person_id=person(home_centre).pk)
    )
    Assessment.objects.filter(pk=made.pk).update(state=state)
    act = assessments.void if to == AssessmentState.VOIDED else assessments.decide
    given = {"assessment_id": made.pk, "reason": "because", "by": MACHINE}
    if to != AssessmentState.VOIDED:
        given["to"] = to
    if may_move(ASSESSMENT_MOVES, state, to) and (to in DECISIONS or to == AssessmentState.VOIDED):
        assert act(**given).state == to
    else:
        with pytest.raises(ValidationError):
            act(**given)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_decides_voids_and_fills_as_its_permissions_say(role: str, actor, home_centre) -> None:
    version = installed("satisfaction")
    made = assessment(version, home_centre, overall="3", about=About(person_id=person(home_centre).pk))
    Assessment.objects.filter(pk=made.pk).update(state="awaiting")
    by, may = actor(role), ROLES[role].permissions
    acts = {
        "cases.assessment.decide": lambda: assessments.decide(assessment_id=made.pk, to="watched", reason="x", by=by),
        "cases.assessment.fill": lambda: assessment(
            version, home_centre, by, About(person_id=made.person_id), overall="2"
        ),
    }
    for permission, act in acts.items():
        if permission in may:
            assert act().pk
        else:
            with pytest.raises(PermissionDenied):
                act()


def test_list_of_what_waits_asks_no_more_for_more_rows(client_of, home_centre) -> None:
    client = client_of("coordinator")
    address = reverse("desk:cases:assessments_waiting")
    counts = []
    for number in (2, 6):
        whom = person(home_centre, given_name=f"N{number}")
        for _each in range(number):
            forced_labour(home_centre, MACHINE, of=whom)
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        counts.append(len(caught))
    assert counts[0] == counts[1]
