"""How many of the people asked for by name alone could be found at all: what is left when every spelling is read without fault.

Takes the questions of `benchmarks/lookup.py` (same seed, same people) and looks at the truth behind each record instead of its letters:
language, sex, root and form of the family name, given name, father where he is written. Whoever shares all that with more than nine
others is drawn by lot from among them; the better of two orders, with and without the form (-ov, -zoda, уулу), is counted for each
question, which nobody who cannot see the answer can reach. A family name changed by marriage is found by given name and father.

    benchmarks/namesakes.py [--people N] [--queries N] [--seed N]
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

_PAGE = 10


class Truth(NamedTuple):
    pid: int
    name: tuple  # language, sex, root, given
    form: str
    father: str


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=50_000, help="how many files the registry holds")
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261)
    options = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    kept, asked = _truths(options.people, options.queries, options.seed)
    named, fathered = defaultdict(list), defaultdict(set)
    for truth in kept:
        named[truth.name].append(truth)
        if truth.father:
            fathered[_without_family(truth)].add(truth.pid)
    chances = []
    changed = []
    for truth in asked:
        found = max(_chance(truth, named[truth.name], with_form=form) for form in (False, True))
        if found is _NOBODY:
            people = fathered[_without_family(truth)] if truth.father else set()
            found = min(1.0, _PAGE / len(people)) if truth.pid in people else 0.0
            changed.append(found)
        chances.append(found)
    print(f"{len(kept)} files, {len(asked)} questions by name alone, seed {options.seed}")
    print(f"hit@10 nobody can exceed        {sum(chances) / len(asked):.3f}")
    print(
        f"asked under another family name {len(changed) / len(asked):.3f}, of these found {sum(changed) / len(asked):.3f}"
    )
    print(
        f"lost among namesakes            {sum(1 - each for each in chances) / len(asked) - _lost(changed, asked):.3f}"
    )


_NOBODY = -1.0


def _lost(changed: list[float], asked: list[Truth]) -> float:
    return sum(1 - each for each in changed) / len(asked)


def _without_family(truth: Truth) -> tuple:
    language, sex, _root, given = truth.name
    return language, sex, given, truth.father


def _chance(asked: Truth, namesakes: list[Truth], *, with_form: bool) -> float:
    """Return the chance to stand among the first ten: who has the same father first, then those who name none."""
    tiers = [set(), set()]
    for other in namesakes:
        if with_form and other.form != asked.form:
            continue
        if asked.father and other.father:
            if asked.father == other.father:
                tiers[0].add(other.pid)
        else:
            tiers[1].add(other.pid)
    before: set[int] = set()
    for tier in tiers:
        if asked.pid in tier:
            return max(0.0, min(1.0, (_PAGE - len(before)) / len(tier - before)))
        before |= tier
    return _NOBODY


def _truths(files: int, queries: int, seed: int) -> tuple[list[Truth], list[Truth]]:
    """Return what stands behind the records of the registry and behind those taken out of it to be asked for."""
    import lookup

    from safar.methods.linkage import synthetic

    truths: dict[str, Truth] = {}
    typed = synthetic._Typist.typed  # noqa: SLF001

    def watched(typist, rid, person):
        row = typed(typist, rid, person)
        named = bool(row.patronymic) or (len(row.surname.split()) > 2 and not row.given)
        name = (person.language, person.sex, person.root, person.given)
        truths[rid] = Truth(person.pid, name, person.form, person.father if named else "")
        return row

    synthetic._Typist.typed = watched  # noqa: SLF001
    kept, asked = lookup._registry(files, queries, seed)  # noqa: SLF001
    return [truths[row.rid] for row in kept], [truths[row.rid] for row in asked]


if __name__ == "__main__":
    main()
