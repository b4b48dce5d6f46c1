"""Side effects wait for the commit: a message must not leave for a record that was rolled back."""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec

from django.db import transaction

P = ParamSpec("P")


def after_commit(function: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Call `function` once the surrounding transaction has been committed."""
    transaction.on_commit(partial(function, *args, **kwargs))
