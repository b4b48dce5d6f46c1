"""Event rows to Parquet, Parquet to DuckDB; all in a folder nobody reads yet."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from safar.insights.extract.schemas import TABLES, arrow_schema

_BATCH = 20_000
# Districts reached are a question to two tables at once; as a table of its own it is an indicator like any other.
_COVERAGE = """
CREATE TABLE coverage AS
SELECT district, region, centre, held_on AS "on", month, 'session' AS source FROM sessions
WHERE status IN ('approved', 'locked') AND district <> ''
UNION ALL
SELECT district, region, centre, occurred_on, month, 'contact' FROM contacts WHERE district <> ''
"""


def write_parquet(table: str, rows: Iterable[Mapping[str, Any]], folder: Path) -> int:
    """Write one table in batches, so that memory does not grow with the number of rows; return the number of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(table)
    written = 0
    with pq.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd") as writer:
        for batch in _batches(rows):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            written += len(batch)
    return written


def _batches(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def load_database(folder: Path, database: Path) -> None:
    """Load every Parquet file of the folder into a fresh DuckDB file and derive the tables that follow from others."""
    import duckdb

    with duckdb.connect(str(database)) as connection:
        for table in TABLES:
            connection.execute(
                f'CREATE TABLE "{table}" AS SELECT * FROM read_parquet(?)',  # noqa: S608  (names are ours)
                [str(folder / f"{table}.parquet")],
            )
        connection.execute(_COVERAGE)
