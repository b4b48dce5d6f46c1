"""A few people who came again, were written in the other alphabet and got a second file: something for the queue to show."""

from random import Random

from safar.demo.counselling import Counselling
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.methods.names.scripts import Script, detect
from safar.methods.names.transliteration import to_cyrillic, to_latin
from safar.people.actions import merges, persons, sweep
from safar.people.enums import ConsentPurpose
from safar.people.models import Person
from safar.people.rules import Birth, ConsentDetails, ContactPointDetails, PersonDetails
from safar.trust.queries.profile import profile

_HOW_MANY = 5


def open_some(counselling: Counselling, rng: Random) -> None:
    """Open second files, merge one pair as a counsellor would, and leave the others to the queue."""
    known = Person.objects.filter(birth_day__isnull=False, contact_points__kind="phone", centre__kind="centre")
    adults = [person for person in known.order_by("client_number").distinct() if not person.birth.is_minor_on(today())]
    pairs = [(person, _again(person)) for person in rng.sample(adults, min(_HOW_MANY, len(adults)))]
    counselling.known += [second.pk for _first, second in pairs]
    if pairs:
        first, second = pairs[0]
        merges.merge(
            kept_id=first.pk, merged_id=second.pk, reason="Showed the same passport on both visits.", by=MACHINE
        )
    sweep.sweep(by=MACHINE)


def _again(person: Person) -> Person:
    text = profile().consent_text(ConsentPurpose.KEEP_FILE, person.language or profile().default_language)
    phone = person.contact_points.filter(kind="phone").order_by("id")[0]
    details = PersonDetails(
        family_name=_otherwise(person.family_name),
        given_name=_otherwise(person.given_name),
        sex=person.sex,
        birth=Birth(person.birth_year, person.birth_month, person.birth_day),
        region=person.region,
        language=person.language,
        category=person.category,
        contact_points=[ContactPointDetails(phone.kind, phone.value, phone.safety)],
    )
    consent = ConsentDetails(ConsentPurpose.KEEP_FILE, granted=True, text_version=text.version, language=text.language)
    return persons.register(details=details, consents_given=[consent], centre=person.centre, by=MACHINE)


def _otherwise(name: str) -> str:
    return to_latin(name) if detect(name) is Script.CYRILLIC else to_cyrillic(name)
