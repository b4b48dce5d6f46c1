import pytest
from django.db import transaction

from safar.kernel import tasks
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


def test_the_work_of_the_night_is_found_without_being_named_and_ordered_by_name(monkeypatch) -> None:
    names = [job.name for job in tasks.night_jobs()]
    assert "trust.end_what_is_due" in names
    assert names == sorted(names)


def test_work_declared_twice_is_done_once(monkeypatch) -> None:
    monkeypatch.setattr(tasks, "_JOBS", {})

    def sweep() -> str:
        return "swept"

    sweep.__module__ = "safar.people.tasks"
    assert tasks.every_night(tasks.every_night(sweep)) is sweep
    assert [(job.name, job.run()) for job in tasks._JOBS.values()] == [("people.sweep", "swept")]
