"""Figures of referrals, counted a second time from the steps themselves instead of the columns that were kept."""

import datetime as dt
import random
import statistics

import pytest

from safar.cases.actions import referrals
from safar.cases.models import Referral, ReferralMove
from safar.cases.queries import referral_figures
from safar.cases.rules.referrals import SMALLEST_SHOWN, Sent, figures
from safar.kernel.actor import MACHINE, Actor, ActorKind
from safar.kernel.clock import today
from safar.trust.permissions import permissions_of
from tests.factories import partners, trust
from tests.factories import referrals as make

DAY = dt.date(2026, 5, 1)


def sent(group: str, days: int | None, *, is_open: bool = False) -> Sent:
    return Sent(group, DAY, None if days is None else DAY + dt.timedelta(days=days), is_open)


def test_too_few_to_say_are_not_shown_but_counted():
    few = figures([sent("few", 3)] * (SMALLEST_SHOWN - 1))[0]
    assert (few.sent, few.served, few.share, few.percent, few.median_days) == (4, 4, None, None, None)
    enough = figures([sent("a", day) for day in (1, 2, 3, 4, 9)])[0]
    assert (enough.share, enough.percent, enough.median_days) == (1.0, 100, 3.0)


def test_who_still_waits_lowers_the_share_and_not_the_median():
    rows = [sent("a", day) for day in (2, 2, 4, 6, 8)] + [sent("a", None, is_open=True)] * 5 + [sent("b", None)] * 5
    first, second = figures(rows)
    assert (first.group, first.waiting, first.percent, first.median_days) == ("a", 5, 50, 4.0)
    assert (second.group, second.waiting, second.share, second.median_days) == ("b", 0, 0.0, None)


@pytest.mark.django_db
def test_the_page_counts_what_the_steps_say(home_centre):
    chance, other = random.Random(5), trust.centre("SAM")
    clinic, college = partners.partner(name={"en": "Clinic"}), partners.partner(name={"en": "College"})
    for _number in range(24):
        to = chance.choice([{"partner_id": clinic.pk}, {"partner_id": college.pk}, {"to_centre_id": other.pk}, {}])
        day = today() - dt.timedelta(days=chance.randrange(20, 60))
        referral = make.sent(home_centre, service=chance.choice(["legal_aid", "employment"]), on=day, **to)
        for state in ("accepted", "served")[: chance.randrange(3)]:
            day += dt.timedelta(days=chance.randrange(1, 9))
            referrals.move(referral_id=referral.pk, to=state, on=day, by=MACHINE)
    make.sent(other)
    ours = [row for row in Referral.objects.all() if row.centre_id == home_centre.pk]
    days = {row.pk: _days(row) for row in ours}

    def again(rows: list[Referral]) -> tuple[int, int, float | None]:
        waits = [days[row.pk] for row in rows if days[row.pk] is not None]
        return len(rows), len(waits), statistics.median(waits) if len(waits) >= SMALLEST_SHOWN else None

    by = Actor(ActorKind.STAFF, permissions=permissions_of(["counsellor"]), centre_id=home_centre.pk)
    found = referral_figures.of_period(since=today() - dt.timedelta(days=90), until=today(), by=by)
    labels = {"Legal aid": "legal_aid", "Employment": "employment"}
    for row in found.by_service:
        assert (row.sent, row.served, row.median_days) == again([r for r in ours if r.service == labels[row.group]])
    keys = {"Clinic": clinic.pk, "College": college.pk, "Centre SAM": other.pk}
    for row in found.by_partner:
        mine = [r for r in ours if keys[row.group] in {r.partner_id, r.to_centre_id}]
        assert (row.sent, row.served, row.median_days) == again(mine)
    assert len(found.by_partner) == 3
    assert sum(row.sent for row in found.by_service) == len(ours)


def _days(referral: Referral) -> int | None:
    steps = dict(ReferralMove.objects.filter(referral=referral).values_list("to_state", "moved_on"))
    return (steps["served"] - steps["sent"]).days if "served" in steps else None


@pytest.mark.django_db
def test_the_figures_of_a_node_take_as_many_queries_with_many_rows(home_centre, django_assert_num_queries):
    partner = partners.partner()

    def ask() -> None:
        referral_figures.of_period(since=today(), until=today(), by=MACHINE)

    for count in (2, 6):
        for _number in range(count):
            make.sent(home_centre, partner_id=partner.pk)
        with django_assert_num_queries(2):
            ask()
