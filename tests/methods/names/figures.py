"""Real spellings of public names as pairs: those of one person, and the hardest of two."""

import csv
from collections import defaultdict
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.fuzz import token_sort_ratio

from safar.methods.names.transliteration import to_latin
from tests.methods.names.spellings import DATA

# Languages that spell the names of the region by ear or by rules of their own.
FOREIGN = frozenset(["de", "fr", "pl", "cs", "hu", "nl", "es", "tr", "az", "lt", "lv"])


class Published(NamedTuple):
    person: str
    sex: str
    language: str
    name: str


def published() -> list[Published]:
    with (DATA / "public_figures.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return [Published(row["person"], row["sex"], row["language"], row["name"]) for row in rows]


def of_one_person() -> list[tuple[Published, Published]]:
    people = defaultdict(list)
    for each in published():
        people[each.person].append(each)
    pairs = [pair for spellings in people.values() for pair in combinations(spellings, 2)]
    return [(one, two) for one, two in pairs if one.name != two.name]


def hardest_of_two(count: int) -> list[tuple[Published, Published]]:
    """Return the pairs of different people whose names look most alike in Latin letters: namesakes and relatives."""
    plain = {each: to_latin(each.name).lower() for each in published()}
    pairs = [(one, two) for one, two in combinations(published(), 2) if one.person != two.person]
    return sorted(pairs, key=lambda pair: -token_sort_ratio(plain[pair[0]], plain[pair[1]]))[:count]


def mixed(count: int) -> list[tuple[str, str]]:
    """Return as many names nobody here bears: the given name of one person with the family name of another of the same sex."""
    people = {each.person: each for each in published() if each.language == "en"}
    pairs = [(one, two) for one, two in combinations(people.values(), 2) if one.sex == two.sex]
    return [(one.name, f"{one.name.split()[0]} {two.name.split()[-1]}") for one, two in pairs][:count]
