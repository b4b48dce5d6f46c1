"""One file that holds an installation, and the proof that what comes out of it is what went in."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.db import connection

MANIFEST = "manifest.json"
DATABASE = "database"
# Rebuilt from the rest, so not worth the space.
_LEFT_OUT = {"static", "insights"}
# Whoever finds a backup must not find in it what opens the sealed notes.
_LEFT_OUT |= {"sealed_key", "sealed_key.new"}


def write(target: Path) -> dict[str, Any]:
    """Write database, received files and keys into `target` (.tar.gz); return the manifest."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _dump(folder / DATABASE)
        for entry in sorted(settings.DATA_FOLDER.iterdir()):
            if entry.name not in _LEFT_OUT and ".sqlite3" not in entry.name:
                copy = shutil.copytree if entry.is_dir() else shutil.copy2
                copy(entry, folder / entry.name)
        manifest = {"rows": row_counts(), "sha256": _hashes(folder)}
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
        with tarfile.open(target, "x:gz") as archive:
            for entry in sorted(folder.iterdir()):
                archive.add(entry, arcname=entry.name)
    target.chmod(0o600)
    return manifest


def restore(source: Path) -> dict[str, Any]:
    """Put a backup into the empty data folder and compare hashes and row counts; raises CommandError on any difference."""
    if any(settings.DATA_FOLDER.glob("*.sqlite3")):
        raise CommandError(f"{settings.DATA_FOLDER} already holds a database. Restore into an empty data folder.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        (folder / MANIFEST).unlink()
        if (found := _hashes(folder)) != manifest["sha256"]:
            damaged = sorted(name for name in manifest["sha256"] if found.get(name) != manifest["sha256"][name])
            raise CommandError(f"The backup is damaged: {', '.join(damaged) or 'it holds files it should not'}.")
        settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
        connection.close()
        _load(folder / DATABASE)
        for entry in folder.iterdir():
            if entry.name != DATABASE:
                target = settings.DATA_FOLDER / entry.name
                if entry.is_dir():
                    shutil.copytree(entry, target, dirs_exist_ok=True)
                else:
                    shutil.copy2(entry, target)
    if (rows := row_counts()) != manifest["rows"]:
        different = sorted(table for table in manifest["rows"] if rows.get(table) != manifest["rows"][table])
        raise CommandError(f"Row counts differ after the restore: {', '.join(different)}.")
    return manifest


def row_counts() -> dict[str, int]:
    """Return how many rows each table holds."""
    with connection.cursor() as cursor:
        counts = {}
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  (names from the database)
            counts[table] = cursor.fetchone()[0]
    return counts


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        # The online backup copies a consistent state while the desk goes on writing; a copied file would not be one.
        connection.ensure_connection()
        copy = sqlite3.connect(target)
        connection.connection.backup(copy)
        copy.close()
    else:
        _run("pg_dump", "--format=custom", "--file", str(target), _postgres_address())


def _load(source: Path) -> None:
    if connection.vendor == "sqlite":
        shutil.copy2(source, str(connection.settings_dict["NAME"]))
    else:
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--dbname", _postgres_address(), str(source))


def _postgres_address() -> str:
    of = connection.settings_dict
    return f"postgresql://{of['USER']}:{of['PASSWORD']}@{of['HOST'] or 'localhost'}:{of['PORT'] or 5432}/{of['NAME']}"


def _run(*command: str) -> None:
    if shutil.which(command[0]) is None:
        raise CommandError(f"{command[0]} is not installed (Debian: apt install postgresql-client).")
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise CommandError(f"{command[0]}: {result.stderr.strip().splitlines()[-1]}")


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
