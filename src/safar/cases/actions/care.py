"""A worker's own word that a week is heavy.

No row in the trail: it is kept for years and read by others, and this is seen by two people and gone after a month.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.enums.supervision import Wish
from safar.cases.models import HeavyWeek
from safar.cases.permissions import RECORD_CONTACT
from safar.cases.rules.supervision import heavy_until
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today


@transaction.atomic
def say(*, wish: str = Wish.NOTHING, by: Actor) -> HeavyWeek:
    """Say that one's own week is heavy, and what would help; said again it begins anew."""
    check_may(by, RECORD_CONTACT)
    if by.id is None:
        raise PermissionDenied(RECORD_CONTACT.code)
    if wish not in Wish.values:
        raise ValidationError({"wish": _("Choose one of the values offered.")})
    day = today()
    said, _new = HeavyWeek.objects.update_or_create(
        staff_id=by.id, defaults={"said_on": day, "until": heavy_until(day), "wish": wish}
    )
    return said


@transaction.atomic
def take_back(*, by: Actor) -> None:
    """Take one's own word back; nothing of it is kept."""
    check_may(by, RECORD_CONTACT)
    HeavyWeek.objects.filter(staff=by.id).delete()
