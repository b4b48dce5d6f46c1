"""Small registries for the tests, and precision and recall counted apart from the code under test."""

import itertools
import random
from collections import defaultdict

from safar.methods.linkage.synthetic import records


def registry(size, seed, **wanted):
    """Return shuffled records as the command reads them, and who each rid truly is."""
    rows = list(records(size, seed, **wanted))
    random.Random(seed).shuffle(rows)
    return [tuple(row[:9]) for row in rows], {row.rid: row.pid for row in rows}


def record(  # noqa: PLR0917  (the fields of a record in their order)
    rid, surname, given, patronymic="", sex="male", dob="1990-05-17", phone="", passport="", district=""
):
    return (rid, surname, given, patronymic, sex, dob, phone, passport, district)


def true_pairs(truth):
    """Every pair of rids of one person, made by going through people instead of through pairs."""
    people = defaultdict(set)
    for rid, pid in truth.items():
        people[pid].add(rid)
    return {frozenset(pair) for rids in people.values() for pair in itertools.combinations(sorted(rids), 2)}


def figures(pairs, truth):
    """Precision and recall of a set of pairs of rids, by sets."""
    wanted, found = true_pairs(truth), {frozenset(pair) for pair in pairs}
    right = wanted & found
    return len(right) / len(found), len(right) / len(wanted)


def pairs_of(clusters):
    """The pairs of rids that stand in one cluster."""
    members = defaultdict(list)
    for rid, cluster in clusters.items():
        members[cluster].append(rid)
    return [pair for rids in members.values() for pair in itertools.combinations(rids, 2)]
