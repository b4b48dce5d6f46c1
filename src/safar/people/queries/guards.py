"""What the registry cannot see from below: whose file needs a second person, and whose file is closed to whom.

A domain above registers a guard in its own `guards.py`; the registry asks all of them and knows none by name.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.module_loading import autodiscover_modules

from safar.kernel.actor import Actor
from safar.trust.models import SealedNote
from safar.trust.queries import sealed


def _nobody(_person_ids: Collection[UUID], _by: Actor) -> set[UUID]:
    return set()


@dataclass(frozen=True, slots=True)
class Guard:
    """One domain's answer: who of these people may only be merged by two, and whose file this actor may not open."""

    name: str
    needs_second: Callable[[Collection[UUID]], set[UUID]]
    closed_to: Callable[[Collection[UUID], Actor], set[UUID]] = _nobody


_GUARDS: dict[str, Guard] = {}


def register_guard(guard: Guard) -> None:
    """Add a domain's guard; a name taken twice would silently drop one of the two."""
    if _GUARDS.get(guard.name, guard) is not guard:
        raise ValueError(f'The guard "{guard.name}" is registered twice.')
    _GUARDS[guard.name] = guard


def needing_second(person_ids: Collection[UUID]) -> set[UUID]:
    """Return who of these people may be merged only when a second person confirms it."""
    return set().union(*(guard.needs_second(person_ids) for guard in _guards()))


def closed_to(person_ids: Collection[UUID], by: Actor) -> set[UUID]:
    """Return whose file may not be put before this actor's eyes beside another one."""
    return set().union(*(guard.closed_to(person_ids, by) for guard in _guards()))


def _guards() -> list[Guard]:
    autodiscover_modules("guards")
    return list(_GUARDS.values())


def _sealed(person_ids: Collection[UUID]) -> set[UUID]:
    notes = SealedNote.objects.filter(person_key__in=person_ids).order_by("id")
    return set(notes.values_list("person_key", flat=True))


def _sealed_to(person_ids: Collection[UUID], by: Actor) -> set[UUID]:
    return {key for key in _sealed(person_ids) if not sealed.kinds_readable(key, by=by)}


register_guard(Guard("sealed", _sealed, _sealed_to))
