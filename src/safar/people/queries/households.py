from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from safar.kernel.actor import Actor, check_may
from safar.people.models import Household, HouseholdMember
from safar.people.permissions import READ_PERSON
from safar.people.queries import clusters
from safar.people.rules import Dependants
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """A household with those who live there now, those who left, and how many have no file."""

    household: Household
    members: list[HouseholdMember]
    left: list[HouseholdMember]

    @property
    def dependants(self) -> Dependants:
        return self.household.dependants

    @property
    def size(self) -> int:
        """How many live there: those with a file and those counted."""
        counted = self.dependants
        return len(self.members) + counted.men + counted.women + counted.boys + counted.girls


def of_person(person_id: UUID, *, by: Actor) -> list[HouseholdView]:
    """Return the households somebody lives or lived in, under whichever of their merged files; others are named there."""
    check_may(by, READ_PERSON)
    theirs = Household.objects.filter(members__person__in=clusters.members_of(person_id))
    return _seen(theirs.distinct().prefetch_related("members__person"), by)


def get(household_id: UUID, *, by: Actor) -> HouseholdView:
    """Return one household; raises Household.DoesNotExist."""
    check_may(by, READ_PERSON)
    found = Household.objects.prefetch_related("members__person").get(pk=household_id)
    return _seen([found], by)[0]


def _seen(households: Collection[Household], by: Actor) -> list[HouseholdView]:
    views = []
    for household in households:
        everybody = list(household.members.all())
        views.append(
            HouseholdView(
                household,
                [member for member in everybody if member.until is None],
                [member for member in everybody if member.until is not None],
            )
        )
        audit.record(
            by=by,
            action="people.household.open",
            verb=AuditVerb.READ,
            subject_key=household.pk,
            fields=[f"{len(everybody)} people"],
        )
    return views
