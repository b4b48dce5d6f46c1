"""Writes three registers as centres keep them, each bad in its own way, and the count an import must come to.

The truth is written from the clean visits, before a cell is spoiled, by plain arithmetic that shares no code with the
importer. `python -m tests.data.registers.build` writes them anew; the same seed gives the same people and the same mistakes.
"""

from pathlib import Path

from tests.data.registers.shared import HERE
from tests.data.registers.tajik import tajik
from tests.data.registers.uzbek_cyrillic import uzbek_cyrillic
from tests.data.registers.uzbek_latin import uzbek_latin


def build_all(into: Path = HERE) -> None:
    uzbek_latin(into)
    uzbek_cyrillic(into)
    tajik(into)


if __name__ == "__main__":
    build_all()
