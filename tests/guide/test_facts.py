import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from safar.guide.actions import facts
from safar.guide.enums import Origin
from safar.guide.models import FactVersion
from safar.guide.queries import facts as queries
from safar.guide.rules import FactPlace
from safar.kernel.actor import MACHINE
from safar.trust.models import AuditEntry
from tests.factories import guide

pytestmark = pytest.mark.django_db


def test_a_change_writes_a_new_version_and_the_old_one_still_reads_as_it_was_told():
    fact = guide.fact()
    told = FactVersion.objects.get(fact=fact)
    facts.change(fact_id=fact.pk, content=guide.content(statement={"en": "The fee is 20."}), by=MACHINE)
    cards = queries.told([told.pk])
    assert str(cards[told.pk].statement) == "The fee is 10."
    assert [version.number for version in FactVersion.objects.filter(fact=fact, is_current=True)] == [2]


def test_a_change_that_changes_nothing_is_refused_because_a_check_is_meant():
    fact = guide.fact()
    with pytest.raises(ValidationError):
        facts.change(fact_id=fact.pk, content=guide.content(), by=MACHINE)
    assert FactVersion.objects.count() == 1


def test_uzbek_in_cyrillic_is_derived_and_a_hand_written_one_is_kept():
    fact = guide.fact()
    assert FactVersion.objects.get(fact=fact).title["uz-cyrl"] == "Бож"
    written = guide.content(title={"uz": "Boj", "uz-cyrl": "Давлат божи"})
    assert facts.change(fact_id=fact.pk, content=written, by=MACHINE).title["uz-cyrl"] == "Давлат божи"


def test_a_check_extends_the_term_and_keeps_the_words(actor):
    coordinator = actor("coordinator")
    fact = guide.fact(source_date=dt.date(2025, 1, 1), origin=Origin.SHIPPED)
    version = FactVersion.objects.get(fact=fact)
    assert version.expires_on == dt.date(2025, 6, 30)
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)):
        facts.verify(fact_id=fact.pk, valid_days=90, by=coordinator)
    version.refresh_from_db()
    assert (version.number, version.verified_on, version.expires_on) == (
        1,
        dt.date(2026, 11, 24),
        dt.date(2027, 2, 22),
    )
    assert version.verified_by_id == coordinator.id
    assert AuditEntry.objects.filter(action="guide.facts.verify", subject_key=fact.pk).exists()


def test_shipped_text_counts_as_checked_on_the_day_of_its_source_and_no_later():
    fact = guide.fact(source_date=dt.date(2025, 3, 1), origin=Origin.SHIPPED)
    version = FactVersion.objects.get(fact=fact)
    assert version.verified_on == dt.date(2025, 3, 1)
    assert version.verified_by is None


def test_a_retired_fact_leaves_the_cards_and_cannot_be_changed():
    fact = guide.fact(topics=("contract",))
    facts.retire(fact_id=fact.pk, reason="The scheme ended", by=MACHINE)
    assert queries.cards("contract", "KR") == []
    for action in (
        lambda: facts.verify(fact_id=fact.pk, by=MACHINE),
        lambda: facts.change(fact_id=fact.pk, content=guide.content(unit="UZS"), by=MACHINE),
        lambda: facts.assign(fact_id=fact.pk, owner=None, by=MACHINE),
    ):
        with pytest.raises(ValidationError):
            action()
    assert FactVersion.objects.filter(fact=fact).count() == 1


def test_a_retirement_needs_a_reason():
    with pytest.raises(ValidationError) as refused:
        facts.retire(fact_id=guide.fact().pk, reason=" ", by=MACHINE)
    assert "reason" in refused.value.message_dict


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"title": {"en": " "}}, "title"),
        ({"statement": {}}, "statement"),
        ({"source_title": ""}, "source_title"),
        ({"source_url": "gazette.uz/1"}, "source_url"),
        ({"source_date": dt.date(2999, 1, 1)}, "source_date"),
        ({"valid_days": 0}, "valid_days"),
        ({"valid_days": 5000}, "valid_days"),
    ],
)
def test_a_fact_that_cannot_be_checked_is_refused_at_the_field(fields, at):
    place = FactPlace("k", "fact", "KR", "costs")
    with pytest.raises(ValidationError) as refused:
        facts.add(place=place, content=guide.content(**fields), by=MACHINE)
    assert at in refused.value.message_dict


@pytest.mark.parametrize(
    ("place", "at"),
    [
        (FactPlace("k", "rumour"), "kind"),
        (FactPlace("k", "fact", "KR", "weather"), "section"),
        (FactPlace("k", "fact", "", "costs"), "section"),
    ],
)
def test_a_fact_belongs_to_a_destination_and_a_section(place, at):
    with pytest.raises(ValidationError) as refused:
        facts.add(place=place, content=guide.content(), by=MACHINE)
    assert at in refused.value.message_dict


def test_two_facts_cannot_share_a_key():
    guide.fact(key="twice")
    with pytest.raises(ValidationError):
        guide.fact(key="twice")


def test_only_who_keeps_the_guide_may_change_it(actor):
    fact = guide.fact()
    for role in ("counsellor", "ministry_viewer"):
        with pytest.raises(PermissionDenied):
            facts.verify(fact_id=fact.pk, by=actor(role))


def test_an_owner_answers_for_a_fact_and_stands_on_the_board(actor, staff_member):
    owner = staff_member("counsellor")
    fact = guide.fact(source_date=dt.date(2020, 1, 1), origin=Origin.SHIPPED)
    guide.fact()
    facts.assign(fact_id=fact.pk, owner=owner, by=MACHINE)
    board = queries.board(by=actor("counsellor"))
    assert [(line.owner, line.facts, line.expired) for line in board.owners] == [(owner.full_name, 1, 1), ("", 1, 0)]
    assert [version.fact.key for version in board.expired] == [fact.key]
    assert queries.expired_count() == 1


def test_the_board_is_closed_to_who_may_not_read_it(actor):
    with pytest.raises(PermissionDenied):
        queries.board(by=actor("data_protection_officer"))


def test_the_board_sorts_by_how_long_a_fact_still_holds(actor):
    soon = guide.fact(valid_days=10)
    guide.fact(valid_days=300)
    board = queries.board(by=actor("counsellor"))
    assert [version.fact.key for version in board.due] == [soon.key]
    assert len(board.fresh) == 1
    assert queries.due_count() == 1


def test_a_fact_without_a_version_in_force_is_not_found(actor):
    fact = guide.fact(key="gone")
    FactVersion.objects.all().delete()
    with pytest.raises(Http404):
        queries.current(queries.get(fact.key, by=actor("counsellor")))
