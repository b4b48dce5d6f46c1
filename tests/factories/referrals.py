import datetime as dt

from safar.cases.actions import referral_links, referrals
from safar.cases.actions.referral_links import FreshLink, Opening
from safar.cases.models import Referral
from safar.kernel.actor import MACHINE, Actor
from safar.people.models import Person
from safar.people.rules import ConsentDetails
from safar.trust.models import Centre
from tests.factories import cases as make


def agreed(referral: Referral, **fields) -> ConsentDetails:
    """The consent that fits a referral: this recipient, exactly these fields."""
    told = {"recipient": referral.recipient, "fields": tuple(sorted(referral.told))}
    return make.keep_file(purpose="share", **(told | fields))


def sent(
    centre: Centre, of: Person | None = None, *, on: dt.date | None = None, by: Actor = MACHINE, **fields
) -> Referral:
    """Write and send a referral; of nobody named it goes through a contact without a file."""
    contact_id = None if of else make.contact(centre).pk
    referral = make.referral(centre, of, contact_id, by, **fields)
    if on:
        Referral.objects.filter(pk=referral.pk).update(made_on=on)
    return referrals.send(referral_id=referral.pk, agreed=agreed(referral) if of else None, on=on, by=by)


def link(referral: Referral, **fields) -> FreshLink:
    return referral_links.make(referral_id=referral.pk, by=MACHINE, **({"language": "ru"} | fields))


def opened(referral: Referral, **fields) -> tuple[FreshLink, str]:
    """Make a link and open it; return it with the key of the browser that did."""
    fresh = link(referral, **fields)
    found = referral_links.open_link(token=fresh.token, code=fresh.code)
    assert found.result == Opening.OPENED
    return fresh, found.browser
