"""What case files say to merges of people: a plan that was closed and counted is merged by two."""

from collections.abc import Collection
from uuid import UUID

from safar.cases.enums.cases import CLOSED_CASES
from safar.cases.models import CaseFile
from safar.people.queries.guards import Guard, register_guard


def _closed(person_ids: Collection[UUID]) -> set[UUID]:
    closed = CaseFile.objects.filter(person__in=person_ids, state__in=sorted(CLOSED_CASES)).order_by("id")
    return {person for person in closed.values_list("person_id", flat=True) if person}


register_guard(Guard("cases", _closed))
