"""Partners of the demo: kinds of institutions a centre works with, in the centre's own regions."""

import datetime as dt
from random import Random
from uuid import UUID

from safar.demo.office import Office
from safar.kernel.clock import today
from safar.partners.actions import partners
from safar.partners.rules import AgreementDetails, PartnerDetails

KINDS = [
    (
        "mahalla",
        {
            "en": "Mahalla committee (demo)",
            "ru": "Махаллинский комитет (демо)",
            "uz": "Mahalla fuqarolar yigʻini (demo)",
        },
        True,
    ),
    (
        "education",
        {"en": "Vocational college (demo)", "ru": "Профессиональный колледж (демо)", "uz": "Kasb-hunar kolleji (demo)"},
        True,
    ),
    (
        "state_region",
        {"en": "Employment centre (demo)", "ru": "Центр занятости (демо)", "uz": "Bandlik markazi (demo)"},
        True,
    ),
    (
        "NGO",
        {"en": "Legal aid office (demo)", "ru": "Юридическая клиника (демо)", "uz": "Huquqiy yordam idorasi (demo)"},
        True,
    ),
    (
        "media",
        {"en": "Regional newspaper (demo)", "ru": "Областная газета (демо)", "uz": "Viloyat gazetasi (demo)"},
        False,
    ),
]


def fill(office: Office, rng: Random) -> dict[str, UUID]:
    """Add the partners with their agreements; return one id a type, for sessions to name as host."""
    by = office.actors("coordinator")[0]
    hosts: dict[str, UUID] = {}
    for number, (kind, name, agreed) in enumerate(KINDS):
        region = office.centres[number % len(office.centres)].region
        details = PartnerDetails(kind="institution", type=kind, name=name, region=region, topics=("legal_channels",))
        partner = partners.add(details=details, by=by)
        hosts[kind] = partner.pk
        partners.touch(
            partner_id=partner.pk, on=today() - dt.timedelta(days=rng.randrange(150, 300)), what="First meeting", by=by
        )
        if agreed:
            signed = today() - dt.timedelta(days=rng.randrange(20, 140))
            expires = signed + dt.timedelta(days=365 if number else 160)
            partners.sign(partner_id=partner.pk, details=AgreementDetails("mou", signed, expires), by=by)
    return hosts
