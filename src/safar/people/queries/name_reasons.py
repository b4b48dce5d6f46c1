"""Words for why two names agree, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from safar.methods.names.comparison import NameComparison

_PARTS = {"family": _("family name"), "given": _("given name"), "patronymic": _("patronymic")}
_LEVELS = {
    "same_writing": _("same %(part)s"),
    "same_name": _("same %(part)s in another spelling"),
    "apostrophe_lost": _("same %(part)s without its apostrophe"),
    "swapped": _("%(part)s in another place"),
    "one_vowel": _("%(part)s differs by one vowel"),
    "one_letter": _("%(part)s differs by one letter"),
    "same_consonants": _("%(part)s only sounds alike"),
    "similar": _("%(part)s looks alike"),
    "different": _("another %(part)s"),
}


def in_words(compared: NameComparison) -> list[str]:
    """Return a reason for each part both names have."""
    return [str(_LEVELS[part.level]) % {"part": _PARTS[part.part]} for part in compared.parts if part.level in _LEVELS]
