from safar.kernel.actor import Actor, ActorKind
from safar.trust.models import RoleAssignment, Staff
from safar.trust.permissions import permissions_of


def actor_for(staff: Staff) -> Actor:
    """Return the member of staff as an actor, with all their open roles allow; one query."""
    roles = list(RoleAssignment.objects.filter(staff=staff, ended_at=None).values_list("role", flat=True))
    return Actor(
        kind=ActorKind.STAFF,
        id=staff.pk,
        name=staff.full_name,
        permissions=permissions_of(roles),
        centre_id=staff.centre_id,
    )
