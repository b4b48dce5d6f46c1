"""Whether two full names, as two sources print them, are one person's: one score, one yes or no, and why."""

from dataclasses import dataclass

from safar.methods.names.births import UNKNOWN, Birth
from safar.methods.names.comparison import NameComparison, similarity
from safar.methods.names.evidence import Evidence, Record, weigh
from safar.methods.names.keys import token_key
from safar.methods.names.parameters import frequencies, weights

MATCH_FROM = 0.5
"""The score from which two names are called one."""

# A pair in a file is not drawn at random: namesakes and brothers stand in it because they are alike. So rare names prove little,
# and the likeness of the names itself decides: LIKELY_FROM is where F1 is best on the pairs of tests/methods/names/data.
LIKELY_FROM = 0.84
# Two given names or two dates of birth are not outweighed: twins share all the rest.
_CONTRADICTED = 0.45
_STEEPNESS = 40.0  # bits for the whole way from no likeness to equality
# A given name that one in 5,000 bears, with a family name of the same consonants: Қонаев Дінмұхаммед, Kunaev Dinmukhamed.
_RARE_GIVEN = 2e-4
_WITH_A_RARE_GIVEN_NAME = 0.9
_NEAR_FAMILY = frozenset({"same_consonants", "one_vowel"})
_EQUAL = frozenset({"same_writing", "same_name", "foreign_spelling"})


@dataclass(frozen=True, slots=True)
class Named:
    """A full name as one text, with sex and birth where they are known."""

    name: str
    sex: str = ""
    birth: Birth = UNKNOWN


@dataclass(frozen=True, slots=True)
class Match:
    """A score from 0 to 1, whether it is enough, and the evidence behind it."""

    score: float
    is_match: bool
    evidence: Evidence


def match(left: Named, right: Named) -> Match:
    """Say whether two names are one person's. The order of the two does not matter, nor does that of the words of a name."""
    names = similarity(left.name, right.name)
    evidence = weigh(names, Record(birth=left.birth, sex=left.sex), Record(birth=right.birth, sex=right.sex))
    bits = _STEEPNESS * (_likeness(names) - LIKELY_FROM)
    for part in evidence.parts:
        if part.name == "birth":
            bits += weights()[part.name, part.level].kin
        elif part.name == "sex":
            bits += min(0.0, part.bits)  # another sex speaks against, the same one for nobody
    score = round(1 / (1 + 2**-bits), 6)
    if evidence.contradictions:
        score = min(score, _CONTRADICTED)
    return Match(score, score >= MATCH_FROM, evidence)


def _likeness(names: NameComparison) -> float:
    parts = {part.part: part for part in names.parts}
    family, given = parts.get("family"), parts.get("given")
    if family and given and family.level in _NEAR_FAMILY and given.level in _EQUAL:
        shares = [frequencies().get(("given", token_key(name, "given")), 0.0) for name in (given.left, given.right)]
        if max(shares) < _RARE_GIVEN:
            return max(names.score, _WITH_A_RARE_GIVEN_NAME)
    return names.score
