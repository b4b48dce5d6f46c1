"""Runs the model on DuckDB: canonical columns in, judged pairs out, within a budget of memory."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safar.methods.linkage.model import learnt, settings
from safar.methods.linkage.preparation import judged_sql, prepared_sql

if TYPE_CHECKING:
    import pyarrow as pa

THREADS, MEMORY = 2, "1500MB"
TRUE_PAIRS_A_RECORD = 0.25
"""How many true pairs are expected for each record before anything is seen; `link.calibrated` takes the registry's own share."""

LEAST_WEIGHT = -4.0
"""Pairs of less weight (1 in 17) are not kept: nobody would review them."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair by the numbers of its records, smaller first: bits for it with the prior, and whether a guard speaks against it."""

    one: int
    other: int
    weight: float
    contradicted: bool


def chance_of_a_pair(records: int) -> float:
    """Return the chance that two records drawn at random are one person, before anything is seen."""
    return min(0.5, TRUE_PAIRS_A_RECORD * 2 / max(records - 1, 1))


def judge(tables: "Iterable[pa.Table]", *, threads: int = THREADS, memory: str = MEMORY) -> list[Judged]:
    """Return the pairs worth a look among records in canonical columns, in the order of their numbers."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="safar-link-") as folder:
        connection = duckdb.connect(str(Path(folder) / "registry.duckdb"))
        try:
            connection.execute(f"SET threads = {int(threads)}")
            connection.execute(f"SET memory_limit = '{memory}'")
            connection.execute(f"SET temp_directory = '{folder}'")
            _load(connection, tables)
            return _predicted(connection)
        finally:
            connection.close()


def _load(connection: Any, tables: "Iterable[pa.Table]") -> None:
    for place, table in enumerate(tables):
        connection.register("arrived", table)
        made = "INSERT INTO canonical" if place else "CREATE TABLE canonical AS"
        connection.execute(f"{made} SELECT * FROM arrived")  # noqa: S608
        connection.unregister("arrived")
    connection.execute(f"CREATE TABLE prepared AS {prepared_sql('canonical')}")
    connection.execute("DROP TABLE canonical")


def _predicted(connection: Any) -> list[Judged]:
    from splink import DuckDBAPI, Linker

    ((records,),) = connection.execute("SELECT count(*) FROM prepared").fetchall()
    api = DuckDBAPI(connection)
    model = settings(learnt(), prior=chance_of_a_pair(records))
    linker = Linker(api.register("prepared"), model, log_level=None)
    predicted = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT, warning_mode="never")
    found = connection.execute(
        f"{judged_sql(predicted.physical_name, 'prepared')} ORDER BY number_l, number_r"
    ).fetchall()
    return [Judged(*row) for row in found]
