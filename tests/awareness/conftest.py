import sqlite3
import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections


@pytest.fixture
def database_for_all(tmp_path) -> Iterator[None]:
    """Give threads one database: on PostgreSQL the tests' own; on SQLite a file with the same tables.

    The tests' own SQLite database lives in memory inside one connection, where nothing can happen at the same time.
    """
    if connection.vendor != "sqlite":
        yield
        return
    path = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        schema = [sql for (sql,) in cursor.fetchall()]
    copy = sqlite3.connect(path)
    copy.executescript(";".join(schema))
    copy.close()
    settings = connections.settings["default"]
    name, settings["NAME"] = settings["NAME"], str(path)
    yield
    settings["NAME"] = name


@pytest.fixture
def at_once(database_for_all: None) -> Callable[..., list]:
    """Run functions in threads of their own, all let go at the same moment; give their results."""

    def run(*functions: Callable[[], object]) -> list:
        results: list = [None] * len(functions)
        gate = threading.Barrier(len(functions))

        def work(number: int, function: Callable[[], object]) -> None:
            try:
                gate.wait()
                results[number] = function()
            except Exception as error:  # noqa: BLE001  (handed to the test)
                results[number] = error
            finally:
                connections["default"].close()

        threads = [threading.Thread(target=work, args=pair) for pair in enumerate(functions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return run
