"""Reading the trail. It can only grow, so pages follow one another by the last row seen, never by a row number."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor, check_may
from safar.trust.models import AuditEntry
from safar.trust.permissions import SEE_AUDIT
from safar.trust.rules import AuditFilter


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A stretch of the trail, newest first; `older` continues it, or is empty at its end."""

    entries: list[AuditEntry]
    older: str


@cache
def labels() -> Mapping[str, str | Promise]:
    """Return what every domain's action codes say to a reader (`AUDIT_LABELS` in its enums)."""
    found: dict[str, str | Promise] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("safar.") and module_has_submodule(app.module, "enums"):
            found |= getattr(import_module(f"{app.name}.enums"), "AUDIT_LABELS", {})
    return found


def label(action: str) -> str:
    """Return the action as a sentence; a code nobody has described is shown as it is rather than guessed at."""
    return str(labels().get(action, action))


def page(wanted: AuditFilter, *, before: str = "", size: int = 50, by: Actor) -> AuditPage:
    """Return the rows older than the mark `before` (from an earlier page), or the newest."""
    check_may(by, SEE_AUDIT)
    rows = _filtered(wanted)
    if before:
        recorded_at, key = _read_mark(before)
        rows = rows.filter(Q(recorded_at__lt=recorded_at) | Q(recorded_at=recorded_at, id__lt=key))
    entries = list(rows[: size + 1])
    older = _mark(entries[size - 1]) if len(entries) > size else ""
    return AuditPage(entries=entries[:size], older=older)


def every_entry(wanted: AuditFilter, *, by: Actor) -> Iterator[AuditEntry]:
    """Return all rows, oldest last, without holding them in memory together."""
    check_may(by, SEE_AUDIT)
    return _filtered(wanted).iterator(chunk_size=2000)


def _filtered(wanted: AuditFilter) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.select_related("staff").order_by("-recorded_at", "-id")
    if wanted.staff_id:
        rows = rows.filter(staff_id=wanted.staff_id)
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.person_key:
        rows = rows.filter(person_key=wanted.person_key)
    if wanted.since:
        rows = rows.filter(recorded_at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(recorded_at__lt=_midnight(wanted.until + dt.timedelta(days=1)))
    return rows


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _mark(entry: AuditEntry) -> str:
    return f"{entry.recorded_at.isoformat()}_{entry.pk}"


def _read_mark(mark: str) -> tuple[dt.datetime, UUID]:
    try:
        moment, _sep, key = mark.partition("_")
        return dt.datetime.fromisoformat(moment), UUID(key)
    except ValueError as error:
        raise ValidationError(_("This address does not continue a list.")) from error
