"""How the details of a session are checked and put on its row; shared by planning and changing."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from safar.awareness.models import Facilitator, Session, SessionModule
from safar.awareness.rules import SessionDetails
from safar.partners.models import Partner
from safar.reference.queries import codes, places
from safar.trust.models import Staff

NAMES = (
    "session_type",
    "title",
    "starts_at",
    "ends_at",
    "language",
    "region",
    "district",
    "venue",
    "host_id",
    "host_name",
    "target_group",
    "expected",
    "capacity",
    "public",
    "notes",
)


def values(session: Session) -> dict[str, Any]:
    return {name: getattr(session, name) for name in NAMES}


def fill(session: Session, details: SessionDetails) -> None:
    """Check the details and put them on the session; raises ValidationError keyed by field."""
    problems = {field: message for field, message in _problems(details) if message}
    if problems:
        raise ValidationError(problems)
    for name in NAMES:
        value = getattr(details, name)
        setattr(session, name, " ".join(value.split()) if name in {"title", "venue", "host_name"} else value)


def replace_rows(session: Session, details: SessionDetails) -> list[str]:
    """Make modules and facilitators exactly those given; return the names of what changed."""
    changed = []
    modules = set(SessionModule.objects.filter(session=session).values_list("code", flat=True))
    if modules != set(details.modules):
        SessionModule.objects.filter(session=session).exclude(code__in=details.modules).delete()
        SessionModule.objects.bulk_create(
            SessionModule(session=session, code=code) for code in sorted(set(details.modules) - modules)
        )
        changed.append("modules")
    holding = set(Facilitator.objects.filter(session=session).values_list("staff_id", flat=True))
    if holding != set(details.facilitators):
        Facilitator.objects.filter(session=session).exclude(staff__in=details.facilitators).delete()
        Facilitator.objects.bulk_create(
            Facilitator(session=session, staff_id=staff_id)
            for staff_id in dict.fromkeys(details.facilitators)
            if staff_id not in holding
        )
        changed.append("facilitators")
    return changed


def _problems(details: SessionDetails) -> Iterable[tuple[str, str]]:
    yield "title", "" if details.title.strip() else _("Give the session a title.")
    yield (
        "session_type",
        "" if codes.is_known("session_type", details.session_type) else _("Choose the type of session."),
    )
    yield "language", "" if codes.is_known("language", details.language) else _("Choose the language of the session.")
    yield "ends_at", "" if details.ends_at > details.starts_at else _("The session has to end after it starts.")
    yield "capacity", _("Leave it empty for no limit.") if details.capacity == 0 else ""
    yield (
        "modules",
        "" if all(codes.is_known("topic_module", code) for code in details.modules) else _("Unknown topic."),
    )
    yield "region", "" if _is_place(details.region) else _("Unknown region.")
    yield (
        "district",
        "" if _is_place(details.district, within=details.region) else _("This district is not in the region."),
    )
    known = Staff.objects.filter(pk__in=details.facilitators).count()
    is_host_known = details.host_id is None or Partner.objects.filter(pk=details.host_id).exists()
    yield "host", "" if is_host_known else _("Unknown partner.")
    yield "facilitators", "" if known == len(set(details.facilitators)) else _("Unknown member of staff.")


def _is_place(code: str, within: str = "") -> bool:
    if not code:
        return True
    return places.is_known(code) and (not within or places.place(code).parent == within)
