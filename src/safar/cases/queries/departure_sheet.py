"""What stands on a client's take-home sheet: what they were told that day, word for word, and what comes next."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from safar.cases.enums.departure import PaperKind
from safar.cases.enums.referrals import OPEN_REFERRALS
from safar.cases.models import Appointment, Contact, DeparturePaper, Referral
from safar.cases.permissions import PREPARE_DEPARTURE
from safar.cases.queries.day import coming_of
from safar.cases.queries.departure import Traveller, latest_paper
from safar.guide.enums import Section
from safar.guide.queries.facts import Card, live_versions, told
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.people.enums import AnsweredBy, Safety, Wording
from safar.people.models import ContactPoint, Person
from safar.people.queries.clusters import members_of
from safar.people.queries.consent import may_follow_up
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb

_OTHERS_READ = frozenset({AnsweredBy.FAMILY, AnsweredBy.OTHERS})


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known for the sheet of a contact.

    `cards` read as they did on the day; `outdated` are those whose fact has changed or passed its date since.
    """

    contact: Contact
    traveller: Traveller
    cards: list[Card]
    outdated: frozenset[UUID]
    numbers: list[Card]
    wages: list[Card]
    checklist: DeparturePaper | None
    follow_up_on: dt.date | None
    visits: list[Appointment]
    referrals: list[Referral]
    wants_discretion: bool


def sheet_of(contact_id: UUID, *, by: Actor, verb: AuditVerb = AuditVerb.READ) -> Sheet:
    """Return what a contact's sheet holds; of a person with a file this leaves a row in the trail, as read or as taken out."""
    check_may(by, PREPARE_DEPARTURE)
    contact = Contact.objects.select_related("person", "centre__parent").prefetch_related("advice").get(pk=contact_id)
    traveller = Traveller(contact.person, contact)
    if contact.person_id:
        audit.record(
            by=by,
            action="cases.sheet.open" if verb == AuditVerb.READ else "cases.sheet.print",
            verb=verb,
            person_key=contact.person_id,
            subject_key=contact.pk,
        )
    versions = [row.fact_version for row in contact.advice.all()]
    around = dict(_around(contact.destination))
    cards = told([*versions, *around])
    live = set(live_versions().filter(pk__in=versions, expires_on__gte=today()).values_list("pk", flat=True))
    return Sheet(
        contact=contact,
        traveller=traveller,
        cards=[cards[version] for version in versions if version in cards],
        outdated=frozenset(version for version in versions if version not in live),
        numbers=[cards[version] for version, section in around.items() if section == Section.EMERGENCY],
        wages=[cards[version] for version, section in around.items() if section == Section.WAGES],
        checklist=latest_paper(traveller, PaperKind.CHECKLIST),
        follow_up_on=_follow_up(contact),
        visits=coming_of(contact.person_id) if contact.person_id else [],
        referrals=_referrals(contact),
        wants_discretion=bool(contact.person and asks_for_discretion(contact.person)),
    )


def _follow_up(contact: Contact) -> dt.date | None:
    """Return the day on which the centre gets in touch; nobody is promised a call they have said no to since."""
    if contact.follow_up_done_at or (contact.person_id and not may_follow_up(contact.person_id).allowed):
        return None
    return contact.follow_up_on


def numbers_for(destination: str) -> list[Card]:
    """Return what the guide says of whom to call in a destination, as far as it is in date."""
    found = [version for version, section in _around(destination) if section == Section.EMERGENCY]
    cards = told(found)
    return [cards[version] for version in found]


def asks_for_discretion(person: Person) -> bool:
    """Return whether a paper in the person's hands may fall under other eyes: so they said of one of their numbers or addresses."""
    points = ContactPoint.objects.filter(person__in=members_of(person.pk))
    return any(
        point.wording == Wording.CODE_WORD
        or point.safety != Safety.SAFE
        or (point.wording == Wording.NEUTRAL and point.answered_by in _OTHERS_READ)
        for point in points
    )


def _around(destination: str) -> list[tuple[UUID, str]]:
    """Return the facts in date of a destination that help when something goes wrong there, whether or not they were read out."""
    if not destination:
        return []
    wanted = live_versions().filter(
        fact__destination=destination, fact__section__in=[Section.EMERGENCY, Section.WAGES], expires_on__gte=today()
    )
    return list(wanted.order_by("fact__position", "fact__key").values_list("pk", "fact__section"))


def _referrals(contact: Contact) -> list[Referral]:
    open_ones = Referral.objects.filter(state__in=sorted(OPEN_REFERRALS)).order_by("due_on", "id")
    if contact.person_id:
        return list(open_ones.filter(person__in=members_of(contact.person_id)))
    return list(open_ones.filter(contact=contact))
