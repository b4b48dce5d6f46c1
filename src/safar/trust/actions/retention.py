"""Ending what is due: every night by itself, or now by the data-protection officer. Holds keep single people out of it."""

import datetime as dt
import logging
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.kernel.retention import Rule, rules
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import RetentionHold, RetentionRun
from safar.trust.permissions import MANAGE_RETENTION
from safar.trust.queries.retention import MOST_FILES_A_NIGHT, due, rule

_LOG = logging.getLogger(__name__)
# Rows of one transaction. A file takes long to erase, and on SQLite nobody else writes meanwhile.
BATCH, FILES_A_BATCH = 500, 20
LONGEST_HOLD = dt.timedelta(days=5 * 366)


def run(*, most_files: int | None = None, by: Actor) -> RetentionRun:
    """End what is due today, in batches that each hold or fail as one; a second run on the same day finds nothing left.

    Files of people end in limited number a night, so that a wrong date cannot empty a registry before somebody looks. What
    cannot be ended is left, counted, and said at the end by a ValidationError: one broken record must not keep all others.
    """
    check_may(by, MANAGE_RETENTION)
    day = today()
    most = MOST_FILES_A_NIGHT if most_files is None else most_files
    result = RetentionRun.objects.create(day=day)
    broken = 0
    for found in rules():
        limit = most if found.is_file else None
        ended, failed = _end(found, day, limit)
        broken += failed
        left = due(found, day).count() if failed or (limit and ended >= limit) else 0
        # Saved after each kind: a run that breaks off still says what it did.
        result.ended = result.ended | ({found.code: ended} if ended else {})
        result.left = result.left | ({found.code: left} if left else {})
        result.save(update_fields=["ended", "left"])
    result.finished_at = now()
    result.save(update_fields=["finished_at"])
    audit.record(
        by=by,
        action="trust.retention.run",
        verb=AuditVerb.ERASE,
        subject_key=result.pk,
        fields=[f"{code}: {count}" for code, count in result.ended.items()],
    )
    if broken:
        raise ValidationError(
            ngettext(
                "%(count)s record could not be ended. Tell whoever keeps the machine: the log says which kind.",
                "%(count)s records could not be ended. Tell whoever keeps the machine: the log says which kind.",
                broken,
            )
            % {"count": broken}
        )
    return result


def _end(found: Rule, day: dt.date, limit: int | None) -> tuple[int, int]:
    """Return how many ended and how many could not."""
    size = FILES_A_BATCH if found.is_file else BATCH
    ended, failed, last = 0, 0, None
    while limit is None or ended < limit:
        rows = due(found, day).order_by("pk")
        if last is not None:
            rows = rows.filter(pk__gt=last)
        most = size if limit is None else min(size, limit - ended)
        keys: list[Any] = list(rows.values_list("pk", flat=True)[:most])
        if not keys:
            break
        failures = _end_batch(found, keys)
        ended, failed, last = ended + len(keys) - failures, failed + failures, keys[-1]
    return ended, failed


def _end_batch(found: Rule, keys: list[Any]) -> int:
    """End a batch, or each of it alone where the batch fails; return how many could not be ended."""
    try:
        with transaction.atomic():
            found.end(keys)
    except Exception as error:  # noqa: BLE001  (whatever it is, the others must still end tonight)
        if len(keys) > 1:
            return sum(_end_batch(found, [key]) for key in keys)
        # The kind and the error, never the key: a log is read by people who may not know whom it concerns.
        _LOG.warning("%s: one record could not be ended (%s)", found.code, type(error).__name__)
        return 1
    return 0


def open_list(code: str, *, by: Actor) -> list[UUID]:
    """Return the keys of the people whose files are due, so that they can be looked at by name before they go."""
    check_may(by, MANAGE_RETENTION)
    found = rule(code)
    if not found.is_file:
        raise LookupError(code)
    keys = list(due(found, today()).order_by("pk").values_list("pk", flat=True)[:MOST_FILES_A_NIGHT])
    audit.record(by=by, action="trust.retention.preview", verb=AuditVerb.READ, fields=[f"{len(keys)} people"])
    return keys


@transaction.atomic
def hold(*, person_key: UUID, reason: str, until: dt.date | None, by: Actor) -> RetentionHold:
    """Keep a person's records until a day although their term may end before; a new hold replaces the standing one."""
    check_may(by, MANAGE_RETENTION)
    errors = {}
    if not reason.strip():
        errors["reason"] = _("Write who needs the records and what for.")
    if until is None or not today() <= until <= today() + LONGEST_HOLD:
        errors["until"] = _("Choose a day within the next five years: a hold without an end is no hold.")
    if errors or until is None:
        raise ValidationError(errors)
    RetentionHold.objects.filter(person_key=person_key, lifted_at=None).update(lifted_at=now(), lifted_by=by.id)
    made = RetentionHold.objects.create(person_key=person_key, reason=reason.strip(), until=until, placed_by_id=by.id)
    audit.record(by=by, action="trust.retention.hold", person_key=person_key, subject_key=made.pk, reason=made.reason)
    return made


@transaction.atomic
def lift(*, hold_id: UUID, by: Actor) -> RetentionHold:
    """Lift a hold before its day: from tonight the ordinary terms count again."""
    check_may(by, MANAGE_RETENTION)
    found = get_object_or_404(RetentionHold.objects.select_for_update(of=("self",)), pk=hold_id)
    if found.lifted_at is None:
        found.lifted_at, found.lifted_by_id = now(), by.id
        found.save(update_fields=["lifted_at", "lifted_by"])
        audit.record(by=by, action="trust.retention.lift", person_key=found.person_key, subject_key=found.pk)
    return found
