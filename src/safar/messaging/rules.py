"""Reference codes people can read out on the phone and type on any keyboard, and what an enquiry holds."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

# No vowels, so that no word comes out by chance; nothing that looks like something else in Latin or Cyrillic handwriting.
ALPHABET = "23456789CFHJKMPQRTVWX"
CODE_LENGTH = 12
GROUP = 4
LONGEST_TEXT = 2000
# Keys of a Cyrillic keyboard that print the same letter, and the slips people make when they copy a code from paper.
_LOOK_ALIKES = str.maketrans({"С": "C", "Н": "H", "К": "K", "М": "M", "Р": "P", "Т": "T", "Х": "X", "З": "3"})


@dataclass(frozen=True, slots=True)
class EnquiryDetails:
    """What somebody asks; a name and a way to be reached are theirs to give or to keep."""

    kind: str
    text: str
    language: str
    name: str = ""
    reply_by: str = "code"
    contact: str = ""
    centre_id: UUID | None = None
    wished_on: dt.date | None = None
    wished_part: str = ""


def make_code(choose: Callable[[Sequence[str]], str]) -> str:
    """Return a fresh code from a source of chance: 21 signs, twelve times, which nobody guesses at ten tries an hour."""
    return "".join(choose(ALPHABET) for _ in range(CODE_LENGTH))


def normalise_code(typed: str) -> str:
    """Return the code as stored, whatever keyboard, spaces or dashes it was typed with."""
    upper = typed.upper().translate(_LOOK_ALIKES)
    return "".join(sign for sign in upper if sign in ALPHABET)


def grouped(code: str) -> str:
    """Return the code in groups of four, as it is shown and read out."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
