import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

import safar
from safar.kernel import once
from safar.kernel.ids import new_id


@pytest.mark.django_db
def test_the_second_press_finds_what_the_first_created() -> None:
    key, created = once.fresh_key(), new_id()
    assert once.result_of(key) is None
    once.use(key, created)
    assert once.result_of(key) == created


@pytest.mark.django_db
def test_two_presses_that_both_saw_no_result_cannot_both_keep_theirs() -> None:
    key, first, second = once.fresh_key(), new_id(), new_id()
    assert once.result_of(key) is once.result_of(key) is None
    once.use(key, first)
    with pytest.raises(once.SubmittedTwiceError), transaction.atomic():
        once.use(key, second)
    assert once.result_of(key) == first


@pytest.mark.django_db
def test_a_form_without_a_key_is_simply_done() -> None:
    once.use("", new_id())
    once.use(None, new_id())
    assert once.result_of("") is once.result_of(None) is None
    assert not once.UsedKey.objects.exists()


@pytest.mark.django_db
def test_a_key_that_was_tampered_with_breaks_nothing() -> None:
    once.use("typed by hand", new_id())
    assert once.result_of("typed by hand") is None


@pytest.mark.django_db
def test_a_used_key_reads_as_its_key() -> None:
    key = once.fresh_key()
    once.use(key, new_id())
    assert str(once.UsedKey.objects.get()) == key


RACE = """
import django
django.setup()
from threading import Barrier, Thread
from django.core.management import call_command
from django.db import connection, transaction
from safar.kernel import once
from safar.kernel.ids import new_id

call_command("migrate", "kernel", verbosity=0)
key, start, outcome = once.fresh_key(), Barrier(2), []

def press():
    start.wait()
    try:
        if once.result_of(key):
            outcome.append("found")
            return
        with transaction.atomic():
            once.use(key, new_id())
        outcome.append("created")
    except once.SubmittedTwiceError:
        outcome.append("refused")
    finally:
        connection.close()

threads = [Thread(target=press) for _ in range(2)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(outcome.count("created"), once.UsedKey.objects.count(), len(outcome))
"""


@pytest.mark.slow
def test_of_two_presses_at_the_same_moment_one_counts(tmp_path: Path) -> None:
    """In a process of its own, since threads see one another's rows only in a database that is a file."""
    environment = {
        "SAFAR_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "safar.config.settings.demo",
        "PATH": "/usr/bin",
        "PYTHONPATH": str(Path(safar.__file__).parents[1]),
    }
    done = subprocess.run(
        [sys.executable, "-c", RACE], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.split() == ["1", "1", "2"], done.stderr
