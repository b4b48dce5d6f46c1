"""Referrals of the demo: a service directory that was asked about, a referral in each state, answers by link, another centre."""

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from uuid import UUID

from safar.cases.actions import referral_incoming, referral_links, referrals
from safar.cases.models import Referral
from safar.cases.rules.referrals import Answer, ReferralDetails
from safar.demo.office import Office
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.partners.actions import services
from safar.partners.queries import partners
from safar.partners.rules import ServiceDetails
from safar.people.enums import ConsentMethod, ConsentPurpose, SharedField
from safar.people.models import Person
from safar.people.queries.consent import holds
from safar.people.rules import ConsentDetails
from safar.trust.models import Centre
from safar.trust.queries.actors import actor_for
from safar.trust.queries.profile import profile

# Per type of partner: service, whether it takes people, cost, days since somebody asked.
DIRECTORY: list[tuple[str, str, str, str, int]] = [
    ("state_region", "employment", "open", "free", 12),
    ("state_region", "vocational_training", "waiting", "free", 12),
    ("education", "vocational_training", "open", "partly", 40),
    ("education", "language_course", "full", "paid", 130),
    ("NGO", "legal_aid", "open", "free", 8),
    ("NGO", "wage_recovery", "open", "free", 8),
    ("NGO", "MHPSS", "waiting", "free", 210),
    ("mahalla", "social_protection", "unknown", "unknown", 95),
]
# What became of them, from sending on; the share of each is how often it stands here.
WAYS: list[tuple[str, ...]] = [
    ("accepted", "served", "completed", "yes"),
    ("accepted", "served", "completed", "yes"),
    ("accepted", "served", "completed", "unreachable"),
    ("acknowledged", "accepted", "served", "completed"),
    ("accepted", "served", "completed", "no"),
    ("acknowledged", "refused"),
    ("accepted", "failed"),
    ("accepted", "served"),
    ("accepted",),
    ("acknowledged",),
    (),
]
WHY = {"refused": "no_capacity", "failed": "did_not_come", "cancelled": "no_longer_needed"}
FIELDS = (SharedField.NAME, SharedField.PHONE, SharedField.LANGUAGE)
HOW_MANY = 33
# How what is older than this was asked after, by the state it was left in.
LEFT_ALONE_DAYS = 20
TO_THE_END: dict[str, tuple[str, ...]] = {
    "draft": ("cancelled",),
    "sent": ("accepted", "served", "completed", "yes"),
    "accepted": ("served", "completed", "yes"),
    "served": ("completed", "yes"),
    "completed": ("unreachable",),
}


def fill(office: Office, known: Sequence[UUID], hosts: Mapping[str, UUID], rng: Random) -> None:
    """Enter the directory, write referrals of known people and let each go its way."""
    coordinator, by = office.actors("coordinator")[0], office.actors("counsellor")[0]
    offered = [
        _enter(hosts[kind], office, service, capacity, cost, age, by=coordinator)
        for kind, service, capacity, cost, age in DIRECTORY
    ]
    people = _who_keeps_a_file(known, rng)
    for number, person in enumerate(people[:HOW_MANY]):
        partner_id, service = offered[number % len(offered)]
        way = WAYS[number % len(WAYS)]
        # What is still under way was begun lately; the first that nobody answered stands for what is late for long.
        ends = bool(way) and way[-1] in {"yes", "unreachable", "refused"}
        ago = rng.randrange(25, 150) if ends else 45 if number == len(WAYS) - 1 else rng.randrange(4, 12)
        made_on = today() - dt.timedelta(days=ago)
        referral = _sent(person, service, office.main, made_on, partner_id=partner_id, by=by)
        _go(referral, way, made_on, rng, by)
    _ask_after_old_ones(rng)
    rest = people[HOW_MANY:]
    if len(rest) >= len(("draft", "link", "answered", "here", "there")):
        _special(office, rest, hosts, by)


def _enter(  # noqa: PLR0917  (a row of the table above)
    partner_id: UUID, office: Office, service: str, capacity: str, cost: str, age: int, *, by: Actor
) -> tuple[UUID, str]:
    details = ServiceDetails(
        service_type=service,
        region=office.main.region,
        languages=("uz", "ru"),
        schedule="09:00–17:00",
        capacity=capacity,
        cost=cost,
        application_process="Demo: come to the office and ask for the specialist.",
    )
    services.add(partner_id=partner_id, details=details, checked_on=today() - dt.timedelta(days=age), by=by)
    return partner_id, service


def _who_keeps_a_file(known: Sequence[UUID], rng: Random) -> list[Person]:
    found = Person.objects.filter(pk__in=list(known), merged_into=None).order_by("client_number")
    people = [person for person in found if holds(person.pk, ConsentPurpose.KEEP_FILE)]
    return rng.sample(people, min(HOW_MANY + 5, len(people)))


def _sent(person: Person, service: str, centre: Centre, made_on: dt.date, *, by: Actor, **to: UUID) -> Referral:
    referral = _draft(person, service, centre, made_on, by=by, **to)
    text = profile().consent_text(ConsentPurpose.SHARE, person.language)
    agreed = ConsentDetails(
        purpose=ConsentPurpose.SHARE,
        granted=True,
        recipient=referral.recipient,
        fields=tuple(sorted(referral.told)),
        text_version=text.version,
        language=text.language,
        method=ConsentMethod.WRITTEN,
    )
    return referrals.send(referral_id=referral.pk, agreed=agreed, on=made_on, by=by)


def _draft(person: Person, service: str, centre: Centre, made_on: dt.date, *, by: Actor, **to: UUID) -> Referral:
    partner_id, to_centre_id = to.get("partner_id"), to.get("to_centre_id")
    there = Centre.objects.get(pk=to_centre_id) if to_centre_id else None
    recipient = str(there) if there else partners.names({partner_id})[partner_id] if partner_id else ""
    details = ReferralDetails(service, recipient, partner_id=partner_id, to_centre_id=to_centre_id, fields=FIELDS)
    return referrals.draft(details=details, centre=centre, person_id=person.pk, made_on=made_on, by=by)


def _go(referral: Referral, way: Sequence[str], day: dt.date, rng: Random, by: Actor) -> None:
    for step in way:
        day = min(day + dt.timedelta(days=rng.randrange(1, 8)), today())
        if step in {"yes", "no", "unreachable"}:
            referrals.confirm(referral_id=referral.pk, answer=step, on=day, by=by)
        else:
            referrals.move(referral_id=referral.pk, to=step, why=WHY.get(step, ""), on=day, by=by)


def _ask_after_old_ones(rng: Random) -> None:
    """Bring to its end most of what the months of counselling left open, as counsellors do who look at their board."""
    before = today() - dt.timedelta(days=LEFT_ALONE_DAYS)
    by_letter = Referral.objects.filter(partner=None, to_centre=None, state__in=sorted(TO_THE_END), made_on__lt=before)
    for referral in by_letter.select_related("made_by").order_by("made_on", "id"):
        if referral.made_by and rng.random() < 0.94:
            last = max(move.moved_on for move in referral.moves.all())
            _go(referral, TO_THE_END[referral.state], last, rng, actor_for(referral.made_by))


def _special(office: Office, people: Sequence[Person], hosts: Mapping[str, UUID], by: Actor) -> None:
    """One of each that has a page of its own: a draft, a link nobody opened, an answer by link, and both ways between centres."""
    lawyers, day = hosts["NGO"], today() - dt.timedelta(days=3)
    _draft(people[0], "legal_aid", office.main, day, partner_id=lawyers, by=by)
    waiting = _sent(people[1], "legal_aid", office.main, day, partner_id=lawyers, by=by)
    # The address of this link is printed nowhere: like every link it was in sight once.
    referral_links.make(referral_id=waiting.pk, language="ru", by=by)
    answered = _sent(people[2], "wage_recovery", office.main, day, partner_id=lawyers, by=by)
    fresh = referral_links.make(referral_id=answered.pk, language="ru", with_code=True, by=by)
    opened = referral_links.open_link(token=fresh.token, code=fresh.code)
    given = Answer("accept", on=today() + dt.timedelta(days=2))
    referral_links.answer(link_id=fresh.link.pk, browser=opened.browser, given=given)
    if len(office.centres) > 1:
        there, colleague = office.centres[1], office.actors("counsellor")[1]
        _sent(people[3], "employment", there, day, to_centre_id=office.main.pk, by=colleague)
        asked = _sent(people[4], "legal_aid", office.main, day, to_centre_id=there.pk, by=by)
        referral_incoming.receive(referral_id=asked.pk, by=colleague)
