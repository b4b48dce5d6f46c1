"""Closing: which way for which reason, what was still open, and what becomes of plan and reviews."""

from itertools import product

import pytest
from django.core.exceptions import ValidationError

from safar.cases.actions import cases, closures, plans, receptions
from safar.cases.enums.cases import CASE_MOVES, OPEN_CASES, CaseState
from safar.cases.models import CaseClosure, CaseFile
from safar.cases.queries import reintegration as reads
from safar.cases.rules.reintegration import NeedDetails
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from tests.factories import cases as make
from tests.factories import reintegration as returnees

pytestmark = pytest.mark.django_db
REASONS = {"closed": "settled", "closed_referred": "partner", "dropout": "moved"}


@pytest.fixture
def case(home_centre):
    needs = (NeedDetails("cash", "not_met", "no_means"),)
    case = returnees.received(home_centre, make.person(home_centre), needs=needs)
    returnees.agreed(case)
    return case


def refusal(**fields) -> list[str]:
    with pytest.raises(ValidationError) as error:
        closures.close(**fields, by=MACHINE)
    return list(error.value.message_dict)


def test_it_goes_only_the_ways_of_the_table(case):
    for state, to in product(CaseState, CaseState):
        CaseClosure.objects.all().delete()
        CaseFile.objects.update(state=state, closed_on=None if state in OPEN_CASES else today())
        told = {"case_id": case.pk, "to": to, "reason": REASONS.get(to, "settled")}
        if to in CASE_MOVES[state] and to in REASONS:
            assert closures.close(**told, by=MACHINE).case_file.closure
            assert CaseFile.objects.get().state == to
        else:
            assert refusal(**told) == ["to"], (state, to)


def test_what_is_open_is_known_before_and_counted_after(case, home_centre):
    make.referral(home_centre, case.person)
    case.person.referrals.update(case_file=case)
    left = reads.open_ends(case)
    assert left
    assert [len(part) for part in (left.steps, left.needs, left.referrals, left.reviews)] == [1, 1, 1, 3]
    plans.draft(case_id=case.pk, by=MACHINE)
    closure = closures.close(case_id=case.pk, to="closed", reason="settled", words="Has work", by=MACHINE)
    assert (closure.open_steps, closure.open_needs, closure.open_referrals) == (1, 1, 1)
    assert set(case.plans.values_list("state", flat=True)) == {"ended"}
    assert set(case.reviews.values_list("state", flat=True)) == {"called_off"}
    assert CaseFile.objects.get().reason == "Has work"
    assert str(closure).startswith("settled")


def test_without_words_the_reason_itself_stands_in_the_file(case):
    closures.close(case_id=case.pk, to="closed", reason="settled", by=MACHINE)
    assert CaseFile.objects.get().reason == "Has settled and needs no more help"
    assert not reads.open_ends(case).reviews


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("closed", "partner"),
        ("closed", "moved"),
        ("closed", ""),
        ("closed_referred", "settled"),
        ("dropout", "settled"),
        ("dropout", "unreachable"),
    ],
)
def test_the_reason_fits_how_it_ended(case, to, reason):
    assert refusal(case_id=case.pk, to=to, reason=reason) == ["reason"]


def test_who_could_not_be_reached_was_tried(case):
    returnees.tried(case)
    assert closures.close(case_id=case.pk, to="dropout", reason="unreachable", by=MACHINE).reason == "unreachable"


def test_other_files_are_closed_elsewhere(home_centre, case):
    assert refusal(case_id=make.case(home_centre, case.person).pk, to="closed", reason="settled") == ["__all__"]


def test_what_was_given_directly_and_through_others_is_never_added(case):
    for service, delivery in (("employment", "direct"), ("employment", "by_referral"), ("study_abroad", "direct")):
        cases.add_service(case_id=case.pk, service=service, delivery=delivery, by=MACHINE)
    receptions.settle_need(need_id=case.reception.needs.get().pk, to="met", by=MACHINE)
    assert [(line.dimension, line.direct, line.by_referral) for line in reads.given(case)] == [
        ("immediate", 1, 0),
        ("economic", 1, 1),
        ("social", 0, 0),
        ("psychosocial", 0, 0),
        ("", 1, 0),
    ]
