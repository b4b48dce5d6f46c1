from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.awareness import rules
from safar.awareness.actions import session_fields
from safar.awareness.enums import PLAN_EDITING, STEPS_WITH_REASON, Editing, SessionState, Step
from safar.awareness.models import CountedAttendance, NamedAttendance, Session, SessionStep, SignUp
from safar.awareness.permissions import MANAGE_SESSION
from safar.awareness.queries import steps
from safar.awareness.rules import SessionDetails
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.trust.actions import audit
from safar.trust.models import Centre


@transaction.atomic
def plan(*, details: SessionDetails, centre: Centre, form_key: str = "", by: Actor) -> Session:
    """Plan a session; the same form key a second time returns the session of the first."""
    check_may(by, MANAGE_SESSION)
    if earlier := once.result_of(form_key):
        return Session.objects.get(pk=earlier)
    session = Session(centre=centre)
    session_fields.fill(session, details)
    session.save(force_insert=True)
    session_fields.replace_rows(session, details)
    once.use(form_key, session.pk)
    audit.record(by=by, action="awareness.session.plan", subject_key=session.pk, fields=session_fields.NAMES)
    return session


@transaction.atomic
def change(*, session_id: UUID, details: SessionDetails, by: Actor) -> Session:
    """Change a session that is planned or held; from submission on, it stays as the approver reads it."""
    check_may(by, MANAGE_SESSION)
    session = locked_row(session_id)
    if PLAN_EDITING[SessionState(session.state)] is not Editing.FREE:
        raise ValidationError(_("This session can no longer be changed. Ask for it to be sent back first."))
    taken = SignUp.objects.filter(session=session).count()
    if details.capacity is not None and details.capacity < taken:
        raise ValidationError({"capacity": _("%(taken)s people have already signed up.") % {"taken": taken}})
    before = session_fields.values(session)
    session_fields.fill(session, details)
    session.save()
    rows_changed = session_fields.replace_rows(session, details)
    changed = [name for name, value in session_fields.values(session).items() if value != before[name]]
    audit.record(by=by, action="awareness.session.change", subject_key=session.pk, fields=[*changed, *rows_changed])
    return session


@transaction.atomic
def hold(*, session_id: UUID, by: Actor) -> Session:
    """Say that the session took place; attendance can be recorded from now on."""
    session = _prepare(session_id, Step.HOLD, by)
    if timezone.localdate(session.starts_at) > today():
        raise ValidationError(_("This session is planned for a later day."))
    return _take(session, Step.HOLD, "", by)


@transaction.atomic
def submit(*, session_id: UUID, by: Actor) -> Session:
    """Hand the record over for approval; it stays as it is until it is approved or sent back."""
    session = _prepare(session_id, Step.SUBMIT, by)
    if not _has_attendance(session):
        raise ValidationError(_("Nobody is recorded yet. Record who came, or cancel the session if nobody did."))
    return _take(session, Step.SUBMIT, "", by)


@transaction.atomic
def send_back(*, session_id: UUID, reason: str, by: Actor) -> Session:
    """Return a submitted session to those who held it, saying what is missing."""
    return _take(_prepare(session_id, Step.SEND_BACK, by), Step.SEND_BACK, reason, by)


@transaction.atomic
def approve(*, session_id: UUID, by: Actor) -> Session:
    """Confirm the record; only somebody who neither held the session nor entered its figures may."""
    session = _prepare(session_id, Step.APPROVE, by)
    if not rules.is_second_pair_of_eyes(by.id, steps.hands_of(session)):
        raise PermissionDenied(_("Somebody who did not hold this session has to approve it."))
    return _take(session, Step.APPROVE, "", by)


@transaction.atomic
def lock(*, session_id: UUID, by: Actor) -> Session:
    """Close an approved session: its figures are in a report now."""
    return _take(_prepare(session_id, Step.LOCK, by), Step.LOCK, "", by)


@transaction.atomic
def unlock(*, session_id: UUID, reason: str, by: Actor) -> Session:
    """Open a locked session for a correction, with the reason on record."""
    return _take(_prepare(session_id, Step.UNLOCK, by), Step.UNLOCK, reason, by)


@transaction.atomic
def cancel(*, session_id: UUID, reason: str, by: Actor) -> Session:
    """Call a session off, or record that it was announced and nobody came."""
    session = _prepare(session_id, Step.CANCEL, by)
    if _has_attendance(session):
        raise ValidationError(_("People are recorded as having come. A session with attendance cannot be cancelled."))
    return _take(session, Step.CANCEL, reason, by)


def locked_row(session_id: UUID) -> Session:
    """Return the session and keep others from changing it, or its attendance, until the transaction ends."""
    return get_object_or_404(Session.objects.select_for_update(of=("self",)), pk=session_id)


def _prepare(session_id: UUID, step: Step, by: Actor) -> Session:
    check_may(by, steps.permission_for(step))
    return locked_row(session_id)


def _take(session: Session, step: Step, reason: str, by: Actor) -> Session:
    before, after = session.state, rules.state_after(step, session.state)
    if after is None:
        raise ValidationError(
            _('This cannot be done while the session is "%(state)s".') % {"state": SessionState(before).label}
        )
    reason = reason.strip()
    if step in STEPS_WITH_REASON and not reason:
        raise ValidationError({"reason": _("Give the reason, so that it can be understood later.")})
    session.state = after
    session.save(update_fields=["state"])
    SessionStep.objects.create(
        session=session, step=step, from_state=before, to_state=after, staff_id=by.id, reason=reason
    )
    audit.record(by=by, action=f"awareness.session.{step}", subject_key=session.pk, fields=["state"], reason=reason)
    return session


def _has_attendance(session: Session) -> bool:
    return (
        NamedAttendance.objects.filter(session=session).exists()
        or CountedAttendance.objects.filter(session=session).exists()
    )
