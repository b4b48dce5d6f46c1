"""What ends by itself: each domain registers, beside its privacy part, what is due on a day and how it ends.

Two kinds of parts. A `Rule` finds rows whose term is over and ends them: deletes, empties or erases. A `Keeper` says which
people a domain still needs; a person's file is due only when no keeper asks for it, so that a new domain cannot be forgotten
by an old rule. trust runs over both without knowing any domain by name; the terms stand in the country profile.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of record that ends: `due(day, cut)` gives the rows whose last event lies before `cut`, `end` ends some of them.

    `centre` and `person` are lookups from a row to the key of its centre and of its person; a row that leads to a person
    on hold is spared.
    """

    code: str
    purpose: str
    label: str | Promise
    effect: str | Promise
    due: Callable[[dt.date, dt.date], QuerySet[Any]]
    end: Callable[[Sequence[Any]], None]
    centre: str = ""
    person: str = ""
    # Whether each row is a person's whole file: these may be listed by name before they go, and only so many go in a night.
    is_file: bool = False
    # Said instead of the months where a kind has an end of its own.
    term: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Keeper:
    """The people a domain still needs on a day, as a query of their keys."""

    name: str
    keys: Callable[[dt.date], QuerySet[Any, Any]]


_RULES: dict[str, Rule] = {}
_KEEPERS: dict[str, Keeper] = {}


def register_rule(rule: Rule) -> None:
    """Add a rule; a code taken twice is a programming error, since one of the two would silently never run."""
    if _RULES.get(rule.code, rule) is not rule:
        raise ValueError(f'The retention rule "{rule.code}" is registered twice.')
    _RULES[rule.code] = rule


def register_keeper(keeper: Keeper) -> None:
    """Add a keeper; of two under one name one would silently keep nobody."""
    if _KEEPERS.get(keeper.name, keeper) is not keeper:
        raise ValueError(f'The keeper "{keeper.name}" is registered twice.')
    _KEEPERS[keeper.name] = keeper


def rules() -> tuple[Rule, ...]:
    """Return the rules from the highest domain to the lowest: what refers to something ends before it."""
    autodiscover_modules("retention")
    order = [config.label for config in apps.get_app_configs()]
    return tuple(sorted(_RULES.values(), key=lambda rule: (-order.index(rule.code.split(".")[0]), rule.code)))


def keepers() -> tuple[Keeper, ...]:
    autodiscover_modules("retention")
    return tuple(_KEEPERS[name] for name in sorted(_KEEPERS))


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months earlier, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def start_of(day: dt.date) -> dt.datetime:
    """Return the moment the day begins at the centre."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _old_form_keys(_day: dt.date, cut: dt.date) -> QuerySet[Any]:
    return apps.get_model("kernel", "UsedKey").objects.filter(recorded_at__lt=start_of(cut))


def _delete_form_keys(keys: Sequence[Any]) -> None:
    apps.get_model("kernel", "UsedKey").objects.filter(pk__in=keys).delete()


register_rule(
    Rule(
        code="kernel.form_keys",
        purpose="form_keys",
        label=_("Marks of forms already sent"),
        effect=_("Deleted"),
        due=_old_form_keys,
        end=_delete_form_keys,
    )
)
