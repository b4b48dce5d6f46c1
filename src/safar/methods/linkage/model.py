"""The linkage model as Splink settings: which pairs are looked at, what is compared, what each level of agreement weighs.

Only SQL that DuckDB and Spark both know, so that one settings object serves both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from splink import SettingsCreator

FEW_USES, HUB_FROM = 4, 13
"""A number up to four records leave is a family's; one that thirteen leave is a hub's and brings nobody together."""

BORNE_BY, SLIPS_ARE_RARER = 5, 30
"""A given name five records bear is one people bear, unless another, one letter away, has thirty times as many."""

ALIKE_FROM = 0.88  # Jaro-Winkler similarity of stems
BITS_AT_MOST = (
    14.0  # no single level speaks louder for or against than this, however rare it was in what was learnt from
)
MISSING = "missing"

Weights = Mapping[str, Mapping[str, tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which a part of two records agrees; `sql` is true of the pair, `rarer` names the column whose rarity counts."""

    name: str
    sql: str
    rarer: str = ""


def _missing(column: str) -> Level:
    return Level(MISSING, f"{column}_l IS NULL OR {column}_r IS NULL")


def _same(column: str, rarer: str = "") -> Level:
    return Level("same", f"{column}_l = {column}_r", rarer)


def _apostrophe_lost(column: str) -> Level:
    # The first sign says whether a Latin o may have lost an apostrophe; the rest is the stem with its back vowels as one.
    loose = f"{column}_loose"
    open_o = f"(substr({loose}_l, 1, 1) = 'O' OR substr({loose}_r, 1, 1) = 'O')"
    return Level("apostrophe_lost", f"substr({loose}_l, 2) = substr({loose}_r, 2) AND {open_o}")


def _same_consonants(column: str) -> Level:
    return Level("same_consonants", f"{column}_bones_l = {column}_bones_r")


def _one_letter(column: str) -> Level:
    longer = f"length({column}_l) > 2 AND length({column}_r) > 2"
    return Level("one_letter", f"{longer} AND levenshtein({column}_l, {column}_r) <= 1")


# An inner a against i is a clerk's ear (Umida, Umeda); a against u is Hasan and Husan, a last vowel Aziz and Aziza.
_ONE_VOWEL = Level(
    "one_vowel", "given_bones_l = given_bones_r AND replace(given_l, 'i', 'a') = replace(given_r, 'i', 'a')"
)
_LONG_ENOUGH = "length(given_l) > 2 AND length(given_r) > 2"
_SLIP = (
    "(levenshtein(given_l, given_r) <= 1 OR levenshtein(given_sounds_l, given_sounds_r) <= 1"
    " OR (given_letters_l = given_letters_r AND levenshtein(given_sounds_l, given_sounds_r) <= 2))"
)
# Names that people bear: listed, or borne by several. One that is much rarer than the other is a slip of it, unless listed.
_BORNE = f"(given_listed_l OR given_uses_l >= {BORNE_BY}) AND (given_listed_r OR given_uses_r >= {BORNE_BY})"
_AS_FREQUENT = f"least(given_uses_l, given_uses_r) * {SLIPS_ARE_RARER} >= greatest(given_uses_l, given_uses_r)"
_BOTH_KNOWN = f"(given_listed_l AND given_listed_r OR {_BORNE} AND {_AS_FREQUENT})"
# A vowel at the end makes a sister's name of a brother's, known or not; between two women it is a letter left out.
_ONE_ENDS_IN_A_VOWEL = "(given_l || 'a' = given_r OR given_r || 'a' = given_l)"
_OF_ONE_SEX = "coalesce(sex_l = sex_r, FALSE)"
# Hasan and Husan: a twin's name, not a slip, whether we know the names or not.
_OTHER_VOWEL = Level("other_vowel", "translate(given_l, 'iu', 'aa') = translate(given_r, 'iu', 'aa')")
# One letter apart and both names that people bear: Dilnoza and Dildora are sisters, Dilnoda is a slip.
_NEAR_NAME = Level(
    "near_name",
    f"{_SLIP} AND CASE WHEN {_ONE_ENDS_IN_A_VOWEL} THEN NOT {_OF_ONE_SEX} ELSE {_BOTH_KNOWN} END",
)
_GIVEN_SLIP = Level("one_letter", f"{_LONG_ENOUGH} AND {_SLIP}")
_TWO_SLIPS = Level(
    "two_letters",
    f"length(given_l) > 4 AND length(given_r) > 4 AND NOT {_BOTH_KNOWN} AND given_bones_l <> given_bones_r"
    " AND levenshtein(given_l, given_r) <= 2",
)

_SWAPPED = Level(
    "swapped",
    "family_bones_l = given_bones_r AND given_bones_l = family_bones_r AND NOT named_by_ending_l AND NOT named_by_ending_r",
)
_ALIKE = Level("alike", "")
_ELSE = Level("different", "ELSE")
_BOTH_DATED = "born_l IS NOT NULL AND born_r IS NOT NULL"

COMPARISONS: dict[str, tuple[Level, ...]] = {
    "family": (
        _missing("family"),
        _same("family", "family_bones"),
        _apostrophe_lost("family"),
        _same_consonants("family"),
        _SWAPPED,
        _one_letter("family"),
        _ALIKE,
        Level("different_of_women", "sex_l = 'f' AND sex_r = 'f'"),
        _ELSE,
    ),
    "given": (
        _missing("given"),
        _same("given", "given_bones"),
        _apostrophe_lost("given"),
        _ONE_VOWEL,
        _SWAPPED,
        _OTHER_VOWEL,
        _NEAR_NAME,
        _GIVEN_SLIP,
        _same_consonants("given"),
        _TWO_SLIPS,
        _ALIKE,
        _ELSE,
    ),
    "father": (
        _missing("father"),
        _same("father", "father_bones"),
        _same_consonants("father"),
        _one_letter("father"),
        _ALIKE,
        _ELSE,
    ),
    "birth": (
        _missing("year"),
        Level("same_date", "born_l = born_r"),
        Level("crossed", "born_l = born_crossed_r"),
        Level("one_digit", "levenshtein(born_l, born_r) <= 1"),
        Level("same_day", "birthday_l = birthday_r"),
        Level("two_digits", "levenshtein(born_l, born_r) <= 2"),
        Level("same_year_in_full", f"year_l = year_r AND {_BOTH_DATED}"),
        Level("same_year", "year_l = year_r"),
        Level("near_year", f"abs(cast(year_l AS int) - cast(year_r AS int)) = 1 AND NOT ({_BOTH_DATED})"),
        Level("year_one_digit", f"levenshtein(year_l, year_r) = 1 AND NOT ({_BOTH_DATED})"),
        _ELSE,
    ),
    "sex": (_missing("sex"), _same("sex"), _ELSE),
    "phone": (
        _missing("phone"),
        Level("same", f"phone_l = phone_r AND phone_uses_l <= {FEW_USES}"),
        Level("same_of_some", f"phone_l = phone_r AND phone_uses_l < {HUB_FROM}"),
        Level("same_hub", "phone_l = phone_r"),
        _ELSE,
    ),
    "document": (_missing("document"), _same("document"), _ELSE),
    "district": (_missing("district"), _same("district", "district"), _ELSE),
}

# Levels at which a part of two records may still be one person's. Beside them nothing else counts: brothers, sisters, twins,
# father and son share the rest.
COMPATIBLE: dict[str, frozenset[str]] = {
    "given": frozenset({MISSING, "same", "apostrophe_lost", "one_vowel", "swapped", "one_letter", "two_letters"}),
    "birth": frozenset(
        {
            MISSING,
            "same_date",
            "crossed",
            "one_digit",
            "two_digits",
            "same_year_in_full",
            "same_year",
            "near_year",
            "year_one_digit",
        }
    ),
}

# What the guards read of each side.
COMPARED = (
    "given", "given_bones", "given_loose", "given_sounds", "given_letters", "given_listed", "given_uses", "family_bones", "named_by_ending", "year", "born",
    "born_crossed", "birthday", "sex", "document",
)  # fmt: skip

# Equalities only, each of several columns that are rarely equal together: a hash join on any engine.
BLOCKING: tuple[str, ...] = (
    "l.pair = r.pair AND l.year = r.year",
    "l.pair = r.pair AND l.father_bones = r.father_bones",
    "l.phone_key = r.phone_key",
    "l.document = r.document",
    "l.family_bones = r.family_bones AND l.born = r.born",
    "l.given_bones = r.given_bones AND l.born = r.born",
    "l.family_bones = r.family_bones AND l.father_bones = r.father_bones AND l.year = r.year",
    "l.given_bones = r.given_bones AND l.father_bones = r.father_bones AND l.year = r.year",
    "l.pair_undated = r.pair",
    "l.pair = r.pair_undated",
    "l.pair = r.pair AND l.birthday = r.birthday",
    "l.given_bones = r.given_bones AND l.year = r.year AND l.district = r.district",
    "l.family_bones = r.family_bones AND l.year = r.year AND l.district = r.district",
)


def settings(weights: Weights, *, prior: float, kept: tuple[str, ...] = ()) -> "SettingsCreator":
    """Return the model for Splink: weights as (m, u) by comparison and level, and the chance that two records are one person."""
    import splink.comparison_library as cl
    from splink import SettingsCreator

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="number",
        probability_two_random_records_match=prior,
        blocking_rules_to_generate_predictions=[{"blocking_rule": rule} for rule in BLOCKING],
        comparisons=[
            cl.CustomComparison([_splink_level(name, level, weights) for level in levels], output_column_name=name)
            for name, levels in COMPARISONS.items()
        ],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        additional_columns_to_retain=list(kept),
    )


def contradicts(comparison: str) -> str:
    """Return SQL over the pair's columns: true where that part of two records cannot be one person's.

    The levels are tried in the order of the comparison, as the model does; a pair that falls through is none.
    """
    cases = [
        f"WHEN {level.sql} THEN {'FALSE' if level.name in COMPATIBLE[comparison] else 'TRUE'}"
        for level in COMPARISONS[comparison]
        if level not in (_ALIKE, _ELSE)
    ]
    return f"CASE {' '.join(cases)} ELSE TRUE END"


def _splink_level(comparison: str, level: Level, weights: Weights) -> Any:
    import splink.comparison_level_library as cll

    if level is _ALIKE:
        # Engines name this function differently; Splink knows the names.
        made: Any = cll.JaroWinklerLevel(comparison, ALIKE_FROM)
    elif level is _ELSE:
        made = cll.ElseLevel()
    else:
        made = cll.CustomLevel(level.sql)
    if level.name == MISSING:
        return made.configure(is_null_level=True, label_for_charts=MISSING)
    made.configure(label_for_charts=level.name)
    if comparison in weights:
        m, u = weights[comparison][level.name]
        made.configure(m_probability=m, u_probability=u, fix_m_probability=True, fix_u_probability=True)
    if level.rarer:
        # The level's own chance stands in for the average of its column, so that what counts is how rare this name is.
        made.configure(
            tf_adjustment_column=level.rarer, tf_adjustment_weight=1.0, disable_tf_exact_match_detection=True,
            tf_minimum_u_value=2**-BITS_AT_MOST,
        )  # fmt: skip
    return made


@cache
def learnt() -> Weights:
    """Return the reviewed weights of `parameters.yaml`."""
    listed: dict[str, dict[str, dict[str, float]]] = _parameters()["comparisons"]
    return {
        name: {level: (chances["m"], chances["u"]) for level, chances in levels.items()}
        for name, levels in listed.items()
    }


def calibration() -> tuple[float, float, float]:
    """Return slope and shift from bits to calibrated bits, and the true pairs a record in the registries they were learnt on."""
    listed = _parameters()["calibration"]
    return float(listed["slope"]), float(listed["shift"]), float(listed["true_pairs_a_record"])


@cache
def _parameters() -> Any:
    text = resources.files(__package__).joinpath("parameters.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)
