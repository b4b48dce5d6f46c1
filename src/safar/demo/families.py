"""A few households: a father with a file, a son registered with him as guardian, and those who are only counted."""

from random import Random

from safar.demo.counselling import Counselling
from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.people.actions import cards, households, persons
from safar.people.enums import ConsentMethod, ConsentPurpose, GuardianBasis, GuardianRelation, HouseholdRole
from safar.people.models import Person
from safar.people.rules import Birth, ConsentDetails, Dependants, GuardianDetails, HouseholdDetails, PersonDetails
from safar.trust.queries.profile import profile

_HOW_MANY = 3
_YOUNGEST_FATHER = 28


def settle(counselling: Counselling, rng: Random) -> None:
    """Begin households around grown-up men who came to the centre, and give each of them a card."""
    known = Person.objects.filter(sex="male", centre__kind="centre", merged_into=None, birth_year__isnull=False)
    fathers = [
        person
        for person in known.order_by("client_number")
        if (person.birth.age_on(today()) or 0) >= _YOUNGEST_FATHER and person.given_name
    ]
    for father in rng.sample(fathers, min(_HOW_MANY, len(fathers))):
        son = _son(father, counselling, rng)
        counselling.known.append(son.pk)
        details = HouseholdDetails(
            father.family_name,
            father.district or father.region,
            Dependants(women=1, girls=rng.randrange(3), boys=rng.randrange(2)),
        )
        household = households.start(person_id=father.pk, details=details, role=HouseholdRole.HEAD, by=MACHINE)
        households.add(household_id=household.pk, person_id=son.pk, role=HouseholdRole.CHILD, by=MACHINE)
        cards.issue(person_id=father.pk, by=MACHINE)


def _son(father: Person, counselling: Counselling, rng: Random) -> Person:
    language = father.language or profile().default_language
    text = profile().consent_text(ConsentPurpose.KEEP_FILE, language)
    details = PersonDetails(
        family_name=father.family_name,
        given_name=counselling.population.name(language, "male").given,
        sex="male",
        birth=Birth(today().year - rng.randint(13, 16)),
        region=father.region,
        district=father.district,
        language=language,
        category="family_member",
        guardian=GuardianDetails(GuardianBasis.GUARDIAN, GuardianRelation.FATHER, father.client_number),
    )
    consent = ConsentDetails(
        ConsentPurpose.KEEP_FILE,
        granted=True,
        text_version=text.version,
        language=text.language,
        method=ConsentMethod.WRITTEN,
    )
    return persons.register(details=details, consents_given=[consent], centre=father.centre, by=MACHINE)
