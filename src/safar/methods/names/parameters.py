"""The weights and name frequencies that people review: `evidence.yaml` and `frequencies.csv`, read once."""

import csv
from functools import cache, lru_cache
from importlib import resources
from math import log2
from typing import NamedTuple

import yaml

from safar.methods.names.keys import token_key

# The frequency of a name that the table does not hold: about one in 30,000 people.
_RARE = 3e-5


class Bits(NamedTuple):
    """What a level is worth against a stranger, and against a brother or sister; `often` is how often one person shows it."""

    stranger: float
    kin: float
    often: float = 1.0


@cache
def weights() -> dict[tuple[str, str], Bits]:
    """Return the bits of every part and level."""
    text = resources.files(__package__).joinpath("evidence.yaml").read_text(encoding="utf-8")
    parts = yaml.safe_load(text)["parts"]
    return {
        (part, level): Bits(
            round(log2(odds["m"] / odds["u"]), 2), round(log2(odds["m"] / odds["kin"]), 2), float(odds["m"])
        )
        for part, levels in parts.items()
        for level, odds in levels.items()
    }


@cache
def frequencies() -> dict[tuple[str, str], float]:
    """Return the share of people who bear a name, by part and stem."""
    text = resources.files(__package__).joinpath("frequencies.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {(row["part"], row["stem"]): int(row["per_million"]) / 1e6 for row in rows}


@cache
def _listed() -> frozenset[str]:
    text = resources.files(__package__).joinpath("given_names.txt").read_text(encoding="utf-8")
    names = (name for line in text.splitlines() if not line.startswith("#") for name in line.split())
    return frozenset({token_key(name) for name in names} | {stem for part, stem in frequencies() if part == "given"})


def is_given_name(stem: str) -> bool:
    """Whether a stem is that of a given name people bear, and not only what a slip of the pen left of one."""
    names = _listed()
    return stem in names or f"{stem}a" in names or (stem.endswith("a") and stem[:-1] in names)


@lru_cache(20_000)
def bits_of_same(part: str, stem: str) -> Bits:
    """Return what an equal name is worth: a rare one much, Karimov little; kin share the family's and the father's anyway."""
    usual = weights()[part, "same"]
    bits = round(log2(usual.often / max(frequencies().get((part, stem), 0.0), _RARE)), 2)
    return Bits(bits, bits if part == "given" else usual.kin, usual.often)
