from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.trust.models import Centre


def all_centres() -> QuerySet[Centre]:
    """Return every centre with the one it belongs to, closed ones last."""
    return Centre.objects.select_related("parent").order_by("closed_on", "code")


def open_centres() -> QuerySet[Centre]:
    """Return the centres people can come to today. A node has a few dozen at most, so each call asks the database."""
    day = today()
    return Centre.objects.filter(Q(opened_on=None) | Q(opened_on__lte=day)).filter(
        Q(closed_on=None) | Q(closed_on__gt=day)
    )


def centre(centre_id: UUID) -> Centre:
    return Centre.objects.select_related("parent").get(pk=centre_id)


def choices(include: Iterable[UUID] = ()) -> list[tuple[str, str]]:
    """Return the open centres for a form, in the reader's language; `include` keeps closed ones an old record refers to."""
    shown = (open_centres() | Centre.objects.filter(pk__in=list(include))).distinct().order_by("code")
    return [(str(each.pk), str(each)) for each in shown]


def home_of(actor: Actor) -> Centre:
    """Return the centre the actor works at, else the node's first open one: someone has to be named on every record."""
    own = Centre.objects.filter(pk=actor.centre_id).first() if actor.centre_id else None
    found = own or open_centres().order_by("kind", "code").first()
    if found is None:
        raise ValidationError(_("There is no open centre yet. Ask an administrator to add one in the settings."))
    return found
