from collections.abc import Iterator

from safar.kernel.actor import Actor
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import AuditEntry
from safar.trust.queries.audit import every_entry
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
