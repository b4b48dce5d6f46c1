"""The last place is given once, with real threads on the engine in use."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from safar.awareness.actions import signups
from safar.awareness.models import SignUp
from safar.kernel.actor import VISITOR
from safar.kernel.ids import new_id
from tests.factories import awareness

# Threads see only what is committed; SQLite works on a copy, which needs no emptying afterwards.
pytestmark = pytest.mark.django_db(transaction=connection.vendor != "sqlite")


def test_the_last_places_are_not_given_twice(at_once) -> None:
    [made] = at_once(lambda: awareness.upcoming(capacity=3))
    take = partial(signups.sign_up, session_id=made.pk, language="uz", by=VISITOR)
    results = at_once(*[take] * 8)
    assert sum(isinstance(result, SignUp) for result in results) == 3
    assert sum(isinstance(result, ValidationError) for result in results) == 5
    assert at_once(SignUp.objects.count) == [3]


def test_a_double_press_takes_one_place(at_once) -> None:
    [made] = at_once(lambda: awareness.upcoming(capacity=3))
    take = partial(signups.sign_up, session_id=made.pk, language="uz", form_key=str(new_id()), by=VISITOR)
    first, second = at_once(take, take)
    assert first == second
    assert at_once(SignUp.objects.count) == [1]
