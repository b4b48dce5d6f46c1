from uuid import UUID

from django.core.exceptions import PermissionDenied

from safar.cases.queries.rota import places_of
from safar.kernel.actor import Actor


def check_runs(centre_id: UUID, by: Actor) -> None:
    """Raise PermissionDenied unless the place belongs to the actor's centre: each centre runs its own day."""
    if by.centre_id and by.centre_id != centre_id and not places_of(by).filter(pk=centre_id).exists():
        raise PermissionDenied("another centre's day")
