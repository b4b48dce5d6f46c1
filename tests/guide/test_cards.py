import datetime as dt

import pytest

from safar.guide.enums import Origin
from safar.guide.queries import facts as queries
from tests.factories import guide

pytestmark = pytest.mark.django_db


def keys(cards):
    return [card.key for card in cards]


def test_cards_of_a_topic_are_the_advice_for_all_and_the_facts_of_the_destination():
    guide.fact(key="kr", topics=("contract",))
    guide.fact(key="ru", destination="RU", topics=("contract",))
    guide.fact(key="advice", kind="advice", destination="", section="", topics=("contract",))
    guide.fact(key="other", topics=("travel",))
    assert keys(queries.cards("contract", "KR")) == ["kr", "advice"]
    assert keys(queries.cards("contract")) == ["advice"]


def test_a_card_with_several_of_the_topics_comes_once():
    guide.fact(key="both", topics=("contract", "travel"))
    assert keys(queries.cards(["contract", "travel"], "KR")) == ["both"]


def test_without_a_topic_all_cards_of_the_destination_are_offered():
    guide.fact(key="one", topics=("travel",))
    assert keys(queries.cards("", "KR")) == ["one"]


def test_an_expired_card_says_so_and_stands_last():
    guide.fact(key="old", position=0, source_date=dt.date(2020, 1, 1), origin=Origin.SHIPPED)
    guide.fact(key="new", position=9)
    cards = queries.cards("contract", "KR")
    assert [(card.key, card.is_expired) for card in cards] == [("new", False), ("old", True)]


def test_the_number_of_queries_does_not_grow_with_the_cards(django_assert_num_queries):
    for _each in range(5):
        guide.fact()
    with django_assert_num_queries(1):
        assert len(queries.cards("contract", "KR")) == 5
