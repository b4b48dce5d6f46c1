"""Which records of a registry are one person: pairs with probabilities in two bands, and guarded clusters.

Nothing here merges anybody: it proposes, people decide.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from math import exp, log, log2
from multiprocessing import get_context
from typing import TYPE_CHECKING, Literal

from safar.methods.linkage.clusters import Clusters, clustered
from safar.methods.linkage.columns import Columns, birth, columns, table
from safar.methods.linkage.engine import Judged, judge
from safar.methods.linkage.model import calibration

if TYPE_CHECKING:
    import pyarrow as pa

Record = Sequence[str]
Band = Literal["propose", "review"]
Chunk = tuple[int, list[Record]]

WRITTEN_FROM = 0.5
"""Pairs that are likelier one person than not."""
PROPOSED_FROM = 0.99
"""Pairs put together in clusters; the rest is for review."""
CAP_CONTRADICTED = 0.49
"""A contradicted pair is never likelier than not, whatever its weight: it waits for a person under a threshold below this."""

CHUNK = 20_000
_BIRTH = 5
_ROUNDS = 6
_NO_CHANCE = 1000.0  # bits against; more would overflow
_FEWEST_TRUE_PAIRS = 0.01  # of each record: a registry without a single pair still gets a prior


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that could not be read, of which record, and what is wrong with it. It counts as not written."""

    rid: str
    message: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, rids in alphabetical order, and the probability that they are one person."""

    rid1: str
    rid2: str
    probability: float
    band: Band


@dataclass(frozen=True, slots=True)
class Linked:
    """Pairs from the threshold on, likeliest first; for every rid its cluster, named by the first rid in it; what was unreadable."""

    pairs: list[Pair]
    clusters: dict[str, str]
    problems: list[Problem]


def link(
    records: Iterable[Record],
    *,
    threshold: float = WRITTEN_FROM,
    workers: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> Linked:
    """Return the pairs and clusters of records (rid, surname, given, patronymic, sex, dob, phone, passport, district).

    Every value is text, empty where nothing is known; rids are unique. The order of the records does not matter. With two
    workers names are read by two processes. Memory grows by about 1.2 KB a record; DuckDB keeps to its budget beside that.
    """
    rids: list[str] = []
    problems: list[Problem] = []
    judged = judge(_canonical(_numbered(records, rids), workers, problems, progress))
    progress(f"{len(rids):,} records compared, {len(judged):,} pairs worth a look")
    probabilities = calibrated([pair.weight for pair in judged if not pair.contradicted], len(rids))
    return Linked(_pairs(judged, probabilities, rids, threshold), _clusters(judged, probabilities, rids), problems)


def _numbered(records: Iterable[Record], rids: list[str]) -> Iterator[Chunk]:
    arriving = iter(records)
    while chunk := list(islice(arriving, CHUNK)):
        start = len(rids)
        rids.extend(record[0] for record in chunk)
        yield start, chunk


def _canonical(
    chunks: Iterator[Chunk], workers: int, problems: list[Problem], progress: Callable[[str], None]
) -> "Iterator[pa.Table]":
    done = 0
    for made, found in _mapped(chunks, workers):
        problems += found
        done += made.num_rows
        progress(f"{done:,} records read")
        yield made


def _mapped(chunks: Iterator[Chunk], workers: int) -> "Iterator[tuple[pa.Table, list[Problem]]]":
    first = next(chunks, (0, []))
    second = next(chunks, None)
    if workers == 1 or second is None:
        yield canonical_chunk(first)
        if second is not None:
            yield canonical_chunk(second)
        yield from map(canonical_chunk, chunks)
        return
    # New processes instead of copies of this one: DuckDB's threads do not survive a fork.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(canonical_chunk, chunk) for chunk in (first, second)]
        for chunk in chunks:
            waiting.append(pool.submit(canonical_chunk, chunk))
            if len(waiting) > 2 * workers:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def canonical_chunk(chunk: Chunk) -> "tuple[pa.Table, list[Problem]]":
    """Return the canonical columns of some records, the first of which has that number, and what could not be read."""
    start, records = chunk
    problems: list[Problem] = []
    found = [_columns(start + place, record, problems) for place, record in enumerate(records)]
    return table(found), problems


def _columns(number: int, record: Record, problems: list[Problem]) -> Columns:
    try:
        birth(record[_BIRTH])
    except ValueError as error:
        problems.append(Problem(record[0], str(error)))
        record = [*record[:_BIRTH], "", *record[_BIRTH + 1 :]]
    return columns(number, record)


def calibrated(weights: list[float], records: int) -> Callable[[float], float]:
    """Return the function from a weight in bits to a probability in this registry.

    The bits of one pair are not independent, so they are stretched by what was learnt on synthetic registries; then the share
    of true pairs is taken from the registry itself: the prior is moved until the expected number of pairs is the one it implies.
    """
    slope, shift, usual = calibration()
    stretched = [slope * weight + shift for weight in weights]
    moved = 0.0
    for _ in range(_ROUNDS):
        expected = sum(_probability(bits + moved) for bits in stretched)
        moved = log2(max(expected / max(records, 1), _FEWEST_TRUE_PAIRS) / usual)
    return lambda weight: _probability(slope * weight + shift + moved)


def _probability(bits: float) -> float:
    return 1 / (1 + exp(min(-bits, _NO_CHANCE) * log(2)))


def _pairs(
    judged: list[Judged], probability: Callable[[float], float], rids: list[str], threshold: float
) -> list[Pair]:
    found: list[Pair] = []
    for pair in judged:
        chance = probability(pair.weight) * (CAP_CONTRADICTED if pair.contradicted else 1)
        if chance >= threshold:
            rid1, rid2 = sorted((rids[pair.one], rids[pair.other]))
            found.append(Pair(rid1, rid2, chance, "propose" if chance >= PROPOSED_FROM else "review"))
    return sorted(found, key=lambda pair: (-pair.probability, pair.rid1, pair.rid2))


def _clusters(judged: list[Judged], probability: Callable[[float], float], rids: list[str]) -> dict[str, str]:
    # Clusters are made on places in the alphabet of rids, so that the order of the file decides nothing.
    order = sorted(range(len(rids)), key=rids.__getitem__)
    place = [0] * len(rids)
    for at, number in enumerate(order):
        place[number] = at
    strong = [
        (place[pair.one], place[pair.other], pair.weight)
        for pair in judged
        if not pair.contradicted and probability(pair.weight) >= PROPOSED_FROM
    ]
    made: Clusters = clustered(
        strong, {_in_order(place[pair.one], place[pair.other]) for pair in judged if pair.contradicted}
    )
    return {rids[number]: rids[order[made.of.get(place[number], place[number])]] for number in range(len(rids))}


def _in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
