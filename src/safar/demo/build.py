"""Builds a country's node: the office, what it knows, and the months it has worked, by calling the real actions."""

import datetime as dt
from collections.abc import Callable
from random import Random

from safar.demo import (
    assessing,
    campaigning,
    day,
    departing,
    families,
    inbox,
    offering,
    partnering,
    referrals,
    reintegration,
    requesting,
    sealing,
    second_files,
    supervision,
)
from safar.demo.counselling import Counselling
from safar.demo.office import Office, open_office
from safar.demo.outreach import Outreach
from safar.demo.population import Population
from safar.guide.actions import content
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.models import Person
from safar.trust.queries.profile import profile

Say = Callable[[str], None]
# Contacts and sessions in each month, oldest first; the last is the month that is still running.
MONTHS = [(48, 3), (62, 4), (74, 5), (96, 6), (118, 8), (164, 11), (126, 8)]


def exists() -> bool:
    """Whether this data folder already holds people, generated or not."""
    return Person.objects.exists()


def build(*, seed: int, people: int, say: Say) -> Office:
    """Build the node of the country set; `people` > 0 adds so many registered people to the realistic months."""
    rng = Random(seed)
    population = Population(profile().country, rng)
    say("Centres and staff")
    office = open_office(population, rng)
    say("Guide and advice cards")
    content.load(by=MACHINE)
    say("Partners and agreements")
    hosts = partnering.fill(office, rng)
    say("Questions and checked facts")
    inbox.fill(office, rng)
    say("Campaign and its figures")
    code = campaigning.run(office, rng)
    counselling = Counselling(office, population, rng)
    outreach = Outreach(office, rng, hosts)
    for number, (contacts, sessions) in enumerate(MONTHS):
        first, last = _month(len(MONTHS) - 1 - number)
        running = number == len(MONTHS) - 1
        share = last.day / 30 if running else 1
        say(f"{first:%B %Y}: {round(contacts * share)} contacts, {round(sessions * share)} sessions")
        counselling.month(first, last, round(contacts * share), code)
        outreach.month(first, last, round(sessions * share), counselling.known, lock=not running)
    outreach.plan_ahead(weeks=4)
    second_files.open_some(counselling, rng)
    families.settle(counselling, rng)
    reintegration.accompany(office, Random(seed))
    departing.fill(office, rng)
    sealing.fill(office)
    assessing.fill(office, Random(seed))
    referrals.fill(office, counselling.known, hosts, Random(seed))
    offering.fill(office, rng)
    day.fill(office, counselling.known)
    supervision.fill(office)
    requesting.fill(office)
    if people:
        fill_up(counselling, people, say)
    return office


def fill_up(counselling: Counselling, people: int, say: Say) -> None:
    """Add contacts of new people over the past year until the registry holds `people`."""
    start = today() - dt.timedelta(days=365)
    held = Person.objects.count()
    while held < people:
        counselling.contact(start + dt.timedelta(days=counselling.rng.randrange(365)))
        held = len(counselling.known)
        if held % 1000 == 0:
            say(f"{held:,} of {people:,} people")


def _month(ago: int) -> tuple[dt.date, dt.date]:
    """Return first and last day of the month so many months ago; the running month ends today."""
    day = today()
    year, month = divmod(day.year * 12 + day.month - 1 - ago, 12)
    first = dt.date(year, month + 1, 1)
    following = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return first, min(following - dt.timedelta(days=1), day)
