"""Which state of the records a build was made of.

Every change goes through an action that writes an audit row, so the trail's writes are the version: no domain needs to
announce its changes. Rejected: the newest change per table (a corrected state moves no date) and database triggers.
"""

import hashlib

from django.db.models import Count, Max, QuerySet

from safar.insights.extract.schemas import SCHEMA_VERSION
from safar.trust.enums import AuditVerb
from safar.trust.models import AuditEntry


def data_version() -> str:
    """Return a short hash that changes with every change of a record."""
    return _hash(_state())


def changes() -> int:
    """Return how many changes there have been: a measure of how long a build takes."""
    return int(_writes().count())


def _writes() -> QuerySet[AuditEntry]:
    # An erasure moves no figure, but the copies made of the records must lose the person's key.
    return (
        AuditEntry.objects.filter(verb__in=(AuditVerb.WRITE, AuditVerb.ERASE))
        .exclude(action__startswith="insights.")
        .order_by()
    )


def _state() -> str:
    found = _writes().aggregate(count=Count("id"), last=Max("recorded_at"))
    return f"{SCHEMA_VERSION}|{found['count']}|{found['last']}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
