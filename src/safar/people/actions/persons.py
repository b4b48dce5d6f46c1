import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.methods.names.scripts import detect
from safar.people.actions import consents, contact_points, guardians, index, not_same, registrations
from safar.people.enums import ConsentPurpose, ContactKind, RegistrationSource
from safar.people.models import Person
from safar.people.permissions import CHANGE_PERSON, REGISTER_PERSON
from safar.people.queries.index_keys import pair_keys_of
from safar.people.rules import Birth, ConsentDetails, PersonDetails, phone_tail, tidy_name
from safar.reference.queries import codes, places
from safar.trust.actions import audit
from safar.trust.models import Centre

_CODED = {"sex": "sex", "category": "client_category", "education": "education", "employment": "employment"}
_NEXT_NUMBER = (
    "INSERT INTO people_clientcounter (centre_id, year, last) VALUES (%s, %s, 1) "
    "ON CONFLICT (centre_id, year) DO UPDATE SET last = people_clientcounter.last + 1 RETURNING last"
)
_NAMES = {"family_name", "given_name", "patronymic"}


@transaction.atomic
def register(
    *,
    details: PersonDetails,
    consents_given: Sequence[ConsentDetails],
    centre: Centre,
    registered_on: dt.date | None = None,
    source: str = RegistrationSource.DESK,
    not_same_as: Collection[UUID] = (),
    form_key: str = "",
    by: Actor,
) -> Person:
    """Open a file on somebody who agreed to it; the same form key a second time returns the first file.

    `not_same_as` are look-alikes somebody compared and said to be other people, which is remembered.
    """
    check_may(by, REGISTER_PERSON)
    if earlier := once.result_of(form_key):
        return Person.objects.get(pk=earlier)
    if not any(consent.purpose == ConsentPurpose.KEEP_FILE and consent.granted for consent in consents_given):
        raise ValidationError(
            {"consent": _("A file needs the person's consent. Without it, record the visit without a name.")}
        )
    day = registered_on or today()
    person = Person(client_number=_next_client_number(centre, day.year), centre=centre, registered_on=day)
    _fill(person, details)
    index.stamp(person)
    person.save(force_insert=True)
    index.store(person, is_new=True)
    guardians.keep(person=person, details=details.guardian, by=by)
    registrations.open_with(person=person, source=source, phone_tails=_phone_tails(details), by=by)
    contact_points.replace(person=person, details=details.contact_points, is_new=True)
    consents.store_all(person=person, details=consents_given, by=by)
    if not_same_as:
        not_same.store(person=person, others=not_same_as, by=by)
    once.use(form_key, person.pk)
    audit.record(by=by, action="people.person.register", person_key=person.pk, fields=_filled_fields(details))
    return person


@transaction.atomic
def change(*, person_id: UUID, details: PersonDetails, by: Actor) -> Person:
    """Change what is known of a person; the audit row names the fields that differ, not their values."""
    check_may(by, CHANGE_PERSON)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    before = _values(person)
    _fill(person, details)
    changed = {name for name, value in _values(person).items() if value != before[name]}
    if changed & _NAMES:
        _remember_name(person, before)
    index.stamp(person)
    person.save()
    index.store(person)
    if contact_points.replace(person=person, details=details.contact_points):
        changed.add("contact_points")
    if guardians.keep(person=person, details=details.guardian, by=by):
        changed.add("guardian")
    audit.record(by=by, action="people.person.change", person_key=person.pk, fields=changed)
    return person


def _fill(person: Person, details: PersonDetails) -> None:
    """Check the details and put them on the person; raises ValidationError keyed by field."""
    problems = _problems(details)
    if problems:
        raise ValidationError(problems)
    person.family_name = tidy_name(details.family_name)
    person.given_name = tidy_name(details.given_name)
    person.patronymic = tidy_name(details.patronymic)
    person.preferred_name = tidy_name(details.preferred_name)
    person.name_script = detect(f"{person.family_name} {person.given_name} {person.patronymic}")
    person.birth_year, person.birth_month, person.birth_day = (
        details.birth.year,
        details.birth.month,
        details.birth.day,
    )
    person.age_band = details.birth.age_band
    for name in (
        "sex",
        "citizenship",
        "region",
        "district",
        "language",
        "category",
        "education",
        "employment",
        "heard_via",
    ):
        setattr(person, name, getattr(details, name))


def _problems(details: PersonDetails) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not any(character.isalpha() for character in details.family_name):
        problems["family_name"] = _("Write the family name, or the only name the person has.")
    if problem := details.birth.problem(today()):
        problems["birth"] = _birth_message(details.birth, problem)
    for name, code_list in _CODED.items():
        value = getattr(details, name)
        if value and not codes.is_known(code_list, value):
            problems[name] = _("Choose one of the values offered.")
    if details.citizenship and not _is_country(details.citizenship):
        problems["citizenship"] = _("Choose a country from the list.")
    if details.region and not _is_region(details.region):
        problems["region"] = _("Choose a region from the list.")
    elif details.district and not _lies_in(details.district, details.region):
        problems["district"] = _("This district does not lie in the region chosen.")
    return problems


def _is_country(code: str) -> bool:
    return places.is_known(code) and places.place(code).level == places.COUNTRY


def _is_region(code: str) -> bool:
    return places.is_known(code) and places.place(code).level == places.REGION


def _lies_in(district: str, region: str) -> bool:
    return places.is_known(district) and places.place(district).parent == region


def _birth_message(birth: Birth, problem: str) -> str:
    return {
        "incomplete": _("A day needs its month and a month its year; leave out what is not known."),
        "impossible": _("There is no such day in the calendar."),
        "future": _("The birth date lies in the future."),
        "too_old": _("The year %(year)s is too long ago.") % {"year": birth.year},
    }[problem]


def _next_client_number(centre: Centre, year: int) -> str:
    # One statement on every database: two desks at once wait for each other here and get two numbers.
    key = Centre._meta.pk.get_db_prep_value(centre.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_NUMBER, [key, year])
        (last,) = cursor.fetchone()
    return f"{centre.code}-{year % 100:02d}-{last:05d}"


def _remember_name(person: Person, before: dict[str, Any]) -> None:
    """Keep the name the person had, when it is another name and not another spelling: they may give either one next time."""
    former = [before["family_name"], before["given_name"], before["patronymic"]]
    is_another = pair_keys_of((former[0], former[1], former[2])) != pair_keys_of(index.names_of(person)[0])
    if is_another and former not in person.former_names:
        person.former_names = [*person.former_names, former]


def _phone_tails(details: PersonDetails) -> list[str]:
    phones = [point.value for point in details.contact_points if point.kind == ContactKind.PHONE]
    return [tail for phone in phones if (tail := phone_tail(phone))]


def _filled_fields(details: PersonDetails) -> list[str]:
    return [name for name in PersonDetails.__slots__ if getattr(details, name) not in ("", "unknown", (), None)]


def _values(person: Person) -> dict[str, Any]:
    return {field.name: getattr(person, field.attname) for field in Person._meta.concrete_fields}
