import os
import stat
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from safar.trust.models import SealedNote
from safar.trust.sealing import CannotOpenError, Keyring, read_keyring

VARIABLE = "SAFAR_SEALED_KEY"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class KeyState:
    """What is to be said of the key: nothing, or what is wrong and how to mend it."""

    keys: int
    warnings: tuple[str, ...]


def path() -> Path:
    """Return the key file: the one named by the environment, else the one in the data folder."""
    return Path(os.environ.get(f"{VARIABLE}_FILE") or Path(settings.DATA_FOLDER) / "sealed_key")


def keyring() -> Keyring:
    """Return the keys; raises CannotOpenError when there is no key file, ValueError when it is not one.

    Read at each use and never cached: a key kept in memory outlives the moment somebody takes the medium away.
    """
    if text := os.environ.get(VARIABLE):
        return read_keyring(text)
    try:
        return read_keyring(path().read_text(encoding="ascii"))
    except FileNotFoundError as error:
        raise CannotOpenError("There is no key for sealed notes on this machine.") from error


def is_there() -> bool:
    """Return whether notes can be sealed and opened on this machine."""
    try:
        keyring()
    except (CannotOpenError, ValueError):
        return False
    return True


def state() -> KeyState:
    """Say what is wrong with the key: missing, readable by others, beside the data, or not the one notes were sealed with."""
    try:
        ring = keyring()
    except (CannotOpenError, ValueError) as error:
        return KeyState(0, (f"{error} Make one with `./safar manage sealed_key make` and keep two copies.",))
    warnings = [] if os.environ.get(VARIABLE) else _about_the_file(path())
    held = {key.id for key in ring.keys}
    used = set(SealedNote.objects.order_by("key_id").values_list("key_id", flat=True).distinct())
    if lost := sorted(used - held):
        warnings.append(f"Notes were sealed with keys that are not here: {', '.join(lost)}. Bring them back.")
    if len(ring.keys) > 1:
        warnings.append("Old keys are still in the key file: `./safar manage sealed_key rotate` finishes the change.")
    return KeyState(len(ring.keys), tuple(warnings))


def _about_the_file(file: Path) -> list[str]:
    warnings = []
    if file.stat().st_mode & _OTHERS:
        warnings.append(f"Others may read {file}: chmod 600 it.")
    if not settings.SAFAR_IS_DEMO and file.resolve().is_relative_to(Path(settings.DATA_FOLDER).resolve()):
        warnings.append(f"{file} lies beside the data it protects: move it and name it in {VARIABLE}_FILE.")
    return warnings
