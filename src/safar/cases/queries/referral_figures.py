"""Figures of referrals: what became of what was sent, by partner and by service."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from safar.cases.enums.referrals import OPEN_REFERRALS
from safar.cases.models import Referral
from safar.cases.permissions import MANAGE_REFERRAL
from safar.cases.rules.referrals import Figures, Sent, figures
from safar.kernel.actor import Actor, check_may
from safar.partners.queries import partners
from safar.reference.queries import codes
from safar.trust.queries.centres import all_centres

MONTHS_BACK_DAYS = 365

_Row = tuple[UUID | None, UUID | None, str, dt.date, dt.date | None, str]


@dataclass(frozen=True, slots=True)
class ReferralFigures:
    """The figures of the referrals sent in a period; groups are named in the reader's language."""

    since: dt.date
    until: dt.date
    by_service: list[Figures]
    by_partner: list[Figures]


def of_period(*, since: dt.date, until: dt.date, by: Actor) -> ReferralFigures:
    """Return the figures of what the actor's centre sent in a period: one query for the rows, two for the names."""
    check_may(by, MANAGE_REFERRAL)
    sent = Referral.objects.filter(sent_on__gte=since, sent_on__lte=until)
    if by.centre_id:
        sent = sent.filter(centre_id=by.centre_id)
    columns = ("partner_id", "to_centre_id", "service", "sent_on", "started_on", "state")
    rows: list[_Row] = list(sent.order_by("id").values_list(*columns))
    services = codes.code_list("referral_service")
    names = _recipients(rows)
    return ReferralFigures(
        since=since,
        until=until,
        by_service=_grouped(rows, lambda row: str(services.label(row[2]))),
        by_partner=_grouped((row for row in rows if row[0] or row[1]), lambda row: _named(row, names)),
    )


def _recipients(rows: Iterable[_Row]) -> dict[UUID, str]:
    """Return the names of partners and centres by key; a recipient written by hand belongs to no group."""
    partner_ids = {row[0] for row in rows if row[0]}
    centre_ids = {row[1] for row in rows if row[1]}
    centres = {centre.pk: str(centre) for centre in all_centres().filter(pk__in=centre_ids)}
    return {**partners.names(partner_ids), **centres}


def _named(row: _Row, names: Mapping[UUID, str]) -> str:
    partner_id, to_centre_id, *_rest = row
    return "".join(names[key] for key in (partner_id, to_centre_id) if key)


def _grouped(rows: Iterable[_Row], group: Callable[[_Row], str]) -> list[Figures]:
    return figures(Sent(group(row), row[3], row[4], row[5] in OPEN_REFERRALS) for row in rows)
