"""What the registry says of a person that a figure may be broken down by; no name, number or birth date leaves this module."""

from dataclasses import dataclass
from uuid import UUID

from safar.people.models import Person
from safar.people.queries.clusters import heads
from safar.people.rules import Birth


@dataclass(frozen=True, slots=True)
class Traits:
    sex: str
    birth: Birth
    category: str
    region: str
    district: str


def traits() -> dict[UUID, Traits]:
    """Return the traits of everybody with a file, in two queries; a merged file has those of the file that answers for it."""
    fields = ("id", "sex", "birth_year", "birth_month", "birth_day", "age_band", "category", "region", "district")
    found = {
        row[0]: Traits(row[1], Birth(*row[2:6]), *row[6:])
        for row in Person.objects.order_by().values_list(*fields).iterator(chunk_size=5000)
    }
    return found | {merged: found[head] for merged, head in heads().items() if head in found}
