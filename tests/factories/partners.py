from itertools import count

from safar.kernel.actor import MACHINE
from safar.partners.actions import partners
from safar.partners.models import Partner
from safar.partners.rules import PartnerDetails

_NUMBERS = count(1)


def details(**fields) -> PartnerDetails:
    number = next(_NUMBERS)
    defaults = {
        "kind": "institution",
        "type": "education",
        "name": {"en": f"College {number}", "uz": f"Kollej {number}"},
    }
    return PartnerDetails(**(defaults | fields))


def partner(**fields) -> Partner:
    return partners.add(details=details(**fields), by=MACHINE)
