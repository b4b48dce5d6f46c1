"""Full names across scripts and spellings: best F1 of safar.methods.names beside the field's scorers, on the same pairs in one run.

The pairs are those of tests/methods/names/data: published spellings of public figures, and the pairs of different people whose
names look most alike. For the peer run it with a Python that has nomenklatura as well:

    python3.11 -m venv /tmp/peer && /tmp/peer/bin/pip install nomenklatura rapidfuzz anyascii pyyaml
    /tmp/peer/bin/python benchmarks/names.py

Usage: names.py [--negatives N] [--pairs FILE.csv]; FILE has columns name1, name2 and same (1 or 0) and replaces the pairs.
"""

import argparse
import csv
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from rapidfuzz import fuzz  # noqa: E402

from safar.methods.names.matching import MATCH_FROM, Named, match  # noqa: E402
from tests.methods.names.figures import FOREIGN, hardest_of_two, of_one_person  # noqa: E402

Scorer = Callable[[str, str], float]
Pair = tuple[str, str, bool]
TARGET = 8


def main() -> None:
    options = _options()
    sets = _labelled(options.pairs) if options.pairs else _shipped(options.negatives)
    print(f"{'scorer':32} {'pairs':26} {'best F1':>8} {'at':>6} {'R at P>=.99':>12} {'AUC':>7} {'pairs/s':>8}")
    errors: dict[tuple[str, str], float] = {}
    for name, scorer in _scorers():
        for label, pairs in sets.items():
            started = time.perf_counter()
            scored = [(scorer(one, two), same) for one, two, same in pairs]
            rate = len(pairs) / (time.perf_counter() - started)
            best, at = _best_f1(scored)
            errors[name, label] = 1 - best
            print(f"{name:32} {label:26} {best:8.4f} {at:6.3f} {_recall(scored):12.3f} {_auc(scored):7.4f} {rate:8.0f}")
            if name == "safar names match":
                decided = [(float(score >= MATCH_FROM), same) for score, same in scored]
                print(f"{'  its own yes and no':32} {label:26} {_best_f1(decided)[0]:8.4f}")
    for label in sets:
        if ("nomenklatura logic-v2", label) in errors:
            own, peer = errors["safar names match", label], errors["nomenklatura logic-v2", label]
            share = f"1/{peer / own:.1f} of it" if own else "none"
            print(f"error against logic-v2, {label}: {share} (target 1/{TARGET})")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--negatives", type=int, default=1500)
    parser.add_argument("--pairs", type=Path)
    return parser.parse_args()


def _shipped(negatives: int) -> dict[str, list[Pair]]:
    positive, negative = of_one_person(), hardest_of_two(negatives)
    wrong = [(one.name, two.name, False) for one, two in negative]
    near = [pair for pair in positive if not {pair[0].language, pair[1].language} & FOREIGN]
    return {
        f"all ({len(positive)}+{len(wrong)})": [(one.name, two.name, True) for one, two in positive] + wrong,
        f"own, ru, en ({len(near)}+{len(wrong)})": [(one.name, two.name, True) for one, two in near] + wrong,
    }


def _labelled(file: Path) -> dict[str, list[Pair]]:
    with file.open(encoding="utf-8-sig") as lines:
        return {file.name: [(row["name1"], row["name2"], row["same"] == "1") for row in csv.DictReader(lines)]}


def _scorers() -> list[tuple[str, Scorer]]:
    found: list[tuple[str, Scorer]] = [
        ("safar names match", lambda one, two: match(Named(one), Named(two)).score),
        ("rapidfuzz token_sort, raw", lambda one, two: fuzz.token_sort_ratio(one.lower(), two.lower()) / 100),
    ]
    try:
        from anyascii import anyascii
    except ImportError:
        print("anyascii is not installed: that scorer is left out", file=sys.stderr)
    else:
        found.append(
            (
                "rapidfuzz token_sort, anyascii",
                lambda one, two: fuzz.token_sort_ratio(anyascii(one).lower(), anyascii(two).lower()) / 100,
            )
        )
    try:
        found.append(("nomenklatura logic-v2", _logic_v2()))
    except ImportError:
        print("nomenklatura is not installed: the peer is left out (see the top of this file)", file=sys.stderr)
    return found


def _logic_v2() -> Scorer:
    from followthemoney import model
    from nomenklatura.matching import LogicV2, ScoringConfig

    config = ScoringConfig.defaults()

    def person(name: str) -> object:
        return model.get_proxy({"id": name, "schema": "Person", "properties": {"name": [name]}})

    return lambda one, two: float(LogicV2.compare(person(one), person(two), config).score)


def _best_f1(scored: list[tuple[float, bool]]) -> tuple[float, float]:
    """Return the best F1 over all thresholds and the threshold."""
    right = sum(same for _, same in scored)
    best, at, found, wrong = 0.0, 1.0, 0, 0
    ordered = sorted(scored, key=lambda pair: -pair[0])
    for place, (score, same) in enumerate(ordered):
        found, wrong = found + same, wrong + (not same)
        last_of_score = place + 1 == len(ordered) or ordered[place + 1][0] != score
        f1 = 2 * found / (right + found + wrong)
        if last_of_score and f1 > best:
            best, at = f1, score
    return best, at


def _recall(scored: list[tuple[float, bool]], precision: float = 0.99) -> float:
    right, found, wrong, best = sum(same for _, same in scored), 0, 0, 0.0
    ordered = sorted(scored, key=lambda pair: -pair[0])
    for place, (score, same) in enumerate(ordered):
        found, wrong = found + same, wrong + (not same)
        last_of_score = place + 1 == len(ordered) or ordered[place + 1][0] != score
        if last_of_score and found / (found + wrong) >= precision:
            best = max(best, found / right)
    return best


def _auc(scored: list[tuple[float, bool]]) -> float:
    """Return how often a pair of one person scores above a pair of two; equal scores count half."""
    by_score: dict[float, list[int]] = {}
    for score, same in scored:
        by_score.setdefault(score, [0, 0])[same] += 1
    below, total = 0, 0.0
    for score in sorted(by_score):
        wrong, right = by_score[score]
        total += right * (below + wrong / 2)
        below += wrong
    return total / (below * (len(scored) - below))


if __name__ == "__main__":
    main()
