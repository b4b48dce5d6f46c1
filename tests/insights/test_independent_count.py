"""Every indicator counted a second time, in plain Python from the records, against the engine on the event store."""

from collections import defaultdict

import pytest

from safar.awareness.models import CountedAttendance, NamedAttendance, Session
from safar.campaigns.models import MetricSnapshot
from safar.cases.models import CaseEvent, Contact, Referral
from safar.insights.indicators.definition import indicators
from safar.insights.indicators.period import Month, Period
from tests.insights.records import TASHKENT, autumn

IN_PERSON = {"in_person_office", "in_person_outreach"}
MEDIA = {"telegram", "instagram", "facebook", "tiktok", "youtube", "tv_radio", "billboard", "poster_leaflet"}
CENTRES = ["", "TAS", "AND"]
SEPTEMBER = Period.of(Month(2026, 9))


def in_september(moment) -> bool:
    local = moment.astimezone(TASHKENT)
    return (local.year, local.month) == (2026, 9)


def contacts(centre):
    return [
        one
        for one in Contact.objects.select_related("centre", "person")
        if one.voided_at is None and in_september(one.occurred_at) and centre in {"", one.centre.code}
    ]


def persons(centre):
    return {one.person_id or one.former_person_key for one in contacts(centre)} - {None}


def new_clients(centre):
    first = {}
    for one in sorted(Contact.objects.select_related("centre"), key=lambda one: one.occurred_at):
        who = one.person_id or one.former_person_key
        if who and one.voided_at is None and centre in {"", one.centre.code}:
            first.setdefault(who, one.occurred_at)
    return sum(in_september(moment) for moment in first.values())


def sessions(centre):
    return [
        one
        for one in Session.objects.select_related("centre")
        if one.state in {"approved", "locked"} and in_september(one.starts_at) and centre in {"", one.centre.code}
    ]


def heads(centre):
    ids = {one.pk for one in sessions(centre)}
    named = sum(one.session_id in ids for one in NamedAttendance.objects.all())
    return named + sum(one.count for one in CountedAttendance.objects.all() if one.session_id in ids)


def returnees(centre):
    given = CaseEvent.objects.select_related("case_file__centre").filter(kind="service")
    return {
        one.case_file.person_id
        for one in given
        if one.case_file.kind == "reintegration"
        and (one.occurred_on.year, one.occurred_on.month) == (2026, 9)
        and centre in {"", one.case_file.centre.code}
    }


def referrals(centre):
    return sum(
        one.sent_at is not None and one.made_on.month == 9 and centre in {"", one.centre.code}
        for one in Referral.objects.select_related("centre")
    )


def districts(centre):
    of_people = {one.person.district for one in contacts(centre) if one.person}
    return (of_people | {one.district for one in sessions(centre)}) - {""}


COUNTS = {
    "persons_counselled": lambda centre: len(persons(centre)),
    "contacts": lambda centre: len(contacts(centre)),
    "contacts_in_person": lambda centre: sum(one.mode in IN_PERSON for one in contacts(centre)),
    "contacts_phone": lambda centre: sum(one.mode == "phone" for one in contacts(centre)),
    "contacts_online": lambda centre: sum(one.mode in {"telegram", "web_form"} for one in contacts(centre)),
    "new_clients": new_clients,
    "anonymous_enquiries": lambda centre: sum(
        one.person_id is None and one.former_person_key is None for one in contacts(centre)
    ),
    "sessions_held": lambda centre: len(sessions(centre)),
    "session_attendances": heads,
    "returnees_assisted": lambda centre: len(returnees(centre)),
    "referrals_made": referrals,
    "campaign_contacts": lambda centre: sum(
        bool(one.campaign_code) or one.heard_via in MEDIA for one in contacts(centre)
    ),
    "districts_covered": lambda centre: len(districts(centre)),
}


@pytest.fixture
def engine(built):
    autumn()
    return built()


def test_every_indicator_with_a_figure_is_counted_twice():
    assert set(COUNTS) == {code for code, indicator in indicators().items() if not indicator.only_by}


def test_both_counts_agree_for_the_node_and_each_centre(engine):
    for code, counted in COUNTS.items():
        for centre in CENTRES:
            assert engine.figure(indicators()[code], SEPTEMBER, centre=centre).value == counted(centre), (code, centre)
        assert engine.figure(indicators()[code], SEPTEMBER).value > 0, code


def test_persons_by_sex_and_age_agree(engine):
    cells = engine.breakdown(indicators()["persons_counselled"], SEPTEMBER, ["sex", "age_band"])
    for centre in CENTRES:
        last = {}
        for one in sorted(contacts(centre), key=lambda one: one.occurred_at):
            if who := one.person_id or one.former_person_key:
                day = one.occurred_at.astimezone(TASHKENT).date()
                last[who] = (one.person.sex, one.person.age_band_on(day)) if one.person else ("unknown", "unknown")
        expected = defaultdict(int)
        for cell in last.values():
            expected[cell] += 1
        assert cells[centre] == expected


def test_what_platforms_counted_agrees(engine):
    expected = defaultdict(dict)
    for one in MetricSnapshot.objects.select_related("post__channel").order_by("captured_at"):
        if one.post:
            expected[one.measure][one.post.permalink] = int(one.value)
    reach = {line["post_key"]: line["value"] for line in engine.lines(indicators()["reach"], SEPTEMBER)}
    assert reach == expected["reach"]
    views = {line["platform"]: line["value"] for line in engine.lines(indicators()["views"], SEPTEMBER)}
    for platform, value in views.items():
        assert value == sum(found for link, found in expected["views"].items() if platform in link)
    followers = engine.lines(indicators()["followers"], SEPTEMBER)
    assert {line["captured_at"].day for line in followers} == {25}
    assert len(followers) == 2
