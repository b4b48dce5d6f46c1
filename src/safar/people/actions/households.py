import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.people.enums import HouseholdRole
from safar.people.models import Household, HouseholdMember, Person
from safar.people.permissions import CHANGE_PERSON
from safar.people.rules import Dependants, HouseholdDetails, tidy_name
from safar.reference.queries import places
from safar.trust.actions import audit


@transaction.atomic
def start(*, person_id: UUID, details: HouseholdDetails, role: str, form_key: str = "", by: Actor) -> Household:
    """Begin a household with one person who has a file; the same form key a second time returns the first."""
    check_may(by, CHANGE_PERSON)
    if earlier := once.result_of(form_key):
        return Household.objects.get(pk=earlier)
    person = Person.objects.get(pk=person_id)
    household = Household()
    _fill(household, details)
    household.save(force_insert=True)
    _join(household, person, role, None)
    once.use(form_key, household.pk)
    audit.record(by=by, action="people.household.start", person_key=person.pk, subject_key=household.pk, fields=[role])
    return household


@transaction.atomic
def change(*, household_id: UUID, details: HouseholdDetails, by: Actor) -> Household:
    """Change how the household is called, where it is, and how many without a file belong to it."""
    check_may(by, CHANGE_PERSON)
    household = Household.objects.select_for_update(of=("self",)).get(pk=household_id)
    before = _values(household)
    _fill(household, details)
    changed = [name for name, value in _values(household).items() if value != before[name]]
    if changed:
        household.save(update_fields=changed)
        audit.record(by=by, action="people.household.change", subject_key=household.pk, fields=changed)
    return household


@transaction.atomic
def add(*, household_id: UUID, person_id: UUID, role: str, since: dt.date | None = None, by: Actor) -> HouseholdMember:
    """Add somebody with a file of their own; who is there already stays as they are."""
    check_may(by, CHANGE_PERSON)
    # Locked, so that two presses at once add one person.
    household = Household.objects.select_for_update(of=("self",)).get(pk=household_id)
    if held := HouseholdMember.objects.filter(household=household, person_id=person_id, until=None).first():
        return held
    member = _join(household, Person.objects.get(pk=person_id), role, since)
    audit.record(by=by, action="people.household.add", person_key=person_id, subject_key=household.pk, fields=[role])
    return member


@transaction.atomic
def leave(*, member_id: UUID, until: dt.date | None = None, by: Actor) -> HouseholdMember:
    """Record that somebody no longer belongs to the household, from today unless another day is given."""
    check_may(by, CHANGE_PERSON)
    member = HouseholdMember.objects.select_for_update(of=("self",)).get(pk=member_id)
    if member.until is None:
        day = until or today()
        if day > today() or (member.since and day < member.since):
            raise ValidationError({"until": _("The day of leaving lies between the first day and today.")})
        member.until = day
        member.save(update_fields=["until"])
        audit.record(
            by=by, action="people.household.leave", person_key=member.person_id, subject_key=member.household_id
        )
    return member


def _join(household: Household, person: Person, role: str, since: dt.date | None) -> HouseholdMember:
    if role not in HouseholdRole.values:
        raise ValidationError({"role": _("Choose one of the values offered.")})
    if since and since > today():
        raise ValidationError({"since": _("This day is still to come.")})
    return HouseholdMember.objects.create(household=household, person=person, role=role, since=since)


def _fill(household: Household, details: HouseholdDetails) -> None:
    label = tidy_name(details.label)
    problems: dict[str, str] = {}
    if not label:
        problems["label"] = _("Give the household a name you will know it by.")
    if details.place and not places.is_known(details.place):
        problems["place"] = _("Choose a place from the list.")
    if problem := details.dependants.problem():
        problems["dependants"] = _dependants_message(problem)
    if problems:
        raise ValidationError(problems)
    household.label, household.place = label, details.place
    counted: Dependants = details.dependants
    household.men, household.women, household.boys, household.girls = (
        counted.men,
        counted.women,
        counted.boys,
        counted.girls,
    )


def _dependants_message(problem: str) -> str:
    return {
        "negative": _("Nobody counts less than nothing."),
        "too_many": _("These are more people than a household holds. Please check."),
    }[problem]


def _values(household: Household) -> dict[str, object]:
    return {name: getattr(household, name) for name in ("label", "place", "men", "women", "boys", "girls")}
