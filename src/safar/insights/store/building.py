"""Build the event store aside and swap it in; readers never wait and never see half."""

import shutil
from collections.abc import Callable

from safar.insights.extract.keys import keys_of_node
from safar.insights.extract.rows import Extraction
from safar.insights.extract.schemas import TABLES
from safar.insights.extract.sources import SOURCES
from safar.insights.store import folder, keymap, versions
from safar.insights.store.folder import Manifest, Progress
from safar.insights.store.writing import load_database, write_parquet
from safar.kernel.clock import now
from safar.kernel.ids import new_id


class BuildRunningError(RuntimeError):
    """Somebody else is building; the result will be the same."""


def build(report: Callable[[Progress], None] | None = None) -> Manifest:
    """Extract everything, write Parquet and DuckDB, publish; raises BuildRunningError when a build is under way."""
    with folder.only_one() as mine:
        if not mine:
            raise BuildRunningError("The event store is being built already.")
        try:
            return _build(report or (lambda _: None))
        finally:
            folder.note_progress(None)


def _build(report: Callable[[Progress], None]) -> Manifest:
    # Read before the rows: a record written meanwhile makes the build stale, never wrongly fresh.
    version = versions.data_version()
    name, started = str(new_id()), now().isoformat(timespec="seconds")
    (folder.root() / "builds").mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = folder.root() / f"aside-{name}"
    (aside / "private").mkdir(parents=True, mode=0o700)
    try:
        run, rows = Extraction(keys_of_node(folder.root())), {}
        for done, table in enumerate(TABLES):
            progress = Progress(table=table, done=done, of=len(TABLES), started_at=started)
            folder.note_progress(progress)
            report(progress)
            rows[table] = write_parquet(table, SOURCES[table](run), aside)
        keymap.write(run.key_map, aside / folder.KEY_MAP)
        load_database(aside, aside / folder.DATABASE)
        manifest = Manifest(build=name, data_version=version, built_at=started, rows=rows)
        folder.publish(aside, manifest)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return manifest
