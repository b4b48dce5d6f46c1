from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.factories.day import TEN


@pytest.fixture
def monday() -> Iterator[Any]:
    """Let it be a Monday, ten in the morning at the centre; gives the clock, to move it."""
    with time_machine.travel(TEN, tick=False) as clock:
        yield clock
