"""One step of a referral, whoever takes it: the table of moves, the reason, the next date, the trail, and the end of its link."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from safar.cases.enums.referrals import (
    ENDED_REFERRALS,
    OUTCOMES,
    REASON_LISTS,
    REFERRAL_MOVES,
    WITH_PARTNER,
    LinkEnd,
    ReferralState,
    Via,
)
from safar.cases.models import Referral, ReferralLink, ReferralMove
from safar.cases.rules.moves import may_move
from safar.cases.rules.referrals import LONGEST_REASON, next_on
from safar.kernel.actor import Actor
from safar.kernel.clock import now, today
from safar.reference.queries import codes
from safar.trust.actions import audit


@dataclass(frozen=True, slots=True)
class Step:
    """Where a referral goes, why, on which day, and by whose hand."""

    to: str
    why: str = ""
    words: str = ""
    on: dt.date | None = None
    proposed_on: dt.date | None = None
    via: str = Via.DESK


def locked(referral_id: UUID) -> Referral:
    return Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)


def locked_of_sender(referral_id: UUID, by: Actor) -> Referral:
    """Return the referral to somebody of the sending side; the other centre answers as a recipient and in no other way."""
    referral = locked(referral_id)
    if by.centre_id and by.centre_id == referral.to_centre_id != referral.centre_id:
        raise PermissionDenied("cases.referral.manage")
    return referral


def take(referral: Referral, step: Step, by: Actor) -> Referral:
    """Take one step inside the caller's transaction; the caller has checked who may."""
    before, day = referral.state, step.on or today()
    _check(referral, step, day)
    referral.state = step.to
    referral.due_on = next_on(step.to, referral.due_on, day, step.proposed_on)
    referral.proposed_on = step.proposed_on or referral.proposed_on
    if step.to == ReferralState.SERVED:
        referral.started_on = day
    if step.to in OUTCOMES:
        referral.outcome, referral.ended_on = step.to, day
    referral.save()
    if step.to not in WITH_PARTNER:
        end_links(referral, LinkEnd.OVER)
    log(referral, before, day, step, by)
    trail(referral, "cases.referral.move", by, ["state"])
    return referral


def _check(referral: Referral, step: Step, day: dt.date) -> None:
    if not may_move(REFERRAL_MOVES, referral.state, step.to):
        raise ValidationError({"to": _("A referral cannot go this way.")})
    if step.to in REASON_LISTS:
        _check_reason(REASON_LISTS[ReferralState(step.to)], step)
    if len(step.words) > LONGEST_REASON:
        raise ValidationError({"reason": _("Please say it in fewer words.")})
    earliest = max(filter(None, (referral.made_on, referral.sent_on, referral.started_on)))
    if not earliest <= day <= today():
        raise ValidationError({"on": _("The day must lie between the step before and today.")})
    if step.proposed_on:
        check_proposed(step.proposed_on)


def _check_reason(name: str, step: Step) -> None:
    if not codes.is_known(name, step.why):
        raise ValidationError({"why": _("Say why; without the reason nobody can learn from it.")})
    if step.why == "other" and not step.words.strip():
        raise ValidationError({"reason": _("Say it in a few words when it is none of the reasons listed.")})


def check_proposed(day: dt.date) -> None:
    if not today() <= day <= today() + dt.timedelta(days=366):
        raise ValidationError({"proposed_on": _("Propose a day from today on, within a year.")})


def log(referral: Referral, before: str, day: dt.date, step: Step, by: Actor) -> None:
    """Write the step down. What a colleague of the sender writes has been seen; what others write is news."""
    ReferralMove.objects.create(
        referral=referral,
        from_state=before,
        to_state=referral.state,
        moved_on=day,
        reason_code=step.why,
        reason=step.words.strip(),
        proposed_on=step.proposed_on,
        via=step.via,
        seen_at=now() if step.via == Via.DESK else None,
        staff_id=by.staff_id,
    )


def end_links(referral: Referral, because: str) -> int:
    """End whatever link still opens the referral, and return how many that were."""
    live = ReferralLink.objects.filter(referral=referral, ended_at=None)
    return live.update(ended_at=now(), ended_because=because)


def is_ended(referral: Referral) -> bool:
    return referral.state in ENDED_REFERRALS


def trail(referral: Referral, action: str, by: Actor, fields: list[str], reason: str = "") -> None:
    audit.record(
        by=by,
        action=action,
        person_key=referral.person_id,
        subject_key=referral.pk,
        fields=fields,
        reason=reason,
    )
