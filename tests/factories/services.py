import datetime as dt

from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.partners.actions import services
from safar.partners.models import Service
from safar.partners.rules import ServiceDetails
from tests.factories import partners


def details(**fields) -> ServiceDetails:
    return ServiceDetails(**({"service_type": "legal_aid", "phone": "+998 71 200 00 00"} | fields))


def service(*, name=None, partner=None, assured_days: int = 0, **fields) -> Service:
    """Enter a service of a partner, last checked so many days ago."""
    of = partner or partners.partner(**({"name": name} if name else {}))
    made = services.add(partner_id=of.pk, details=details(**fields), by=MACHINE)
    if assured_days:
        Service.objects.filter(pk=made.pk).update(assured_on=today() - dt.timedelta(days=assured_days))
        made.refresh_from_db()
    return made
