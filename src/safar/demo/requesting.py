"""People who asked about their own data, and what some of them agreed on how they may be reached."""

import datetime as dt

from safar.demo.office import Office
from safar.kernel.clock import today
from safar.people.actions import contact_points
from safar.people.enums import AnsweredBy, ContactKind, Safety, Wording
from safar.people.models import ContactPoint, Person
from safar.people.rules import SafeContact
from safar.trust.actions import subject_requests
from safar.trust.rules import RequestDetails

# What is asked, how many days ago, and how the centre knew who asks.
ASKED = [
    ("copy", 3, "document"),
    ("erasure", 8, "call_back"),
    ("correction", 6, "known"),
    ("copy", 0, "not_yet"),
]
AGREED = [
    ("safe", SafeContact(answered_by=AnsweredBy.PERSON, wording=Wording.OPEN)),
    ("ask_first", SafeContact((1, 2, 3, 4, 5), 18, 20, AnsweredBy.FAMILY)),
    ("safe", SafeContact((), 9, 18, AnsweredBy.OTHERS, "Nodira opa", Wording.CODE_WORD, "Tikuvchi")),
]


def fill(office: Office) -> None:
    """Note the requests as counsellors, answer one as the officer, and agree with a few people on safe contact."""
    counsellor, officer = office.actors("counsellor")[0], office.actors("dpo")[0]
    people = list(Person.objects.filter(merged_into=None).order_by("-registered_on", "id")[: len(ASKED)])
    for person, (kind, ago, identity) in zip(people, ASKED, strict=False):
        details = RequestDetails(
            kind=kind, way="in_person", received_on=today() - dt.timedelta(days=ago), identity=identity
        )
        made = subject_requests.receive(person_key=person.pk, details=details, by=counsellor)
        if kind == "correction":
            subject_requests.answer(
                request_id=made.pk, state="done", decision="The year of birth is right now.", by=officer
            )
    phones = ContactPoint.objects.filter(kind=ContactKind.PHONE, safety=Safety.SAFE).order_by("id")
    for point, (safety, agreed) in zip(phones[: len(AGREED)], AGREED, strict=False):
        contact_points.agree(point_id=point.pk, safety=safety, agreed=agreed, by=counsellor)
