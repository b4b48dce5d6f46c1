"""One person under two files is counted once, before the merge it is said what that changes, and undoing it changes it back."""

import random

import pytest

from safar.insights.extract.merging import CountChange, effect_of_merge
from safar.insights.indicators.definition import indicators
from safar.insights.indicators.engine import Engine
from safar.insights.indicators.period import Month, Period
from safar.kernel.actor import MACHINE
from safar.people.actions import merges
from safar.people.models import Person
from safar.people.queries import clusters
from safar.trust.models import Centre
from tests.insights import records

pytestmark = pytest.mark.django_db

YEAR = Period(Month(2026, 1), Month(2026, 12))
PERSONS = ("persons_counselled", "new_clients", "returnees_assisted")
COUNTED_AS_BEFORE = ("contacts", "referrals_made", "session_attendances", "anonymous_enquiries")


def figures(engine: Engine, codes) -> dict:
    return {code: engine.months(indicators()[code], YEAR) for code in codes}


def changes_between(before: dict, after: dict) -> set[CountChange]:
    return {
        CountChange(code, month, after[code].get(("", month), 0) - value)
        for code in PERSONS
        for (centre, month), value in before[code].items()
        if not centre and after[code].get(("", month), 0) != value
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_change_as_was_said_and_change_back(built, seed) -> None:
    records.autumn(seed)
    chance = random.Random(seed)
    kept, merged = chance.sample(list(Person.objects.order_by("id")), 2)
    for who in (kept, merged, merged):
        records.contact(chance, Centre.objects.first(), who)
    before = figures(built(), PERSONS + COUNTED_AS_BEFORE)
    said = effect_of_merge(clusters.members_of(kept.pk), clusters.members_of(merged.pk))
    merge = merges.merge(kept_id=kept.pk, merged_id=merged.pk, reason="one passport", by=MACHINE)
    after = figures(built(), PERSONS + COUNTED_AS_BEFORE)
    assert changes_between(before, after) == set(said)
    assert said
    assert {code: before[code] for code in COUNTED_AS_BEFORE} == {code: after[code] for code in COUNTED_AS_BEFORE}
    merges.undo(merge_id=merge.pk, reason="two passports", by=MACHINE)
    assert figures(built(), PERSONS + COUNTED_AS_BEFORE) == before


def test_two_who_never_came_change_nothing(home_centre) -> None:
    chance = random.Random(1)
    kept, merged = (records.person(chance, home_centre) for _ in range(2))
    assert effect_of_merge([kept.pk], [merged.pk]) == []
