import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.enums import ENDED_REFERRALS, REFERRAL_MOVES, REFERRAL_NEEDS_REASON, ReferralState
from safar.cases.models import CaseFile, Contact, Referral, ReferralMove
from safar.cases.permissions import MANAGE_REFERRAL
from safar.cases.rules import ReferralDetails, may_move
from safar.kernel import once
from safar.kernel.actor import Actor, ActorKind, check_may
from safar.kernel.clock import now, today
from safar.people.actions import consents
from safar.people.enums import ConsentPurpose
from safar.people.queries import consent
from safar.people.rules import ConsentDetails
from safar.reference.queries import codes
from safar.trust.actions import audit
from safar.trust.models import Centre


@transaction.atomic
def draft(
    *,
    details: ReferralDetails,
    centre: Centre,
    person_id: UUID | None = None,
    contact_id: UUID | None = None,
    case_id: UUID | None = None,
    made_on: dt.date | None = None,
    form_key: str = "",
    by: Actor,
) -> Referral:
    """Write a referral of a person, or of somebody without a file through their contact; nothing leaves the centre yet."""
    check_may(by, MANAGE_REFERRAL)
    if earlier := once.result_of(form_key):
        return Referral.objects.get(pk=earlier)
    day = made_on or today()
    person_id = person_id or _person_behind(contact_id, case_id)
    _check(details, day, about_somebody=bool(person_id or contact_id))
    referral = Referral.objects.create(
        person_id=person_id,
        contact_id=contact_id,
        case_file_id=case_id,
        centre=centre,
        service=details.service,
        partner_id=details.partner_id,
        recipient=details.recipient.strip(),
        urgency=details.urgency,
        due_on=details.due_from(day),
        text=details.text.strip(),
        made_by_id=_staff_id(by),
        made_on=day,
    )
    _log(referral, "", day, "", by)
    once.use(form_key, referral.pk)
    _trail(referral, "cases.referral.draft", by, ["service", "recipient", "urgency"])
    return referral


@transaction.atomic
def send(*, referral_id: UUID, agreed: ConsentDetails | None = None, on: dt.date | None = None, by: Actor) -> Referral:
    """Send a draft; of a person only with a standing consent to share with this recipient, which `agreed` may record."""
    check_may(by, MANAGE_REFERRAL)
    referral = _locked(referral_id)
    if referral.person_id and agreed:
        consents.decide(person_id=referral.person_id, details=agreed, by=by)
    if referral.person_id and not consent.holds(referral.person_id, ConsentPurpose.SHARE, referral.recipient):
        raise ValidationError(
            {
                "consent": _("The person has not agreed to share anything with %(recipient)s.")
                % {"recipient": referral.recipient}
            }
        )
    referral.sent_at = now()
    return _to(referral, ReferralState.SENT, "", on or today(), by)


@transaction.atomic
def move(*, referral_id: UUID, to: str, reason: str = "", on: dt.date | None = None, by: Actor) -> Referral:
    """Move a referral that has left; refused, failed and cancelled need the reason, sending goes through `send`."""
    check_may(by, MANAGE_REFERRAL)
    if to == ReferralState.SENT:
        raise ValidationError({"to": _("A referral leaves by being sent, after its consent is checked.")})
    return _to(_locked(referral_id), to, reason, on or today(), by)


def _to(referral: Referral, to: str, reason: str, day: dt.date, by: Actor) -> Referral:
    before = referral.state
    if not may_move(REFERRAL_MOVES, before, to):
        raise ValidationError({"to": _("A referral cannot go this way.")})
    if to in REFERRAL_NEEDS_REASON and not reason.strip():
        raise ValidationError({"reason": _("Say why; without the reason nobody can learn from it.")})
    if not referral.made_on <= day <= today():
        raise ValidationError({"on": _("The day must lie between the making of the referral and today.")})
    referral.state = to
    referral.ended_on = day if to in ENDED_REFERRALS else None
    referral.save(update_fields=["state", "ended_on", "sent_at"])
    _log(referral, before, day, reason.strip(), by)
    _trail(referral, "cases.referral.move", by, ["state"])
    return referral


def _check(details: ReferralDetails, day: dt.date, *, about_somebody: bool) -> None:
    problems: dict[str, str] = {}
    if not about_somebody:
        problems["__all__"] = _("A referral is about a person or about somebody met in a contact.")
    if not codes.is_known("referral_service", details.service):
        problems["service"] = _("Choose one of the values offered.")
    if not codes.is_known("referral_urgency", details.urgency):
        problems["urgency"] = _("Choose one of the values offered.")
    if not details.recipient.strip():
        problems["recipient"] = _("Say to whom the person is referred.")
    if details.due_on and details.due_on < day:
        problems["due_on"] = _("The due date lies before the referral.")
    if problems:
        raise ValidationError(problems)


def _person_behind(contact_id: UUID | None, case_id: UUID | None) -> UUID | None:
    if case_id:
        return CaseFile.objects.values_list("person_id", flat=True).get(pk=case_id)
    return Contact.objects.values_list("person_id", flat=True).get(pk=contact_id) if contact_id else None


def _locked(referral_id: UUID) -> Referral:
    return Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)


def _log(referral: Referral, before: str, day: dt.date, reason: str, by: Actor) -> None:
    ReferralMove.objects.create(
        referral=referral,
        from_state=before,
        to_state=referral.state,
        moved_on=day,
        reason=reason,
        staff_id=_staff_id(by),
    )


def _staff_id(by: Actor) -> UUID | None:
    return by.id if by.kind is ActorKind.STAFF else None


def _trail(referral: Referral, action: str, by: Actor, fields: list[str]) -> None:
    audit.record(by=by, action=action, person_key=referral.person_id, subject_key=referral.pk, fields=fields)
