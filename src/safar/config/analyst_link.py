"""`safar link`: which records of a registry file are one person. For analysts; needs no database and starts no Django."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_FEWEST_FOR_TWO = 2
_BAD_FILE = 2


def main(words: Sequence[str]) -> int:
    """Link one registry and write pairs and clusters; return 2 where the file cannot be linked."""
    options = _parser().parse_args(words)
    from safar.methods.linkage.link import link
    from safar.methods.linkage.registry_file import RegistryError, RegistryFile, listed, write_clusters, write_pairs

    started = time.monotonic()

    def progress(text: str) -> None:
        if not options.quiet:
            print(f"{time.monotonic() - started:6.1f} s  {text}", file=sys.stderr, flush=True)

    workers = options.workers or min(_FEWEST_FOR_TWO, os.cpu_count() or 1)
    try:
        linked = link(RegistryFile(options.registry), threshold=options.threshold, workers=workers, progress=progress)
    except RegistryError as error:
        print(f"safar link: {error}", file=sys.stderr)
        return _BAD_FILE
    for line in listed(linked.problems):
        print(f"safar link: {line}", file=sys.stderr)
    stem = options.registry.with_suffix("")
    pairs = options.out_pairs or Path(f"{stem}-pairs.csv")
    clusters = options.out_clusters or Path(f"{stem}-clusters.csv")
    write_pairs(pairs, linked)
    write_clusters(clusters, linked)
    proposed = sum(pair.band == "propose" for pair in linked.pairs)
    progress(f"{proposed:,} pairs proposed, {len(linked.pairs) - proposed:,} for review: {pairs}; clusters: {clusters}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="safar link",
        description="Find the records of one person in a CSV file with the columns rid, surname, given, patronymic, sex, "
        "dob, phone, passport, district (UTF-8; only rid and a name are needed). Nothing is merged: a person decides.",
    )
    parser.add_argument("registry", type=Path, metavar="REGISTRY.csv")
    parser.add_argument("--out-pairs", type=Path, help="rid1,rid2,probability; REGISTRY-pairs.csv when not given")
    parser.add_argument("--out-clusters", type=Path, help="rid,cluster; REGISTRY-clusters.csv when not given")
    threshold_help = "write pairs from this probability on (0.5); below 0.49 also those a guard holds back"
    parser.add_argument("--threshold", type=_probability, default=0.5, help=threshold_help)
    parser.add_argument("--workers", type=int, choices=range(1, 9), help="processes that read names (2)")
    parser.add_argument("--quiet", action="store_true", help="say nothing about progress")
    return parser


def _probability(text: str) -> float:
    value = float(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError("a probability lies between 0 and 1")
    return value
