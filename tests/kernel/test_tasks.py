import pytest
from django.db import transaction

from safar.kernel.tasks import after_commit


@pytest.mark.django_db
def test_a_message_leaves_only_after_the_commit(django_capture_on_commit_callbacks) -> None:
    sent: list[str] = []
    with django_capture_on_commit_callbacks(execute=True):
        after_commit(sent.append, "letter")
        assert sent == []
    assert sent == ["letter"]


@pytest.mark.django_db
def test_no_message_leaves_for_a_record_that_was_rolled_back(django_capture_on_commit_callbacks) -> None:
    sent: list[str] = []
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        after_commit(sent.append, "letter")
        transaction.set_rollback(True)
    assert sent == []
