"""A demo node in a process of its own: built once, copied for each module, served as `./safar demo` serves it."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "safar-demo-2026"


class Node:
    """A running demo node; use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        command += ["--workers", "1", "--blocking-threads", "2", "--no-access-log", "--log-level", "warning"]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [*command, "safar.config.wsgi:application"],
                cwd=ROOT, env=environment(self.folder), stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self._wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def rows(self, sql: str, *values: object) -> list[tuple]:
        """Read from the node's own database file, past every line of its code."""
        with sqlite3.connect(f"file:{self.folder / 'safar.sqlite3'}?mode=ro", uri=True, timeout=20) as connection:
            found = connection.execute(sql, values).fetchall()
        connection.close()
        return found

    def one(self, sql: str, *values: object) -> object:
        """Return the first column of the first row; a test that finds nothing to look at has to say so."""
        found = self.rows(sql, *values)
        assert found, f"the demo node has no row for: {sql}"
        return found[0][0]

    def id(self, sql: str, *values: object) -> UUID:
        return UUID(str(self.one(sql, *values)))

    def errors(self) -> str:
        """Return what the server wrote about itself; in a good run that is nothing."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _wait(self) -> None:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            if self._process and self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/robots.txt", timeout=5):  # noqa: S310
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise AssertionError(f"The demo node did not start:\n{self.errors()}")


def build(folder: Path) -> Path:
    """Build the demo once, by the command that visitors use."""
    command = [sys.executable, "-m", "safar.config.command", "demo", "--build-only", "--seed", "1"]
    result = subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"The demo could not be built:\n{result.stdout}\n{result.stderr}"
    return folder


def copy(built: Path, folder: Path) -> Path:
    """Give a test module a node of its own, so that what one module writes surprises no other."""
    return Path(shutil.copytree(built, folder))


def environment(folder: Path) -> dict[str, str]:
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SAFAR_", "DJANGO_", "PYTEST_", "COV_"))
    }
    key = folder / "secret_key"
    if key.exists():
        own["SAFAR_SECRET_KEY"] = key.read_text(encoding="ascii")
    return own | {
        "SAFAR_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "safar.config.settings.demo",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
