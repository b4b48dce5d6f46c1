"""The event store: Parquet and DuckDB, built aside, swapped in one step, opened read-only."""
