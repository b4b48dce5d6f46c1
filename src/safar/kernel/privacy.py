"""How private each field is, and the parts over which a person's export and erasure run.

A domain classifies the fields of its models in `privacy.py` (`FIELDS`) and registers one `Part` there; trust runs over all
parts without knowing any domain by name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.module_loading import autodiscover_modules, module_has_submodule


class Privacy(StrEnum):
    """What may become of a field: the further down, the fewer people see it and the less of it may leave the centre."""

    PUBLIC = "public"  # may stand on the public pages
    INTERNAL = "internal"  # about the work, not about a person
    PERSONAL = "personal"  # says who somebody is, or leads to them
    SENSITIVE = "sensitive"  # special data in the sense of the law: health, vulnerability, bans, beliefs
    SEALED = "sealed"  # opened only by named people, never listed, searched, counted or exported in bulk


FIELDS: dict[str, Privacy] = {
    "UsedKey.id": Privacy.INTERNAL,
    "UsedKey.recorded_at": Privacy.INTERNAL,
    "UsedKey.key": Privacy.INTERNAL,
    "UsedKey.result": Privacy.INTERNAL,
}


def classed(privacy: Privacy, model: str, *names: str) -> dict[str, Privacy]:
    """Return the entries of a domain's `FIELDS` that give fields of one model the same class."""
    return {f"{model}.{name}": privacy for name in names}


@dataclass(frozen=True, slots=True)
class Effect:
    """What erasing a person does to one kind of record: how many go, how many stay as an unlinked tally, and what that is."""

    what: str
    goes: int
    stays: int = 0
    left: str = ""


def _no_effects(_person_key: UUID) -> Sequence[Effect]:
    return ()


@dataclass(frozen=True, slots=True)
class Part:
    """What one domain knows about a person, by that person's key."""

    name: str
    export: Callable[[UUID], Mapping[str, Any]]
    erase: Callable[[UUID], None]
    preview: Callable[[UUID], Sequence[Effect]] = _no_effects


_PARTS: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Add a domain's part; a name taken twice is a programming error, since one of the two would silently not be erased."""
    if _PARTS.get(part.name, part) is not part:
        raise ValueError(f'The privacy part "{part.name}" is registered twice.')
    _PARTS[part.name] = part


_SAME_PERSON: list[Callable[[UUID], Sequence[UUID]]] = []


def register_same_person(keys: Callable[[UUID], Sequence[UUID]]) -> None:
    """Let the registry say which keys are one person; parts below it, which know nobody, ask through `keys_of`."""
    _SAME_PERSON[:] = [keys]


def keys_of(person_key: UUID) -> Sequence[UUID]:
    """Return every key under which something may be held about the person, the given one among them."""
    found = _SAME_PERSON[0](person_key) if _SAME_PERSON else []
    return [person_key, *(key for key in found if key != person_key)]


def parts() -> tuple[Part, ...]:
    """Return the parts from the lowest domain to the highest, which is the order of the installed apps."""
    autodiscover_modules("privacy")
    # Not the order of import: whoever imports one `privacy.py` first must not change what is erased before what.
    order = [config.label for config in apps.get_app_configs()]
    return tuple(sorted(_PARTS.values(), key=lambda part: order.index(part.name) if part.name in order else len(order)))


def fields() -> dict[str, Privacy]:
    """Return the class of every field of every domain, as `domain.Model.field`."""
    found: dict[str, Privacy] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("safar.") and module_has_submodule(config.module, "privacy"):
            module = import_module(f"{config.name}.privacy")
            found |= {f"{config.label}.{name}": privacy for name, privacy in module.FIELDS.items()}
    return found
