"""Words for why two records agree, in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from safar.methods.names.comparison import NameComparison
from safar.methods.names.evidence import Evidence

PARTS = {
    "family": _("family name"),
    "given": _("given name"),
    "patronymic": _("patronymic"),
    "birth": _("date of birth"),
    "sex": _("sex"),
    "phone": _("phone number"),
    "district": _("district"),
    "document": _("document"),
}
_LEVELS = {
    "same_writing": _("same %(part)s"),
    "same_name": _("same %(part)s in another spelling"),
    "apostrophe_lost": _("same %(part)s where o stands for oʻ"),
    "foreign_spelling": _("same %(part)s in a foreign spelling"),
    "swapped": _("%(part)s in another place"),
    "one_vowel": _("%(part)s differs by one vowel"),
    "near_sound": _("%(part)s with a sound near it"),
    "other_vowels": _("%(part)s with other vowels"),
    "one_letter": _("%(part)s differs by one letter"),
    "same_consonants": _("%(part)s only sounds alike"),
    "similar": _("%(part)s looks alike"),
    "part_of": _("one %(part)s is part of the other"),
    "initial": _("only the initial of the %(part)s agrees"),
    "different": _("another %(part)s"),
}
_OTHERS = {
    ("birth", "same_date"): _("same date of birth"),
    ("birth", "same_month"): _("same month of birth"),
    ("birth", "same_year"): _("same year of birth"),
    ("birth", "swapped"): _("day and month of birth changed places"),
    ("birth", "one_digit"): _("date of birth differs by one digit"),
    ("birth", "near_year"): _("year of birth differs by one"),
    ("birth", "same_day"): _("same day and month, another year of birth"),
    ("birth", "different"): _("another date of birth"),
    ("sex", "same"): _("same sex"),
    ("sex", "same_by_name"): _("same sex by the name"),
    ("sex", "different_by_name"): _("another sex by the name"),
    ("sex", "different"): _("another sex"),
    ("phone", "same"): _("same phone number"),
    ("phone", "different"): _("another phone number"),
    ("district", "same"): _("same district"),
    ("district", "same_region"): _("same region"),
    ("district", "different"): _("another district"),
    ("document", "same"): _("same document"),
    ("document", "different"): _("another document"),
}


def in_words(compared: NameComparison) -> list[str]:
    """Return a reason for each part both names have."""
    return [words_of(part.part, part.level) for part in compared.parts if part.level in _LEVELS]


def evidence_in_words(evidence: Evidence) -> list[str]:
    """Return a reason for each thing both records speak of; an equal sex is no reason to think of anybody."""
    return [
        words_of(part.name, part.level)
        for part in evidence.parts
        if (part.name, part.level) not in {("sex", "same"), ("sex", "same_by_name")}
    ]


def words_of(part: str, level: str) -> str:
    """Return how one part agrees, in words; a level that has none yet is said by the part alone."""
    if (part, level) in _OTHERS:
        return str(_OTHERS[part, level])
    return str(_LEVELS.get(level, "%(part)s")) % {"part": PARTS[part]}


def known_levels() -> Iterable[tuple[str, str]]:
    """Return every part and level that has words, so that a test can hold them against the weights."""
    names = [(part, level) for part in ("family", "given", "patronymic") for level in _LEVELS]
    return [*names, *_OTHERS]
