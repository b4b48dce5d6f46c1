"""How private the fields of referrals and their links are; erasure ends every link and keeps the counts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from safar.cases.models import Referral, ReferralLink, ReferralMove
from safar.kernel.ids import new_id
from safar.kernel.privacy import Effect, Privacy, classed
from safar.people.queries.clusters import members_of

FIELDS: dict[str, Privacy] = {
    **classed(
        Privacy.INTERNAL,
        "Referral",
        *(
            "id",
            "recorded_at",
            "former_person_key",
            "contact",
            "case_file",
            "centre",
            "partner",
            "to_centre",
            "recipient",
        ),
        *(
            "urgency",
            "state",
            "due_on",
            "made_by",
            "made_on",
            "sent_at",
            "sent_on",
            "proposed_on",
            "started_on",
            "ended_on",
        ),
        *("outcome", "client_answer", "abroad"),
    ),
    **classed(Privacy.PERSONAL, "Referral", "person", "fields", "consent_key"),
    **classed(Privacy.SENSITIVE, "Referral", "service", "text"),
    **classed(
        Privacy.INTERNAL,
        "ReferralMove",
        *("id", "recorded_at", "referral", "from_state", "to_state", "moved_on", "reason_code", "proposed_on", "via"),
        *("seen_at", "staff"),
    ),
    **classed(Privacy.SENSITIVE, "ReferralMove", "reason"),
    **classed(
        Privacy.INTERNAL,
        "ReferralLink",
        *("id", "recorded_at", "referral", "language", "expires_at", "opened_at", "wrong_codes", "ended_at"),
        *("ended_because", "made_by"),
    ),
    # Hashes of what opens the way to a person: nobody may take them out or compare them with anything.
    **classed(Privacy.PERSONAL, "ReferralLink", "token_hash", "code_hash", "browser_hash"),
}


def export(person_id: UUID) -> Mapping[str, Any]:
    """Return a person's referrals with their steps and the links that were made, as plain values."""
    referrals = Referral.objects.filter(person__in=members_of(person_id)).prefetch_related("moves", "links")
    return {"referrals": [_referral(referral) for referral in referrals]}


def _referral(referral: Referral) -> dict[str, Any]:
    return {
        "service": referral.service,
        "recipient": referral.recipient,
        "state": referral.state,
        "made_on": str(referral.made_on),
        "text": referral.text,
        "fields": referral.fields,
        "sent_at": str(referral.sent_at or ""),
        "client_answer": referral.client_answer,
        "links": [
            [str(link.recorded_at), str(link.opened_at or ""), str(link.ended_at or link.expires_at)]
            for link in referral.links.all()
        ],
        "moves": [[str(move.moved_on), move.to_state, _reason(move)] for move in referral.moves.all()],
    }


def _reason(move: ReferralMove) -> str:
    return " ".join(part for part in (move.reason_code, move.reason) if part)


def erase(person_id: UUID) -> None:
    """Unlink and empty the referrals of a person and delete their links; service, recipient, days and outcome stay as a count."""
    members = members_of(person_id)
    referrals = Referral.objects.filter(person__in=members)
    ReferralLink.objects.filter(referral__in=referrals).delete()
    ReferralMove.objects.filter(referral__in=referrals).update(reason="")
    key = _key_of_their_contacts(referrals) or new_id()
    referrals.update(person=None, former_person_key=key, text="", fields=[], consent_key=None)


def _key_of_their_contacts(referrals: QuerySet[Referral]) -> UUID | None:
    """Return the key that leads nowhere under which the person's contacts were just unlinked: all are still one person."""
    unlinked = referrals.filter(contact__former_person_key__isnull=False)
    return unlinked.values_list("contact__former_person_key", flat=True).first()


def preview(person_id: UUID) -> list[Effect]:
    """Tell what erasing the person does to their referrals."""
    referrals = Referral.objects.filter(person__in=members_of(person_id))
    links = ReferralLink.objects.filter(referral__in=referrals).count()
    effects = [
        Effect(_("Referrals"), 0, referrals.count(), _("day, service, recipient, state")),
        Effect(_("Links for recipients of referrals"), links),
    ]
    return [effect for effect in effects if effect.goes or effect.stays]
