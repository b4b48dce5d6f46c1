"""The menu: each desk area has a `nav.py` with its entries; a person sees those their roles allow."""

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from django.utils.functional import Promise

from safar import desk
from safar.kernel.actor import Actor, Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    label: str | Promise
    url_name: str
    icon: str
    permission: Permission
    order: int


def _all_entries() -> list[Entry]:
    entries: list[Entry] = []
    for module in iter_modules(desk.__path__):
        if module.ispkg and module.name != "migrations":
            try:
                entries += import_module(f"safar.desk.{module.name}.nav").ENTRIES
            except ModuleNotFoundError as error:
                if error.name != f"safar.desk.{module.name}.nav":
                    raise
    return sorted(entries, key=lambda entry: entry.order)


def menu_for(actor: Actor) -> list[Entry]:
    return [entry for entry in _all_entries() if actor.may(entry.permission)]
