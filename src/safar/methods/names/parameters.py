"""The weights and name frequencies that people review: `evidence.yaml` and `frequencies.csv`, read once."""

import csv
from functools import cache
from importlib import resources
from math import log2

import yaml

# The frequency of a name that the table does not hold: about one in 30,000 people.
_RARE = 3e-5


@cache
def weights() -> dict[tuple[str, str], float]:
    """Return the bits of every part and level."""
    text = resources.files(__package__).joinpath("evidence.yaml").read_text(encoding="utf-8")
    parts = yaml.safe_load(text)["parts"]
    return {
        (part, level): round(log2(odds["m"] / odds["u"]), 2)
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
def agreement(part: str) -> float:
    """Return how often one person's records agree in a part of the name."""
    text = resources.files(__package__).joinpath("evidence.yaml").read_text(encoding="utf-8")
    return float(yaml.safe_load(text)["parts"][part]["same"]["m"])


def bits_of_same(part: str, stem: str) -> float:
    """Return what an equal name is worth: a rare one much, Karimov little."""
    return round(log2(agreement(part) / max(frequencies().get((part, stem), 0.0), _RARE)), 2)
