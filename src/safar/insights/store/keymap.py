"""The way back from a key to a contact or session, kept in the node and read only to link a row to its page."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

from safar.insights.store import folder


def write(pairs: Sequence[tuple[str, int, str]], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds, keys, identifiers = zip(*pairs, strict=True) if pairs else ((), (), ())
    table = pa.table(
        {
            "kind": pa.array(kinds, pa.string()),
            "key": pa.array(keys, pa.int64()),
            "id": pa.array(identifiers, pa.string()),
        }
    )
    pq.write_table(table, path, compression="zstd")
    path.chmod(0o600)


def resolve(kind: str, keys: Iterable[int]) -> dict[int, UUID]:
    """Return the record of each key of the current build; a key made by no record is left out."""
    import pyarrow.parquet as pq

    manifest, wanted = folder.current(), list(keys)
    if manifest is None or not wanted:
        return {}
    path = folder.build_folder(manifest.build) / folder.KEY_MAP
    table = pq.read_table(path, filters=[("kind", "==", kind), ("key", "in", wanted)])
    return {row["key"]: UUID(row["id"]) for row in table.to_pylist()}
