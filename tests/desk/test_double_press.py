import pytest
from django.urls import reverse

from safar.kernel import once
from safar.people.models import Person
from tests.desk.people.test_pages import TYPED

pytestmark = pytest.mark.django_db


def test_two_presses_at_the_same_moment_end_on_one_file(client_of, monkeypatch) -> None:
    """The second press looks before the first has committed, so that only the database can tell them apart."""
    client = client_of("counsellor")
    first = client.post(reverse("desk:people:register"), TYPED)
    asked = []

    def blind_once(key):
        asked.append(key)
        return None if len(asked) == 1 else look(key)

    look = once.result_of
    monkeypatch.setattr(once, "result_of", blind_once)
    second = client.post(reverse("desk:people:register"), {**TYPED, "register_anyway": "1"})
    assert second.url == first.url
    assert Person.objects.count() == 1
