"""What a merge of two files does to figures of persons, told before it is done."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from safar.cases.enums.cases import CaseEventKind, CaseKind
from safar.cases.models import CaseEvent, Contact
from safar.insights.extract.rows import local_day, month_of


@dataclass(frozen=True, slots=True)
class CountChange:
    """By how much the node's figure of one month falls, by the code of its indicator."""

    indicator: str
    month: str
    change: int = -1


def effect_of_merge(kept: Collection[UUID], merged: Collection[UUID]) -> list[CountChange]:
    """Return which live figures fall when the files of two people become one person's; frozen reports stay as they are.

    Contacts, attendances and services are counted as before: only what counts different persons changes.
    """
    one, other = _contact_months(kept), _contact_months(merged)
    changes = [CountChange("persons_counselled", month) for month in sorted({*one} & {*other})]
    if one and other:
        # The first contact of the two that came later is no first contact any more.
        changes.append(CountChange("new_clients", max(one[0], other[0])))
    both = set(_assisted_months(kept)) & set(_assisted_months(merged))
    return changes + [CountChange("returnees_assisted", month) for month in sorted(both)]


def _contact_months(people: Collection[UUID]) -> list[str]:
    moments = Contact.objects.filter(voided_at=None, person__in=people).order_by("occurred_at", "id")
    return [month_of(local_day(moment)) for moment in moments.values_list("occurred_at", flat=True)]


def _assisted_months(people: Collection[UUID]) -> list[str]:
    events = CaseEvent.objects.filter(
        kind=CaseEventKind.SERVICE, case_file__person__in=people, case_file__kind=CaseKind.REINTEGRATION
    )
    return [month_of(day) for day in events.order_by("occurred_on", "id").values_list("occurred_on", flat=True)]
