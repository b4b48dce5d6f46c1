import datetime as dt
from uuid import UUID

from safar.cases.actions import cases as case_actions
from safar.cases.actions import contacts, referrals
from safar.cases.models import CaseFile, Contact, Referral
from safar.cases.rules.cases import CaseDetails
from safar.cases.rules.contacts import ContactDetails
from safar.cases.rules.referrals import ReferralDetails
from safar.kernel.actor import MACHINE, Actor
from safar.kernel.clock import now, today
from safar.people.actions import persons
from safar.people.models import Person
from safar.people.rules import Birth, ConsentDetails, ContactPointDetails, PersonDetails
from safar.trust.models import Centre


def details(**fields) -> ContactDetails:
    return ContactDetails(**({"occurred_at": now(), "mode": "phone", "topics": ("contract",)} | fields))


def person_details(**fields) -> PersonDetails:
    defaults = {
        "family_name": "Karimov",
        "given_name": "Anvar",
        "sex": "male",
        "birth": Birth(1994, 5, 2),
        "region": "UZ-AN",
        "category": "potential_migrant",
        "contact_points": (ContactPointDetails("phone", "+998901234567"),),
    }
    return PersonDetails(**(defaults | fields))


def keep_file(**fields) -> ConsentDetails:
    defaults = {"purpose": "keep_file", "granted": True, "text_version": "1", "language": "uz"}
    return ConsentDetails(**(defaults | fields))


def person(centre: Centre, *consents: ConsentDetails, by: Actor = MACHINE, **fields) -> Person:
    """Register somebody who agreed to a file, and to be contacted unless other consents are named."""
    given = [keep_file(), *(consents or [keep_file(purpose="be_contacted")])]
    return persons.register(details=person_details(**fields), consents_given=given, centre=centre, by=by)


def contact(centre: Centre, of: Person | None = None, by: Actor = MACHINE, **fields) -> Contact:
    return contacts.record(details=details(**fields), centre=centre, person_id=of and of.pk, by=by)


def case(centre: Centre, of: Person, by: Actor = MACHINE, **fields) -> CaseFile:
    opened = {"kind": "pre_departure", "opened_on": today() - dt.timedelta(days=10)}
    return case_actions.open(person_id=of.pk, details=CaseDetails(**(opened | fields)), centre=centre, by=by)


def referral(
    centre: Centre, of: Person | None = None, contact_id: UUID | None = None, by: Actor = MACHINE, **fields
) -> Referral:
    asked = ReferralDetails(**({"service": "legal_aid", "recipient": "Lawyers of Andijan"} | fields))
    return referrals.draft(details=asked, centre=centre, person_id=of and of.pk, contact_id=contact_id, by=by)
