"""Learns the weights of the model on synthetic registries, whose truth is known; run when the levels or the keys change.

    python -m safar.methods.linkage.learning > parameters.new && mv parameters.new src/safar/methods/linkage/parameters.yaml
    python -m safar.methods.linkage.learning calibration > parameters.new && mv parameters.new …

The file is read and reviewed like code. It holds chances of agreement, nothing of any person.
"""

import itertools
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from safar.methods.linkage.columns import columns, table
from safar.methods.linkage.engine import judge
from safar.methods.linkage.model import COMPARISONS, MISSING, learnt, settings
from safar.methods.linkage.preparation import prepared_sql
from safar.methods.linkage.synthetic import USUAL, Mishaps, Row, records
from safar.methods.names.keys import VERSION

if TYPE_CHECKING:
    pass

Chances = dict[str, dict[str, dict[str, float]]]

# Three kinds of offices, so that the weights do not fit one rate of errors.
CARELESS = Mishaps(
    slip=0.16, fields_swapped=0.08, fields_merged=0.05, patronymic_missing=0.4, sex_missing=0.1, birth_missing=0.1,
    birth_year_only=0.25, birth_first_of_january=0.1, birth_wrong_digit=0.05, phone_missing=0.35, new_phone=0.4,
    district_missing=0.3, new_district=0.25, new_surname=0.15, new_passport=0.25,
)  # fmt: skip
CAREFUL = Mishaps(
    slip=0.03, fields_swapped=0.01, fields_merged=0.005, patronymic_missing=0.1, birth_missing=0.01, birth_year_only=0.03,
    birth_first_of_january=0.01, birth_wrong_digit=0.01, phone_missing=0.05, new_phone=0.15, passport_missing=0.2,
)  # fmt: skip
OFFICES = ((101, USUAL), (102, CARELESS), (103, CAREFUL))
RECORDS = 40_000
PAIRS_DRAWN = 8_000_000
# No level is taken for rarer than this: what was not seen in so many pairs may still happen, and clerks elsewhere differ.
LEAST_M, LEAST_U = 0.002, 2e-7
_PEOPLE_APART = 10**9
CALIBRATED_ON = ((104, USUAL), (105, CARELESS), (106, CAREFUL))


def learn(
    registries: Sequence[tuple[int, Mishaps]] = OFFICES, size: int = RECORDS, pairs: int = PAIRS_DRAWN
) -> Chances:
    """Return for each level how often it is seen in records of one person (m) and of two people (u).

    m is counted over all true pairs, u over pairs drawn at random with a fixed seed, both by Splink.
    """
    import duckdb
    from splink import DuckDBAPI, Linker

    connection = duckdb.connect()
    connection.register("canonical", _labelled(list(_rows(registries, size))))
    connection.execute(f"CREATE TABLE prepared AS {_with_label(prepared_sql('canonical'))}")
    api = DuckDBAPI(connection)
    linker = Linker(api.register("prepared"), settings({}, prior=1 / size, kept=("pid",)), log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=pairs, seed=1, min_count_per_level=None)
    linker.training.estimate_m_from_label_column("pid")
    return _chances(linker.misc.save_model_to_json())


def calibrate(registries: Sequence[tuple[int, Mishaps]] = CALIBRATED_ON, size: int = RECORDS) -> dict[str, float]:
    """Return what turns bits into calibrated bits: the logistic curve that fits judged pairs of registries not learnt from."""
    import numpy as np
    from scipy.optimize import minimize

    weights: list[float] = []
    true: list[bool] = []
    total = 0
    for seed, mishaps in registries:
        rows = list(records(size, seed, mishaps))
        total += sum(many * (many - 1) // 2 for many in Counter(row.pid for row in rows).values())
        for pair in judge([table(itertools.starmap(columns, enumerate(rows)))]):
            if not pair.contradicted:
                weights.append(pair.weight)
                true.append(rows[pair.one].pid == rows[pair.other].pid)
    bits, answers = np.array(weights), np.array(true, dtype=float)

    def loss(curve: Any) -> float:
        odds = (curve[0] * bits + curve[1]) * np.log(2)
        return float(np.mean(np.logaddexp(0, odds) - answers * odds))

    slope, shift = minimize(loss, [1.0, 0.0]).x
    return {"slope": float(slope), "shift": float(shift), "true_pairs_a_record": total / (size * len(registries))}


def _rows(registries: Sequence[tuple[int, Mishaps]], size: int) -> Iterator[Row]:
    for place, (seed, mishaps) in enumerate(registries):
        for row in records(size, seed, mishaps):
            yield row._replace(pid=row.pid + place * _PEOPLE_APART)  # noqa: SLF001  (a named tuple documents it)


def _labelled(rows: list[Row]) -> Any:
    import pyarrow as pa

    canonical = table(itertools.starmap(columns, enumerate(rows)))
    return canonical.append_column("pid", pa.array([row.pid for row in rows], pa.int64()))


def _with_label(query: str) -> str:
    return f"SELECT q.*, c.pid FROM ({query}) q JOIN canonical c ON c.number = q.number ORDER BY q.number"  # noqa: S608


def _chances(model: dict[str, Any]) -> Chances:
    found: Chances = {}
    for comparison in model["comparisons"]:
        name = comparison["output_column_name"]
        seen = {level["label_for_charts"]: level for level in comparison["comparison_levels"]}
        found[name] = {
            level.name: {
                "m": max(float(seen[level.name].get("m_probability") or 0), LEAST_M),
                "u": max(float(seen[level.name].get("u_probability") or 0), LEAST_U),
            }
            for level in COMPARISONS[name]
            if level.name != MISSING
        }
    family, given = found["family"], found["given"]
    # Family and given name change places together: that counts once, and is as rare in two people as both names together.
    family["swapped"]["u"] = family["same"]["u"] * given["same"]["u"]
    given["swapped"] = {"m": LEAST_M, "u": LEAST_M}
    return found


def as_yaml(chances: Chances, calibration: dict[str, float]) -> str:
    """Return the file of parameters, with how it was made."""
    lines = [
        "# How often each level of agreement is seen: m in records of one person, u in records of two people.",
        "# Made by `python -m safar.methods.linkage.learning` on synthetic registries; no record of any person was used.",
        f"made:\n  keys: '{VERSION}'",
        f"  seeds: [{', '.join(str(seed) for seed, _ in OFFICES)}]",
        f"  records: {RECORDS * len(OFFICES)}\n  pairs_drawn: {PAIRS_DRAWN}",
        "# Bits of one pair are not independent: the probability is that of slope * bits + shift, as fitted on other registries.",
        "calibration:",
        *(f"  {name}: {value:.4f}" for name, value in calibration.items()),
        "comparisons:",
    ]
    for name, levels in chances.items():
        lines.append(f"  {name}:")
        lines += [f"    {level}: {{m: {each['m']:.6f}, u: {each['u']:.3e}}}" for level, each in levels.items()]
    return "\n".join(lines) + "\n"


def main(words: Sequence[str]) -> None:
    """Write the file: weights are learnt anew, or kept when only `calibration` is asked for."""
    if list(words) == ["calibration"]:
        chances: Chances = {
            name: {level: {"m": m, "u": u} for level, (m, u) in levels.items()} for name, levels in learnt().items()
        }
        sys.stdout.write(as_yaml(chances, calibrate()))
    else:
        sys.stdout.write(as_yaml(learn(), {"slope": 1, "shift": 0, "true_pairs_a_record": 0.25}))


if __name__ == "__main__":
    main(sys.argv[1:])
