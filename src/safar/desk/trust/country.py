"""What the settings page shows of the country profile."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from safar.trust.enums import RequestKind
from safar.trust.queries.profile import OWN_NAMES, CountryProfile, profile

PURPOSES: dict[str, str | Promise] = {
    "keep_file": _("Keep a file about the person"),
    "be_contacted": _("Contact the person"),
    "share": _("Share named fields with a named partner"),
    "follow_up": _("Ask again later, for research on how it went"),
}
KEPT: dict[str, str | Promise] = {
    "case_files": _("Case files, after they are closed"),
    "contacts_without_case": _("Contacts that led to no case"),
    "consents": _("Consents, after they end"),
    "messages": _("Messages"),
    "follow_up": _("Follow-up interviews"),
    "audit": _("The audit trail"),
    "incidents": _("Incidents"),
    "tallies": _("Counts with nothing personal in them"),
    "withdrawn_files": _("Files whose consent was withdrawn"),
    "sign_ups": _("Names and phones of sign-ups, after the session"),
    "form_keys": _("Marks against a form sent twice"),
    "sign_ins": _("Sign-ins of staff"),
}


def context() -> dict[str, Any]:
    """Return the profile in the order and words of the page; a term without words of its own shows its code."""
    found = profile()
    return {
        "profile": found,
        "consents": [(PURPOSES.get(purpose, purpose), _texts(found, purpose)) for purpose in found.consents],
        "retention": [(KEPT.get(kind, kind), months) for kind, months in found.retention_months.items()],
        "requests": [(RequestKind(kind).label, days) for kind, days in found.subject_requests.days.items()],
        "spoken": {
            "staff": [_own_name(code) for code in found.languages.staff],
            "public": [_own_name(code) for code in found.languages.public],
            "clients": [_own_name(code) for code in found.languages.clients],
        },
    }


def _texts(found: CountryProfile, purpose: str) -> list[tuple[str, Any]]:
    return [(_own_name(code), text) for code, text in found.consent_texts(purpose).items()]


def _own_name(code: str) -> str:
    """Name a language as its readers do."""
    return OWN_NAMES.get(code) or str(get_language_info(code)["name_local"]).capitalize()
