from safar.kernel.actor import MACHINE
from safar.people.actions import persons
from safar.people.enums import ConsentPurpose
from safar.people.models import Person
from safar.people.rules import ConsentDetails, PersonDetails
from safar.trust.models import Centre
from tests.factories import trust


def consent(purpose: str = ConsentPurpose.KEEP_FILE, *, granted: bool = True, **fields) -> ConsentDetails:
    return ConsentDetails(purpose=purpose, granted=granted, text_version="test-1", language="uz", **fields)


def details(family_name: str = "Karimova", given_name: str = "Dilnoza", **fields) -> PersonDetails:
    return PersonDetails(family_name=family_name, given_name=given_name, **fields)


def person(
    family_name: str = "Karimova", given_name: str = "Dilnoza", *, at: Centre | None = None, consents=None, **fields
) -> Person:
    """Register a person who said yes to a file, and to whatever else `consents` names."""
    return persons.register(
        details=details(family_name, given_name, **fields),
        consents_given=consents or [consent()],
        centre=at or trust.centre(),
        by=MACHINE,
    )
