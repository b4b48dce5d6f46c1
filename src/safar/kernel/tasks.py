"""Side effects wait for the commit, and what is done every night is declared where it belongs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec

from django.db import transaction
from django.utils.module_loading import autodiscover_modules

P = ParamSpec("P")


def after_commit(function: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Call `function` once the surrounding transaction has been committed: nothing may leave for a record rolled back."""
    transaction.on_commit(partial(function, *args, **kwargs))


@dataclass(frozen=True, slots=True)
class NightJob:
    """One piece of work of every night; a second run on the same night must change nothing."""

    name: str
    run: Callable[[], object]


_JOBS: dict[str, NightJob] = {}


def every_night(function: Callable[[], object]) -> Callable[[], object]:
    """Declare a function of a `tasks.py` as work of every night: `./safar nightly` calls it."""
    name = f"{function.__module__.removesuffix('.tasks').removeprefix('safar.')}.{function.__name__}"
    _JOBS[name] = NightJob(name, function)
    return function


def night_jobs() -> tuple[NightJob, ...]:
    """Return the work of every night, of all apps, by name."""
    autodiscover_modules("tasks")
    return tuple(_JOBS[name] for name in sorted(_JOBS))
