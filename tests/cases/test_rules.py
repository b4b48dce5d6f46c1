import datetime as dt

import pytest

from safar.cases.rules.cases import CaseDetails
from safar.cases.rules.contacts import ContactDetails, changed_values
from safar.cases.rules.referrals import ReferralDetails

NOW = dt.datetime(2026, 3, 10, 12, 0, tzinfo=dt.UTC)
DAY = NOW.date()


def problems(**fields):
    plain = {"occurred_at": NOW, "mode": "phone", "topics": ("contract",)}
    return ContactDetails(**(plain | fields)).problems(NOW, DAY)


def test_a_short_contact_is_complete():
    assert problems() == {}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"occurred_at": NOW + dt.timedelta(minutes=6)}, {"occurred_at": "future"}),
        ({"topics": ()}, {"topics": "missing"}),
        ({"topics": ("contract", "contract")}, {"topics": "doubled"}),
        ({"duration_minutes": 0}, {"duration_minutes": "impossible"}),
        ({"duration_minutes": 481}, {"duration_minutes": "impossible"}),
        ({"follow_up_on": DAY}, {"follow_up_on": "not_after"}),
    ],
)
def test_what_cannot_be_is_named_by_field(fields, expected):
    assert problems(**fields) == expected


def test_clocks_that_differ_by_minutes_and_long_talks_pass():
    assert problems(occurred_at=NOW + dt.timedelta(minutes=4), duration_minutes=480) == {}
    assert problems(follow_up_on=DAY + dt.timedelta(days=1)) == {}


def test_a_case_opens_today_at_the_latest_and_after_the_return():
    assert CaseDetails("reintegration", DAY, returned_on=DAY).problems(DAY) == {}
    late = CaseDetails("reintegration", DAY + dt.timedelta(days=1), returned_on=DAY + dt.timedelta(days=2))
    assert late.problems(DAY) == {"opened_on": "future", "returned_on": "after_opening"}


@pytest.mark.parametrize(
    ("urgency", "days"), [("immediate", 0), ("within_24h", 1), ("within_7d", 7), ("routine", 30), ("?", 30)]
)
def test_every_referral_has_a_due_date(urgency, days):
    assert ReferralDetails("legal_aid", "NGO", urgency=urgency).due_from(DAY) == DAY + dt.timedelta(days=days)


def test_a_due_date_that_was_agreed_stands():
    assert ReferralDetails("legal_aid", "NGO", due_on=DAY).due_from(DAY) == DAY


def test_only_what_differs_is_kept_of_the_old_values():
    assert changed_values({"mode": "phone", "note": "a"}, {"mode": "phone", "note": "b"}) == {"note": "a"}
