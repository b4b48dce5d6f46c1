"""How many records of one person are found, and how fast, against Splink on names in plain ASCII, in the same run.

    python benchmarks/linkage.py --records 100000 --seed 7
    python benchmarks/linkage.py --records 1000000 --seed 8

A registry is generated with a seed the weights were not learnt on, shuffled and written to a CSV file. Both sides read that
file in a process of their own: ours is `safar link`, the peer is Splink with its own comparisons, trained by its own EM, on
names that `anyascii` made ASCII (put it on PYTHONPATH; the peer is left out where it is missing). Precision and recall are
counted here from the written pairs and the truth, not by the code under test.
"""

import argparse
import csv
import importlib.util
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import groupby
from pathlib import Path

from safar.methods.linkage.synthetic import COLUMNS, records

TARGETS = {
    100_000: "F1 >= 1.19 x peer's; recall at precision .99 >= .96",
    1_000_000: "F1 >= .96; recall at precision .99 >= 2.3 x peer's; clusters P >= .999, R >= .90, largest <= 6; "
    "wall <= 1.2 x peer's; <= 2.5 GB",
}
PEER_RULES = (
    ("surname", "given"),
    ("surname", "dob"),
    ("given", "dob"),
    ("phone",),
    ("passport",),
    ("surname", "patronymic"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--run", choices=["ours", "peer"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        {"ours": run_ours, "peer": run_peer}[options.run](options.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options)


def measure(folder: Path, options: argparse.Namespace) -> None:
    truth = write_registry(folder / "registry.csv", options.records, options.seed)
    total = sum(many * (many - 1) // 2 for many in Counter(truth.values()).values())
    print(f"{options.records:,} records, seed {options.seed}, {total:,} true pairs; {os.cpu_count()} processors")
    print(f"targets: {TARGETS.get(options.records, 'those of 100,000 and 1,000,000 records')}")
    ours = run_side("ours", folder, truth, total)
    if options.without_peer or importlib.util.find_spec("anyascii") is None:
        print("peer: left out" if options.without_peer else "peer: anyascii is not installed, so there is none")
        return
    peer = run_side("peer", folder, truth, total)
    for name in ("best F1", "recall at precision .99", "seconds", "seconds of CPU", "peak GB"):
        print(
            f"ratio of {name}: {ours[name] / peer[name]:.2f}" if peer[name] else f"ratio of {name}: the peer has none"
        )


def write_registry(path: Path, size: int, seed: int) -> dict[str, int]:
    rows = list(records(size, seed))
    random.Random(seed).shuffle(rows)
    truth = {}
    with path.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines)
        out.writerow(COLUMNS)
        for number, row in enumerate(rows):
            # New rids: those of the generator stand in the order of people.
            truth[f"q{number}"] = row.pid
            out.writerow((f"q{number}", *row[1:9]))
    return truth


def run_side(side: str, folder: Path, truth: dict[str, int], total: int) -> dict[str, float]:
    subprocess.run([sys.executable, __file__, "--run", side, "--folder", str(folder)], check=True)
    spent = json.loads((folder / "spent.json").read_text())
    found = {**curve(folder / "pairs.csv", truth, total), **spent}
    print(side + ": " + ", ".join(f"{name} {value:.4g}" for name, value in found.items()))
    clusters = cluster_figures(folder / "clusters.csv", truth, total)
    print(f"{side}: clusters " + ", ".join(f"{name} {value:.4g}" for name, value in clusters.items()))
    return found


def curve(path: Path, truth: dict[str, int], total: int) -> dict[str, float]:
    """Sweep the written probabilities from the top; pairs of equal probability stand or fall together."""
    with path.open(encoding="utf-8") as lines:
        pairs = [(float(row["probability"]), truth[row["rid1"]] == truth[row["rid2"]]) for row in csv.DictReader(lines)]
    pairs.sort(key=lambda pair: -pair[0])
    best = {
        "best F1": 0.0,
        "its precision": 0.0,
        "its recall": 0.0,
        "its threshold": 1.0,
        "recall at precision .99": 0.0,
    }
    true = taken = 0
    for probability, tied in groupby(pairs, key=lambda pair: pair[0]):
        answers = [is_true for _, is_true in tied]
        true, taken = true + sum(answers), taken + len(answers)
        precision, recall = true / taken, true / total
        score = 2 * precision * recall / (precision + recall) if true else 0.0
        if score > best["best F1"]:
            best |= {"best F1": score, "its precision": precision, "its recall": recall, "its threshold": probability}
        if precision >= 0.99:
            best["recall at precision .99"] = max(best["recall at precision .99"], recall)
    return {**best, "all written: precision": true / taken if taken else 0.0, "all written: recall": true / total}


def cluster_figures(path: Path, truth: dict[str, int], total: int) -> dict[str, float]:
    with path.open(encoding="utf-8") as lines:
        together = [(row["cluster"], truth[row["rid"]]) for row in csv.DictReader(lines)]
    sizes = Counter(cluster for cluster, _ in together)
    within = sum(many * (many - 1) // 2 for many in sizes.values())
    true = sum(many * (many - 1) // 2 for many in Counter(together).values())
    return {"precision": true / within if within else 1.0, "recall": true / total, "largest": max(sizes.values())}


def run_ours(folder: Path) -> None:
    from safar.config.command import main as safar

    started = time.perf_counter()
    words = ["link", str(folder / "registry.csv"), "--out-pairs", str(folder / "pairs.csv")]
    if safar([*words, "--out-clusters", str(folder / "clusters.csv"), "--workers", "2", "--quiet"]):
        raise SystemExit("safar link failed")
    spend(folder, started, workers=2)


def run_peer(folder: Path) -> None:
    """Splink as its own tutorial builds it: library comparisons, u by random sampling, m by EM in two blocks."""
    import duckdb
    from anyascii import anyascii
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as cl

    started = time.perf_counter()
    connection = duckdb.connect(str(folder / "peer.duckdb"))
    connection.execute("SET threads = 2")
    connection.register("arrived", _ascii_table(folder / "registry.csv", anyascii))
    connection.execute("CREATE TABLE registry AS SELECT * FROM arrived")
    connection.unregister("arrived")
    names = [
        cl.JaroWinklerAtThresholds(part, [0.92, 0.88]).configure(term_frequency_adjustments=True)
        for part in ("surname", "given", "patronymic")
    ]
    dates = cl.DateOfBirthComparison("dob", input_is_string=True, datetime_format="%Y-%m-%d")
    common = [cl.ExactMatch(part).configure(term_frequency_adjustments=True) for part in ("phone", "district")]
    api = DuckDBAPI(connection)
    linker = Linker(
        api.register("registry"),
        SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="rid",
            comparisons=[*names, dates, *common, cl.ExactMatch("passport"), cl.ExactMatch("sex")],
            blocking_rules_to_generate_predictions=[block_on(*rule) for rule in PEER_RULES],
            retain_matching_columns=False,
        ),
        log_level=None,
    )
    linker.training.estimate_probability_two_random_records_match(
        [block_on("surname", "given", "dob"), block_on("passport")], recall=0.6
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for block in (block_on("surname", "given"), block_on("dob")):
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    predicted = linker.inference.predict(threshold_match_probability=0.05, warning_mode="never")
    _write_peer(folder, connection, linker, predicted)
    spend(folder, started, workers=0)


def _ascii_table(path: Path, anyascii):
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    texts = arrow_csv.ConvertOptions(column_types=dict.fromkeys(COLUMNS, pa.string()), strings_can_be_null=True)
    table = arrow_csv.read_csv(path, convert_options=texts)
    columns = {}
    for name in table.column_names:
        values = table[name].to_pylist()
        if name in {"surname", "given", "patronymic"}:
            values = [anyascii(value).lower().replace("'", "") if value else None for value in values]
        elif name == "phone":
            values = ["".join(filter(str.isdigit, value))[-9:] if value else None for value in values]
        elif name == "dob":
            # A year alone, or the first of January, would bring thousands together: the peer is spared that.
            values = [value if value and len(value) == 10 and value[4:] != "-01-01" else None for value in values]
        elif name == "passport":
            values = [value.replace(" ", "") if value else None for value in values]
        columns[name] = values
    return pa.table(columns)


def _write_peer(folder: Path, connection, linker, predicted) -> None:
    pairs = f"SELECT rid_l AS rid1, rid_r AS rid2, match_probability AS probability FROM {predicted.physical_name}"  # noqa: S608
    connection.execute(f"COPY ({pairs}) TO '{folder / 'pairs.csv'}' (HEADER)").fetchall()
    grouped = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.95)
    clusters = f"SELECT rid, cluster_id AS cluster FROM {grouped.physical_name}"  # noqa: S608
    connection.execute(f"COPY ({clusters}) TO '{folder / 'clusters.csv'}' (HEADER)").fetchall()


def spend(folder: Path, started: float, workers: int) -> None:
    """Note the time and the memory of this process and of its workers, all at their peaks."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    each = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if workers else 0
    cpu = sum(getattr(resource.getrusage(who), part) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
              for part in ("ru_utime", "ru_stime"))  # fmt: skip
    seconds = time.perf_counter() - started
    spent = {"seconds": seconds, "seconds of CPU": cpu, "peak GB": (own + workers * each) / 1024**2}
    (folder / "spent.json").write_text(json.dumps(spent))


if __name__ == "__main__":
    main()
