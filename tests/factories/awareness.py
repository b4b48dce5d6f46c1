import datetime as dt
from itertools import count

from django.utils import timezone

from safar.awareness.enums import SessionState
from safar.awareness.models import CountedAttendance, Facilitator, NamedAttendance, Session
from safar.awareness.rules import SessionDetails
from safar.kernel.clock import now
from safar.people.models import Person
from safar.trust.models import Centre, Staff
from tests.factories import trust

_NUMBERS = count(1)


def session(at: Centre | None = None, *, held_by: Staff | None = None, **fields) -> Session:
    """Make a session that began an hour ago, planned unless `state` says otherwise."""
    starts_at = fields.pop("starts_at", None) or now() - dt.timedelta(hours=1)
    defaults = {
        "session_type": "college",
        "title": f"Safe migration {next(_NUMBERS)}",
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=2),
        "language": "uz",
        "region": "UZ-AN",
    }
    made = Session.objects.create(centre=at or Centre.objects.first() or trust.centre(), **(defaults | fields))
    if held_by:
        Facilitator.objects.create(session=made, staff=held_by)
    return made


def upcoming(at: Centre | None = None, *, days: int = 3, **fields) -> Session:
    """Make a public session that people may sign up for."""
    return session(at, starts_at=now() + dt.timedelta(days=days), **({"public": True} | fields))


def held(at: Centre | None = None, **fields) -> Session:
    return session(at, **({"state": SessionState.HELD} | fields))


def attendee(at: Centre | None = None, **fields) -> Person:
    """Make a registered person as an attendance list needs one."""
    number = next(_NUMBERS)
    defaults = {
        "client_number": f"TAS-26-{number:05d}",
        "family_name": f"Karimova{number}",
        "given_name": "Nodira",
        "name_script": "Latn",
        "sex": "female",
        "birth_year": timezone.localdate().year - 25,
        "registered_on": timezone.localdate(),
    }
    return Person.objects.create(centre=at or Centre.objects.first() or trust.centre(), **(defaults | fields))


def named(at: Session, *people: Person) -> None:
    NamedAttendance.objects.bulk_create(NamedAttendance(session=at, person=person) for person in people)


def counted(at: Session, **fields) -> CountedAttendance:
    return CountedAttendance.objects.create(session=at, **({"sex": "male", "age_band": "18_29", "count": 10} | fields))


def details(**fields) -> SessionDetails:
    starts_at = fields.pop("starts_at", None) or now() + dt.timedelta(days=1)
    defaults = {
        "session_type": "college",
        "title": "Working in Korea",
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=2),
        "language": "uz",
        "region": "UZ-AN",
    }
    return SessionDetails(**(defaults | fields))
