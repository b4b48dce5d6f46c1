from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import transaction

from safar.kernel.actor import Actor, ActorKind
from safar.kernel.clock import today
from safar.kernel.database import removal
from safar.kernel.retention import start_of
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import AuditEntry
from safar.trust.queries import terms
from safar.trust.queries.audit import every_entry
from safar.trust.queries.retention import standing_holds
from safar.trust.rules import AuditFilter


def export(wanted: AuditFilter, *, by: Actor) -> Iterator[AuditEntry]:
    """Return the rows to export; that the trail itself was taken away is a row of the trail."""
    entries = every_entry(wanted, by=by)
    audit.record(
        by=by,
        action="trust.audit.export",
        verb=AuditVerb.EXPORT,
        person_key=wanted.person_key,
        subject_key=wanted.staff_id,
    )
    return entries


@transaction.atomic
def prune(*, by: Actor) -> int:
    """Remove rows of the trail whose term in the country's profile is over, and return how many; itself a row of the trail.

    The database refuses to delete a row of the trail, and this is its one exception: the trail says who saw whom, which
    nobody agreed to have kept for ever. Rows about a person on hold stay.
    """
    if by.kind is not ActorKind.MACHINE:
        raise PermissionDenied("trust.audit.prune")
    before = terms.cut("audit", today())
    if before is None:
        return 0
    held = standing_holds().values("person_key")
    due = AuditEntry.objects.filter(recorded_at__lt=start_of(before)).exclude(person_key__in=held)
    due = due.exclude(action="trust.audit.prune")
    count = due.count()
    if count:
        with removal(AuditEntry._meta.db_table):
            due.delete()
        audit.record(
            by=by, action="trust.audit.prune", verb=AuditVerb.ERASE, fields=[f"{count} rows", f"before {before}"]
        )
    return count
