"""A generated autumn at two centres, written as rows of the domains; nothing here knows how an indicator is counted."""

import datetime as dt
import random
from itertools import count
from zoneinfo import ZoneInfo

from safar.awareness.models import CountedAttendance, NamedAttendance, Session
from safar.campaigns.models import Campaign, Channel, MetricSnapshot, Post
from safar.cases.models import CaseEvent, CaseFile, Contact, ContactTopic, Referral
from safar.kernel.ids import new_id
from safar.people.models import Person
from safar.trust.models import Centre
from tests.factories import trust

TASHKENT = ZoneInfo("Asia/Tashkent")
REGIONS = [("UZ-AN", "UZ1703202"), ("UZ-TK", ""), ("UZ-SA", "UZ1718203"), ("", "")]
MODES = ["in_person_office", "in_person_outreach", "phone", "telegram", "web_form"]
TOPICS = ["legal_channels", "contract", "wage_claim", "smuggling_trafficking"]
_NUMBERS = count(1)


def moment(chance: random.Random, first: dt.date = dt.date(2026, 8, 20), days: int = 60) -> dt.datetime:
    """Any time of the day, so that some contacts are on another day in UTC than at the centre."""
    day = first + dt.timedelta(days=chance.randrange(days))
    return dt.datetime.combine(day, dt.time(chance.randrange(24), chance.randrange(60)), TASHKENT)


def person(chance: random.Random, centre) -> Person:
    region, district = chance.choice(REGIONS)
    return Person.objects.create(
        client_number=f"T-{next(_NUMBERS)}",
        family_name="Karimova",
        name_script="Latn",
        sex=chance.choice(["female", "male"]),
        birth_year=chance.choice([None, 1960, 1985, 1997, 2010]),
        region=region,
        district=district,
        category=chance.choice(["potential_migrant", "returnee_recent", "unknown"]),
        centre=centre,
        registered_on=dt.date(2026, 8, 1),
    )


def contact(chance: random.Random, centre, person=None, **fields) -> Contact:
    nameless = {"sex": chance.choice(["", "female"]), "age_band": chance.choice(["", "18_29"]), "region": "UZ-AN"}
    made = Contact.objects.create(
        **{
            "person": person,
            "centre": centre,
            "occurred_at": moment(chance),
            "mode": chance.choice(MODES),
            "language": "uz",
            "primary_topic": chance.choice(TOPICS),
            "heard_via": chance.choice(["", "mahalla", "instagram"]),
            "campaign_code": chance.choice(["", "", "", "SAFE26"]),
            **({} if person else nameless),
            **fields,
        }
    )
    ContactTopic.objects.create(contact=made, topic=made.primary_topic, primary=True)
    return made


def session(chance: random.Random, centre, people: list[Person]) -> Session:
    starts = moment(chance)
    region, district = chance.choice(REGIONS)
    made = Session.objects.create(
        centre=centre,
        session_type=chance.choice(["college", "mahalla"]),
        title="Safe migration",
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=2),
        region=region,
        district=district,
        host_name="College 3",
        language="uz",
        state=chance.choice(["planned", "held", "submitted", "approved", "locked", "cancelled"]),
    )
    for one in chance.sample(people, 2):
        NamedAttendance.objects.create(session=made, person=one)
    for sex in ("female", "male"):
        CountedAttendance.objects.create(session=made, sex=sex, age_band="18_29", count=chance.randrange(1, 200))
    return made


def campaign(chance: random.Random, centre) -> None:
    flight = Campaign.objects.create(code="SAFE26", title="Ask first", starts_on=dt.date(2026, 9, 1), centre=centre)
    for platform in ("facebook", "instagram"):
        channel = Channel.objects.create(
            platform=platform, name=f"MRC {platform}", handle=f"mrc_{platform}", centre=centre
        )
        for number in range(3):
            post = Post.objects.create(
                channel=channel,
                campaign=flight,
                permalink=f"https://example.org/{platform}/{number}",
                type="image",
                published_at=dt.datetime(2026, 9, 3 + number, 8, tzinfo=TASHKENT),
            )
            for captured in (dt.datetime(2026, 9, 12, tzinfo=dt.UTC), dt.datetime(2026, 10, 2, tzinfo=dt.UTC)):
                for native, measure in (("Reach", "reach"), ("Views", "views")):
                    snapshot(chance, native, measure, captured, post=post)
        for day in (1, 25):
            snapshot(chance, "Followers", "followers", dt.datetime(2026, 9, day, tzinfo=dt.UTC), channel=channel)


def snapshot(chance: random.Random, native: str, measure: str, captured: dt.datetime, **of) -> None:
    MetricSnapshot.objects.create(
        native_name=native,
        measure=measure,
        value=chance.randrange(100, 9000),
        definition_version="2026",
        captured_at=captured,
        **of,
    )


def case(chance: random.Random, centre, person) -> CaseFile:
    made = CaseFile.objects.create(
        kind=chance.choice(["reintegration", "pre_departure"]),
        person=person,
        centre=centre,
        opened_on=dt.date(2026, 8, 25),
        country_of_return="RU",
    )
    for _ in range(chance.randrange(3)):
        CaseEvent.objects.create(
            case_file=made, kind="service", occurred_on=moment(chance).date(), service="legal_aid", delivery="direct"
        )
    CaseEvent.objects.create(case_file=made, kind="note", occurred_on=dt.date(2026, 9, 3), text="x")
    return made


def referral(chance: random.Random, centre, person) -> None:
    sent = chance.random() < 0.7
    made_on = moment(chance).date()
    Referral.objects.create(
        person=person,
        centre=centre,
        service=chance.choice(["employment", "legal_aid"]),
        recipient="Employment centre",
        state="sent" if sent else chance.choice(["draft", "cancelled"]),
        due_on=made_on + dt.timedelta(days=20),
        made_on=made_on,
        sent_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC) if sent else None,
        consent_key=new_id() if sent else None,
    )


def autumn(seed: int = 7, contacts: int = 150):
    """Write it all; return the two centres."""
    chance = random.Random(seed)
    tashkent = Centre.objects.filter(code="TAS").first() or trust.centre("TAS", region="UZ-TK")
    andijan = trust.centre("AND", region="UZ-AN")
    centres = [tashkent, andijan]
    people = [person(chance, chance.choice(centres)) for _ in range(50)]
    for _ in range(contacts):
        contact(chance, chance.choice(centres), chance.choice([None, *people[:45]]) if chance.random() > 0.2 else None)
    contact(chance, tashkent, people[0], voided_at=dt.datetime(2026, 9, 30, tzinfo=dt.UTC))
    contact(
        chance, andijan, None, former_person_key=people[0].pk, occurred_at=dt.datetime(2026, 9, 9, 7, tzinfo=dt.UTC)
    )
    for _ in range(16):
        session(chance, chance.choice(centres), people)
    for one in people[:20]:
        case(chance, chance.choice(centres), one)
        referral(chance, chance.choice(centres), one)
    campaign(chance, tashkent)
    return tashkent, andijan
