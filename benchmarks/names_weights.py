"""Learn `evidence.yaml` and `frequencies.csv` of safar.methods.names from a synthetic registry; the same seed gives the same files.

Usage: names_weights.py [--people N] [--seed N] [--write]. Without --write it prints what it would write. Levels that the
registry shows rarely or never (German spellings, initials) are held near the values set by hand in `BY_HAND`, which weigh as
much as `STRENGTH` pairs.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

from safar.methods.linkage.synthetic import Row, registry
from safar.methods.names.births import Birth
from safar.methods.names.evidence import Record, levels_of
from safar.methods.names.keys import VERSION, token_key
from safar.methods.names.parsing import parse_name

FOLDER = Path(__file__).resolve().parents[1] / "src" / "safar" / "methods" / "names"
STRENGTH = 2_000
LEAST_PER_MILLION = 80
# The registry deals surnames out by chance; everybody knows these to be common, though nobody publishes how common.
COMMON_FAMILIES = [
    "Karimov",
    "Rahimov",
    "Yusupov",
    "Abdullayev",
    "Ahmedov",
    "Ismoilov",
    "Ibrohimov",
    "Aliyev",
    "Umarov",
    "Usmonov",
    "Saidov",
    "Nazarov",
    "Xolmatov",
    "Ergashev",
    "Tursunov",
    "Sobirov",
    "Hasanov",
    "Rustamov",
    "Mirzayev",
    "Qodirov",
    "Hamidov",
    "Toshmatov",
    "Joʻrayev",
    "Yoʻldoshev",
    "Sultonov",
    "Olimov",
    "Salimov",
    "Sharipov",
    "Boboyev",
    "Murodov",
    "Normatov",
    "Rasulov",
    "Haydarov",
    "Mahmudov",
    "Muhammadov",
    "Azimov",
    "Hakimov",
    "Nurmatov",
    "Asanov",
    "Mamatov",
]
COMMON_PER_MILLION = 3_000
NAME = {
    "same": (0.85, 0.004, 0.004), "apostrophe_lost": (0.02, 0.0004, 0.0004), "foreign_spelling": (0.05, 0.0004, 0.0004),
    "part_of": (0.01, 0.0005, 0.002), "swapped": (0.02, 0.0004, 0.0004), "one_vowel": (0.012, 0.0015, 0.01),
    "near_sound": (0.01, 0.0003, 0.004), "other_vowels": (0.008, 0.0001, 0.001), "one_letter": (0.015, 0.008, 0.02),
    "initial": (0.004, 0.0003, 0.0004), "same_consonants": (0.006, 0.001, 0.006), "similar": (0.005, 0.03, 0.06),
    "different": (0.003, 0.9, 0.85),
}  # fmt: skip
SHARED_BY_KIN = {level: (m, u, m) for level, (m, u, _) in NAME.items()}
BY_HAND: dict[str, dict[str, tuple[float, float, float]]] = {
    "family": SHARED_BY_KIN, "given": NAME, "patronymic": SHARED_BY_KIN,
    "birth": {
        "same_date": (0.72, 0.00006, 0.01), "same_month": (0.02, 0.002, 0.004), "same_year": (0.2, 0.025, 0.04),
        "swapped": (0.02, 0.00006, 0.0001), "one_digit": (0.025, 0.001, 0.002), "near_year": (0.005, 0.015, 0.03),
        "same_day": (0.002, 0.0027, 0.003), "different": (0.008, 0.95, 0.91),
    },
    "sex": {"same": (0.99, 0.5, 0.5), "different": (0.01, 0.5, 0.5), "same_by_name": (0.97, 0.55, 0.55), "different_by_name": (0.03, 0.45, 0.45)},
    "phone": {"same": (0.7, 0.002, 0.5), "different": (0.3, 0.998, 0.5)},
    "district": {"same": (0.8, 0.01, 0.9), "same_region": (0.1, 0.08, 0.05), "different": (0.1, 0.91, 0.05)},
    "document": {"same": (0.85, 0.000001, 0.000001), "different": (0.15, 0.999999, 0.999999)},
}  # fmt: skip


def main() -> None:
    options = _options()
    rows = list(registry(options.people, options.seed))
    rng = Random(options.seed)
    counted = [_count(pairs) for pairs in (_one_person(rows), _strangers(rows, rng), _kin(rows))]
    weights = _weights(counted, options)
    frequencies = _frequencies(rows, options)
    if options.write:
        (FOLDER / "evidence.yaml").write_text(weights, encoding="utf-8")
        (FOLDER / "frequencies.csv").write_text(frequencies, encoding="utf-8")
    else:
        print(weights)
        print(len(frequencies.splitlines()), "rows of frequencies")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=150_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _record(row: Row) -> Record:
    year, month, day = ([*map(int, row.dob.split("-")), None, None] if row.dob else [None] * 3)[:3]
    phones, documents = (frozenset({value} - {""}) for value in (row.phone[-9:], row.passport.replace(" ", "")))
    return Record(
        row.surname, row.given, row.patronymic, Birth(year, month, day), row.sex, phones, row.district, documents
    )


def _one_person(rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    people = defaultdict(list)
    for row in rows:
        people[row.pid].append(row)
    for copies in people.values():
        yield from combinations(copies, 2)


def _strangers(rows: list[Row], rng: Random) -> Iterator[tuple[Row, Row]]:
    for _ in range(len(rows)):
        one, two = rng.choice(rows), rng.choice(rows)
        if one.pid != two.pid:
            yield one, two


def _kin(rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield brothers and sisters: they stand beside each other and share the family and the father's name."""
    for one, two in pairwise(rows):
        if one.pid == two.pid:
            continue
        first, second = (parse_name(row.surname, row.given, row.patronymic) for row in (one, two))
        if all(
            a and b and token_key(a, part) == token_key(b, part)
            for a, b, part in (
                (first.family, second.family, "family"),
                (first.patronymic, second.patronymic, "patronymic"),
            )
        ):
            yield one, two


def _count(pairs: Iterable[tuple[Row, Row]]) -> Counter[tuple[str, str]]:
    return Counter(found for one, two in pairs for found in levels_of(_record(one), _record(two)))


def _weights(counted: list[Counter[tuple[str, str]]], options: argparse.Namespace) -> str:
    lines = [
        "# Weights of the comparison of two people: how often a level is seen for one person (m), for two strangers (u) and",
        "# for brothers and sisters (kin). A level weighs log2(m / u) bits. Where a name is equal, u is the frequency of that",
        "# very name (frequencies.csv). People review this file; no personal data went into it.",
        f'version: "{VERSION}"',
        f"made: benchmarks/names_weights.py --people {options.people} --seed {options.seed} --write",
        "parts:",
    ]
    for part, levels in BY_HAND.items():
        lines.append(f"  {part}:")
        for level, hand in levels.items():
            m, u, kin = (
                _share(part, level, counts, share, place)
                for place, (counts, share) in enumerate(zip(counted, hand, strict=True))
            )
            # Kin share the family's and the father's name as one person shares them with oneself.
            kin = m if part in {"family", "patronymic"} else kin
            written = (f"{share:.7f}".rstrip("0") for share in (m, u, kin))
            lines.append("    {}: {{m: {}, u: {}, kin: {}}}".format(level, *written))
    return "\n".join(lines) + "\n"


def _share(part: str, level: str, counts: Counter[tuple[str, str]], hand: float, place: int) -> float:
    """Return how often a level is seen among the levels it competes with, drawn towards what was set by hand."""
    if part == "document":
        return hand  # numbers are not shared by strangers here; a registry has clerks who mistype them
    by_name = level.endswith("_by_name")
    rivals = [each for each in BY_HAND[part] if each.endswith("_by_name") == by_name]
    total = sum(counts[part, each] for each in rivals)
    scale = sum(BY_HAND[part][each][place] for each in rivals)
    return (counts[part, level] + STRENGTH * hand / scale) / (total + STRENGTH)


def _frequencies(rows: list[Row], options: argparse.Namespace) -> str:
    counts: Counter[tuple[str, str]] = Counter()
    seen = set()
    for row in rows:
        if row.pid in seen:
            continue
        seen.add(row.pid)
        parsed = parse_name(row.surname, row.given, row.patronymic)
        for part, written in (("family", parsed.family), ("given", parsed.given), ("patronymic", parsed.patronymic)):
            if written:
                counts[part, token_key(written.replace(" ", ""), part)] += 1
    for name in COMMON_FAMILIES:
        stem = ("family", token_key(name, "family"))
        counts[stem] = max(counts[stem], round(COMMON_PER_MILLION * len(seen) / 1e6))
    held = sorted((part, stem, round(count / len(seen) * 1e6)) for (part, stem), count in counts.items())
    lines = [
        "# Share of people who bear a name, by stem in sounds. A name that is not here is rare. Made of a synthetic registry",
        f"# (benchmarks/names_weights.py --people {options.people} --seed {options.seed}): counts of names, no people. Family names",
        f"# everybody knows to be common (COMMON_FAMILIES there) have at least {COMMON_PER_MILLION} per million.",
        "part,stem,per_million",
        *(f"{part},{stem},{share}" for part, stem, share in held if share >= LEAST_PER_MILLION),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
