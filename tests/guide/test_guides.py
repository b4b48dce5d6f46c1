import datetime as dt

import pytest
from django.http import Http404

from safar.guide.enums import Origin
from safar.guide.queries import guides
from tests.factories import guide

pytestmark = pytest.mark.django_db


def test_a_guide_has_the_sections_that_hold_facts_in_reading_order():
    guide.guide()
    guide.fact(section="scams")
    guide.fact(section="legal_channels")
    page = guides.page("kr")
    assert [section.code for section in page.sections] == ["legal_channels", "scams"]
    assert (page.facts, page.expired, page.is_mostly_expired) == (2, 0, False)


def test_in_a_section_expired_facts_stand_behind_the_others():
    guide.guide()
    guide.fact(key="old", position=1, source_date=dt.date(2020, 1, 1), origin=Origin.SHIPPED)
    guide.fact(key="new", position=2)
    section = guides.page("KR").sections[0]
    assert [(fact.version.fact.key, fact.is_expired) for fact in section.facts] == [("new", False), ("old", True)]


def test_a_guide_without_facts_is_empty_and_was_never_checked():
    guide.guide()
    page = guides.page("KR")
    assert (page.sections, page.last_verified_on) == ([], None)


def test_an_unpublished_guide_is_not_there():
    guide.guide(is_published=False)
    assert guides.published() == []
    with pytest.raises(Http404):
        guides.page("KR")


def test_a_guide_page_takes_two_queries_however_many_facts_it_has(django_assert_num_queries):
    guide.guide()
    for _each in range(6):
        guide.fact()
    with django_assert_num_queries(2):
        guides.page("KR")
    assert guides.published()[0].destination == "KR"


def test_advice_holds_everywhere_and_expired_advice_comes_last():
    guide.fact(
        key="old", kind="advice", destination="", section="", source_date=dt.date(2019, 1, 1), origin=Origin.SHIPPED
    )
    guide.fact(key="now", kind="advice", destination="", section="", position=5)
    guide.fact(key="fact")
    assert [fact.version.fact.key for fact in guides.advice()] == ["now", "old"]


def test_rows_are_named_by_their_stable_keys():
    fact = guide.fact(key="kr-fee", topics=("contract",))
    assert str(guide.guide()) == "KR"
    assert str(fact) == "kr-fee"
    assert str(fact.topics.get()) == "contract"
    assert str(fact.versions.get()).endswith(" v1")
