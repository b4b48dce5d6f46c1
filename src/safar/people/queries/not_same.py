"""Who was said not to be who; what was said of two files holds for everything merged into either."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from safar.people.models import NotSamePair
from safar.people.queries import clusters


def others_of(person_id: UUID) -> set[UUID]:
    """Return the person's own files and the files of everybody said to be somebody else."""
    mine = set(clusters.members_of(person_id))
    pairs = NotSamePair.objects.filter(Q(first__in=mine) | Q(second__in=mine)).order_by("id")
    said = {each for pair in pairs.values_list("first", "second") for each in pair}
    return mine | said | set(clusters.heads_of(said - mine).values())


def between(one: UUID, other: UUID) -> NotSamePair | None:
    """Return the latest word that two files are two people, or None when nobody said so."""
    left, right = clusters.members_of(one), clusters.members_of(other)
    said = Q(first__in=left, second__in=right) | Q(first__in=right, second__in=left)
    return NotSamePair.objects.filter(said).select_related("by").order_by("-at", "-id").first()


def pairs_among(person_ids: Collection[UUID]) -> set[frozenset[UUID]]:
    """Return every pair said to be two people in which one of these files stands, by the files that answer for them."""
    rows = NotSamePair.objects.filter(Q(first__in=person_ids) | Q(second__in=person_ids)).order_by("id")
    pairs = list(rows.values_list("first", "second"))
    heads = clusters.heads_of({each for pair in pairs for each in pair})
    return {frozenset((heads[one], heads[other])) for one, other in pairs}
