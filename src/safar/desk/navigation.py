"""The menu: each desk area has a `nav.py` with its entries; a person sees those their roles allow."""

from dataclasses import dataclass

from django.utils.functional import Promise

from safar.desk.areas import modules
from safar.kernel.actor import Actor, Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu."""

    label: str | Promise
    url_name: str
    icon: str
    permission: Permission
    order: int


def menu_for(actor: Actor) -> list[Entry]:
    """Return the main menu of this person."""
    entries = [entry for module in modules("nav") for entry in module.ENTRIES]
    return sorted((entry for entry in entries if actor.may(entry.permission)), key=lambda entry: entry.order)


def person_actions_for(actor: Actor) -> list[Entry]:
    """Return what this person may start from somebody's file; each address takes the person's id."""
    entries = [entry for module in modules("nav") for entry in getattr(module, "PERSON_ACTIONS", ())]
    return sorted((entry for entry in entries if actor.may(entry.permission)), key=lambda entry: entry.order)
