import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection, connections

from tests.awareness.conftest import at_once
from tests.factories.day import TEN

__all__ = ["at_once"]


@pytest.fixture
def monday() -> Iterator[Any]:
    """Let it be a Monday, ten in the morning at the centre; gives the clock, to move it."""
    with time_machine.travel(TEN, tick=False) as clock:
        yield clock


@pytest.fixture
def database_for_all(tmp_path) -> Iterator[None]:
    """Give threads one database, as in tests/awareness; written in one transaction, for a disc shared with others is slow."""
    if connection.vendor != "sqlite":
        yield
        return
    path = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        schema = [sql for (sql,) in cursor.fetchall()]
    copy = sqlite3.connect(path)
    copy.executescript(f"PRAGMA synchronous = OFF; BEGIN; {';'.join(schema)}; COMMIT")
    copy.close()
    settings = connections.settings["default"]
    name, settings["NAME"] = settings["NAME"], str(path)
    yield
    settings["NAME"] = name
