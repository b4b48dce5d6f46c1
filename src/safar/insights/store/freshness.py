"""Bring the store up to date when somebody looks: a small node at once, a large one beside the page."""

import logging
import threading
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from safar.insights.store import building, folder, versions
from safar.insights.store.folder import Manifest, Progress

_LOG = logging.getLogger(__name__)
# Up to so many changes a build takes a few seconds, which a reader would rather wait than read an old figure.
AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Freshness:
    """What the page can show now, and whether newer records wait."""

    manifest: Manifest | None
    is_stale: bool
    progress: Progress | None


def ensure(*, at_once: int = AT_ONCE) -> Freshness:
    """Return the current build; when it is behind, rebuild first, or start a rebuild that this page does not wait for."""
    manifest = folder.current()
    if manifest is not None and manifest.data_version == versions.data_version():
        return Freshness(manifest, is_stale=False, progress=None)
    if versions.changes() <= at_once:
        try:
            return Freshness(building.build(), is_stale=False, progress=None)
        except building.BuildRunningError:
            return Freshness(folder.current(), is_stale=True, progress=folder.progress())
    threading.Thread(target=_build_beside, name="insights-build", daemon=True).start()
    return Freshness(manifest, is_stale=True, progress=folder.progress())


def _build_beside() -> None:
    try:
        building.build()
    except building.BuildRunningError:
        pass
    except Exception:  # noqa: BLE001  (whatever it is, it must reach the log)
        # Nobody waits for this thread: without the line in the log the figures would stay old for no visible reason.
        _LOG.exception("The event store could not be rebuilt in %s", settings.DATA_FOLDER)
    finally:
        connection.close()
