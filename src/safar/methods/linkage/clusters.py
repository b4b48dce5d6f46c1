"""Groups of records that are one person, guarded against chaining: one wrong pair must not join two families."""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

LARGEST = 6
"""More records than this are not put together by a machine: a person decides."""

Edge = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Clusters:
    """For each record that is not alone the cluster it belongs to, and the strong pairs that clusters had to leave apart."""

    of: dict[int, int]
    left_apart: list[Edge]


def clustered(edges: Iterable[Edge], forbidden: AbstractSet[tuple[int, int]] = frozenset()) -> Clusters:
    """Put records together along edges (one, other, weight), each pair once.

    Every member of a cluster has an edge to its medoid, the record with the most evidence for the others; no two members are
    a `forbidden` pair (smaller number first), and no cluster is larger than `LARGEST`. A cluster is named by its smallest
    record. The order of the edges does not matter.
    """
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for one, other, weight in edges:
        near[one][other] = near[other][one] = weight
    of: dict[int, int] = {}
    for component in _components(near):
        for members in _split(component, near, forbidden):
            of |= dict.fromkeys(members, min(members))
    left_apart = [
        (one, other, weight)
        for one, others in sorted(near.items())
        for other, weight in sorted(others.items())
        if one < other and of.get(one, one) != of.get(other, other)
    ]
    return Clusters(of, left_apart)


def _components(near: dict[int, dict[int, float]]) -> list[list[int]]:
    seen: set[int] = set()
    found: list[list[int]] = []
    for start in near:
        if start in seen:
            continue
        seen.add(start)
        component = [start]
        for record in component:
            fresh = [other for other in near[record] if other not in seen]
            seen.update(fresh)
            component += fresh
        found.append(component)
    return found


def _split(
    component: list[int], near: dict[int, dict[int, float]], forbidden: AbstractSet[tuple[int, int]]
) -> list[list[int]]:
    """Take clusters around medoids out of a component until no two of its records belong together."""
    left = set(component)
    found: list[list[int]] = []
    while left:
        support = {record: sum(weight for other, weight in near[record].items() if other in left) for record in left}
        medoid = max(left, key=lambda record: (support[record], -record))
        members = _around(medoid, {other: near[medoid][other] for other in near[medoid] if other in left}, forbidden)
        left.difference_update(members)
        if len(members) > 1:
            found.append(members)
    return found


def _around(medoid: int, weights: dict[int, float], forbidden: AbstractSet[tuple[int, int]]) -> list[int]:
    members = [medoid]
    for other in sorted(weights, key=lambda record: (-weights[record], record)):
        if len(members) < LARGEST and not any(_pair(other, member) in forbidden for member in members):
            members.append(other)
    return members


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
