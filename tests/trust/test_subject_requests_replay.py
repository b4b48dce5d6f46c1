"""Erasing people changes no figure of the past, to the digit: every indicator, every breakdown, every frozen month."""

import random
from itertools import combinations

import pytest

from safar.awareness.models import NamedAttendance
from safar.cases.models import CaseFile, Contact, Referral
from safar.insights.actions import runs as freezing
from safar.insights.indicators.definition import indicators
from safar.insights.indicators.engine import Engine
from safar.insights.indicators.period import Month, Period
from safar.insights.models import MonthRun
from safar.insights.queries import runs
from safar.insights.reports import month as month_reports
from safar.insights.store import building, freshness, reading
from safar.kernel.actor import MACHINE
from safar.people.actions import merges
from safar.people.models import Merge, Person
from safar.trust.actions import subject_requests
from tests.factories import people
from tests.insights.records import autumn

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SEPTEMBER = Month(2026, 9)
AUTUMN = Period(Month(2026, 8), Month(2026, 10))


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    yield
    reading.close()


def recorded(seed: int, contacts: int) -> None:
    """Write the autumn; without its one contact that shares the key of a person with a file, which no erasure writes.

    Three of its files turn out to be one person, so that erasing any of them erases all.
    """
    autumn(seed, contacts)
    Contact.objects.exclude(former_person_key=None).delete()
    first, second, third, *_others = Person.objects.order_by("client_number")
    for kept, merged in ((first, second), (third, first)):
        merges.merge(kept_id=kept.pk, merged_id=merged.pk, reason="one passport", by=MACHINE)


def everything(*, pairs: bool) -> dict[str, object]:
    """Count all indicators month by month, for the node and each centre, in every breakdown by one and by two."""
    building.build()
    engine = Engine(reading.current()[0])
    found: dict[str, object] = {}
    for code, indicator in indicators().items():
        if indicator.only_by:
            found[code] = engine.lines(indicator, AUTUMN)
            continue
        found[code] = engine.months(indicator, AUTUMN)
        for size in (1, 2) if pairs else (1,):
            for names in combinations(indicator.disaggregations, size):
                found[f"{code} by {names}"] = engine.breakdown_by_month(indicator, AUTUMN, names)
    return found


def erase(chosen) -> None:
    for person in chosen:
        if not Person.objects.filter(pk=person.pk).exists():
            continue  # gone with the file it was merged into
        subject_requests.erase_person(person.pk, reason="asked in writing", by=MACHINE)


def test_every_figure_is_the_same_to_the_digit_after_everybody_was_erased() -> None:
    recorded(7, 120)
    before = everything(pairs=True)
    for code in ("persons_counselled", "returnees_assisted", "districts_covered", "session_attendances"):
        assert before[code]["", "2026-09"] > 0
    erase(Person.objects.all())
    assert not Person.objects.exists()
    assert not NamedAttendance.objects.exists()
    for model in (Contact, CaseFile, Referral):
        assert not model.objects.exclude(person=None).exists()
    assert everything(pairs=True) == before


@pytest.mark.parametrize("seed", [23, 58])
def test_and_after_some_were_erased_one_by_one(seed) -> None:
    recorded(seed, 60)
    before = everything(pairs=False)
    files = list(Person.objects.order_by("client_number"))
    erase([files[1], *random.Random(seed).sample(files[3:], 29)])
    assert Person.objects.count() == 18
    assert not Merge.objects.exists()
    assert everything(pairs=False) == before


def test_a_frozen_month_verifies_and_shows_no_correction(actor) -> None:
    recorded(7, 60)
    run = freezing.freeze(month=SEPTEMBER, by=actor("coordinator"))
    kept = runs.report_of(run, hide=False)
    erase(Person.objects.all()[:25])
    building.build()
    assert runs.report_of(MonthRun.objects.get(), hide=False) == kept
    assert runs.corrections(kept, month_reports.true_report(SEPTEMBER)) == []


def test_the_copies_made_for_counting_are_made_anew_without_the_person(home_centre) -> None:
    person = people.person(at=home_centre)
    first = building.build()
    erase([person])
    assert freshness.ensure().manifest.build != first.build
