from collections.abc import Iterable
from uuid import UUID

from safar.kernel.actor import Actor
from safar.kernel.database import deliberate_write
from safar.trust.enums import AuditVerb
from safar.trust.models import AuditEntry


def record(
    *,
    by: Actor,
    action: str,
    verb: AuditVerb = AuditVerb.WRITE,
    person_key: UUID | None = None,
    subject_key: UUID | None = None,
    fields: Iterable[str] = (),
    reason: str = "",
) -> None:
    """Append what was done to the trail, inside the caller's transaction so that neither exists without the other.

    `fields` are names of fields, never their values.
    """
    with deliberate_write():
        AuditEntry.objects.create(
            verb=verb,
            action=action,
            actor_kind=by.kind,
            staff_id=by.staff_id,
            person_key=person_key,
            subject_key=subject_key,
            fields=sorted(fields),
            reason=reason,
        )
