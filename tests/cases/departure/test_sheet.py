"""The take-home sheet tells what was said that day, in the words of that day."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from safar.cases.queries import departure_sheet
from safar.cases.queries.departure_sheet import asks_for_discretion, sheet_of
from safar.cases.rules.contacts import Advice
from safar.guide.actions import facts
from safar.guide.enums import Origin
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.models import ContactPoint
from safar.trust.enums import AuditVerb
from safar.trust.models import AuditEntry
from tests.factories import cases as make
from tests.factories import departure as depart
from tests.factories import guide

pytestmark = pytest.mark.django_db


def told(*known) -> tuple[Advice, ...]:
    return tuple(Advice(fact.key, fact.versions.get(is_current=True).pk) for fact in known)


@pytest.fixture
def person(home_centre):
    return make.person(home_centre)


def test_a_card_that_was_changed_since_reads_as_it_was_told(home_centre, person):
    stays, changes = guide.fact(source_date=today()), guide.fact(source_date=today())
    contact = make.contact(home_centre, person, destination="KR", advice=told(stays, changes))
    said = guide.content(statement={"en": "The fee is 99."}, value=Decimal(99), source_date=today())
    facts.change(fact_id=changes.pk, content=said, by=MACHINE)
    sheet = sheet_of(contact.pk, by=MACHINE)
    assert [card.statement.text("en") for card in sheet.cards] == ["The fee is 10.", "The fee is 10."]
    assert sheet.outdated == {sheet.cards[1].version_id}


def test_an_old_card_is_marked(home_centre):
    old = guide.fact(origin=Origin.SHIPPED, source_date=today() - dt.timedelta(days=400))
    contact = make.contact(home_centre, advice=told(old))
    assert len(sheet_of(contact.pk, by=MACHINE).outdated) == 1


def test_it_brings_papers_days_and_whom_to_call(home_centre, person):
    number = guide.fact(section="emergency", source_date=today())
    wage = guide.fact(section="wages", source_date=today())
    guide.fact(section="emergency", origin=Origin.SHIPPED, source_date=today() - dt.timedelta(days=400))
    guide.fact(section="emergency", destination="RU", source_date=today())
    contact = make.contact(home_centre, person, destination="KR")
    paper = depart.ticked(home_centre, contact_id=contact.pk)
    referral = make.referral(home_centre, person)
    sheet = sheet_of(contact.pk, by=MACHINE)
    assert [card.key for card in sheet.numbers] == [number.key]
    assert [card.key for card in sheet.wages] == [wage.key]
    assert (sheet.checklist, sheet.referrals, sheet.visits) == (paper, [referral], [])
    assert [card.key for card in departure_sheet.numbers_for("KR")] == [number.key]
    assert departure_sheet.numbers_for("") == []


def test_somebody_without_a_file_has_a_sheet_too(home_centre):
    contact = make.contact(home_centre)
    referral = make.referral(home_centre, contact_id=contact.pk)
    sheet = sheet_of(contact.pk, by=MACHINE)
    assert (sheet.referrals, sheet.visits, sheet.wants_discretion) == ([referral], [], False)
    assert not AuditEntry.objects.filter(action__startswith="cases.sheet").exists()


def test_who_opens_and_who_prints_a_persons_sheet_is_in_the_trail(home_centre, person, actor):
    contact, by = make.contact(home_centre, person), actor("outreach_officer")
    sheet_of(contact.pk, by=by)
    sheet_of(contact.pk, by=by, verb=AuditVerb.EXPORT)
    rows = AuditEntry.objects.filter(action__startswith="cases.sheet", person_key=person.pk)
    assert sorted(rows.values_list("action", "verb")) == [("cases.sheet.open", "read"), ("cases.sheet.print", "export")]
    with pytest.raises(PermissionDenied):
        sheet_of(contact.pk, by=actor("ministry_viewer"))


@pytest.mark.parametrize(
    ("agreed", "discreet"),
    [
        ({}, False),
        ({"wording": "open", "answered_by": "family"}, False),
        ({"answered_by": "family"}, True),
        ({"safety": "unsafe"}, True),
        ({"wording": "code_word", "code_word": "Flour"}, True),
    ],
)
def test_who_asked_for_discretion(person, agreed, discreet):
    ContactPoint.objects.filter(person=person).update(**agreed)
    assert asks_for_discretion(person) is discreet
