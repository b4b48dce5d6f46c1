import sqlite3
import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections


@pytest.fixture
def at_once(db: None, tmp_path) -> Iterator[Callable[..., list]]:
    """Run functions in threads of their own over one database file, all let go at the same moment; give their results.

    The tests' own database lives in memory inside one connection, where nothing can happen at the same time.
    """
    if connection.vendor != "sqlite":
        pytest.skip("Copies a SQLite file; on PostgreSQL the row lock does the same and is not exercised here.")
    path = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        schema = [sql for (sql,) in cursor.fetchall()]
    copy = sqlite3.connect(path)
    copy.executescript(";".join(schema))
    copy.close()
    settings = connections.settings["default"]
    name, settings["NAME"] = settings["NAME"], str(path)

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

    yield run
    settings["NAME"] = name
