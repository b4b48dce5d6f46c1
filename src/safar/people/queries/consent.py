from dataclasses import dataclass
from uuid import UUID

from safar.kernel.clock import today
from safar.people.enums import ConsentPurpose, ContactKind, Safety
from safar.people.models import ConsentGrant, ContactPoint


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a message may leave, why not, and over which contact point."""

    allowed: bool
    reason: str = ""
    contact_point: ContactPoint | None = None


def standing(person_id: UUID) -> list[ConsentGrant]:
    """Return the decision in force on each purpose and recipient: always the latest one."""
    latest: dict[tuple[str, str], ConsentGrant] = {}
    for grant in ConsentGrant.objects.filter(person_id=person_id).select_related("asked_by"):
        latest.setdefault((grant.purpose, grant.recipient), grant)
    return sorted(latest.values(), key=lambda grant: (ConsentPurpose.values.index(grant.purpose), grant.recipient))


def is_in_force(grant: ConsentGrant) -> bool:
    return grant.granted and grant.withdrawn_at is None and (grant.expires_on is None or grant.expires_on >= today())


def holds(person_id: UUID, purpose: str, recipient: str = "") -> bool:
    """Return whether the person's latest word on this purpose and recipient is a yes that still stands."""
    latest = ConsentGrant.objects.filter(person_id=person_id, purpose=purpose, recipient=recipient).first()
    return latest is not None and is_in_force(latest)


def may_contact(person_id: UUID, channel: str) -> Decision:
    """The consent gate every message passes: consent to be contacted, and a contact point that is safe to use.

    `channel` is a kind of contact point. Reasons are codes: `no_consent`, `no_contact_point`, `not_safe`.
    """
    if not holds(person_id, ConsentPurpose.BE_CONTACTED):
        return Decision(allowed=False, reason="no_consent")
    kind = ContactKind.PHONE if channel == "sms" else channel
    points = list(ContactPoint.objects.filter(person_id=person_id, kind=kind))
    if not points:
        return Decision(allowed=False, reason="no_contact_point")
    # A message cannot keep to agreed times of day the way a caller can, so only points that are always safe pass.
    safe = next((point for point in points if point.safety == Safety.SAFE), None)
    return Decision(allowed=True, contact_point=safe) if safe else Decision(allowed=False, reason="not_safe")
