"""The standing of an agency on a day, against a calendar in which every day is looked at by itself."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from safar.cases.rules.agencies import FRESH_DAYS, Licence, Standing, StandingOn, standing_on

START = dt.date(2024, 1, 1)
_DAYS = st.integers(0, 80).map(lambda n: START + dt.timedelta(days=n))


@st.composite
def _licences(draw):
    begins = draw(_DAYS)
    length = draw(st.none() | st.integers(0, 60))
    revoked = draw(st.none() | st.integers(0, 80))
    spells = draw(st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 20)), max_size=2))
    return Licence(
        number="L",
        valid_from=begins,
        valid_until=None if length is None else begins + dt.timedelta(days=length),
        revoked_on=None if revoked is None else begins + dt.timedelta(days=revoked),
        suspended=tuple(
            (begins + dt.timedelta(days=a), None if b is None else begins + dt.timedelta(days=a + b)) for a, b in spells
        ),
    )


def by_calendar(licences, day):
    """The second implementation: what each licence was on the day, written out day by day, and the best of them."""
    marks = []
    for one in licences:
        if day < one.valid_from:
            continue
        if one.revoked_on and day >= one.revoked_on and not (one.valid_until and one.revoked_on > one.valid_until):
            marks.append((one.revoked_on, "revoked"))
        elif one.valid_until and day > one.valid_until:
            marks.append((one.valid_until + dt.timedelta(days=1), "expired"))
        elif any(a <= day and (b is None or day <= b) for a, b in one.suspended):
            marks.append((dt.date.max, "suspended"))
        else:
            return "licensed"
    if any(mark == "suspended" for _end, mark in marks):
        return "suspended"
    return max(marks)[1] if marks else "never"  # "revoked" comes after "expired" in the alphabet, as it does in weight


@settings(max_examples=150)
@given(st.lists(_licences(), max_size=3), st.integers(-5, 170))
def test_it_agrees_with_a_calendar(licences, offset):
    day = START + dt.timedelta(days=offset)
    found = standing_on(licences, day, as_of=day)
    assert found.state == by_calendar(licences, day)
    if found.state is Standing.LICENSED:
        assert found.since <= day
        assert found.until is None or found.until >= day


@settings(max_examples=60)
@given(st.lists(_licences(), max_size=3), st.integers(-5, 100), st.integers(0, 90))
def test_it_is_unknown_exactly_when_the_register_is_too_old(licences, offset, age):
    as_of = START + dt.timedelta(days=offset)
    found = standing_on(licences, as_of + dt.timedelta(days=age), as_of)
    assert (found.state is Standing.UNKNOWN) == (age > FRESH_DAYS)
    assert (found.last_known is not None) == (age > FRESH_DAYS)
    assert found.as_of == as_of


@settings(max_examples=60)
@given(st.lists(_licences(), max_size=3), _licences(), _DAYS)
def test_one_more_licence_never_takes_a_valid_one_away(licences, more, day):
    if standing_on(licences, day, day).state is Standing.LICENSED:
        assert standing_on([*licences, more], day, day).state is Standing.LICENSED


def test_without_a_register_nothing_is_known():
    assert standing_on([], START, None) == StandingOn(Standing.UNKNOWN)
    assert not StandingOn(Standing.UNKNOWN).was_bad


def test_what_an_old_register_said_is_told():
    suspended = Licence("L", START, None, None, ((START, None),))
    found = standing_on([suspended], START + dt.timedelta(days=200), START)
    assert (found.state, found.last_known, found.was_bad) == (Standing.UNKNOWN, Standing.SUSPENDED, True)


def test_the_day_of_revocation_is_no_longer_a_day_of_the_licence():
    revoked = Licence("L", START, START + dt.timedelta(days=99), START + dt.timedelta(days=10))
    assert standing_on([revoked], START + dt.timedelta(days=9), START).state is Standing.LICENSED
    assert standing_on([revoked], START + dt.timedelta(days=10), START).state is Standing.REVOKED
