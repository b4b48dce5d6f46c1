"""What the sign-in software reports, put on the trail. Successful sign-ins stay in its own log (queries/sign_ins.py)."""

from typing import Any

from django.http import HttpRequest

from safar.kernel.actor import VISITOR, Actor, ActorKind
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import Staff


def _oneself(staff: Staff) -> Actor:
    return Actor(kind=ActorKind.STAFF, id=staff.pk, name=staff.full_name)


def note_failed_sign_in(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_rest: Any
) -> None:
    """Record a wrong password for somebody who works here; guesses at other addresses would only let strangers fill the trail."""
    _note_about(credentials.get("email"), "trust.account.sign_in_failed")


def note_lock(sender: Any, request: HttpRequest, username: str | None = None, **_rest: Any) -> None:
    """Record that a lock begins; tries made while it lasts are refused before they reach axes."""
    _note_about(username, "trust.account.locked_out")


def note_failed_code(sender: Any, user: Staff, **_rest: Any) -> None:
    audit.record(by=VISITOR, action="trust.account.code_failed", verb=AuditVerb.SIGN_IN, subject_key=user.pk)


def note_password_chosen(sender: Any, user: Staff, **_rest: Any) -> None:
    audit.record(by=_oneself(user), action="trust.account.password_chosen", subject_key=user.pk, fields=["password"])


def note_factor_added(sender: Any, user: Staff, authenticator: Any, **_rest: Any) -> None:
    _note_factor("trust.account.factor_added", user, authenticator)


def note_factor_removed(sender: Any, user: Staff, authenticator: Any, **_rest: Any) -> None:
    _note_factor("trust.account.factor_removed", user, authenticator)


def note_factor_reset(sender: Any, user: Staff, authenticator: Any, **_rest: Any) -> None:
    _note_factor("trust.account.factor_reset", user, authenticator)


def _note_factor(action: str, user: Staff, authenticator: Any) -> None:
    audit.record(by=_oneself(user), action=action, subject_key=user.pk, fields=[str(authenticator.type)])


def _note_about(email: str | None, action: str) -> None:
    staff = Staff.objects.filter(email__iexact=email or "").only("pk").first()
    if staff:
        audit.record(by=VISITOR, action=action, verb=AuditVerb.SIGN_IN, subject_key=staff.pk)
