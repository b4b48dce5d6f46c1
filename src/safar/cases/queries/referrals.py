import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from safar.cases.enums.referrals import OPEN_REFERRALS, WITH_PARTNER, ClientAnswer, ReferralState, Via
from safar.cases.models import Referral, ReferralLink, ReferralMove
from safar.cases.permissions import MANAGE_REFERRAL, OVERSEE_REFERRAL, READ_CONTACT
from safar.cases.rules.referrals import ESCALATE_AFTER_DAYS, escalates_on
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.people.queries.clusters import members_of
from safar.reference.queries import codes
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb


def get(referral_id: UUID, *, by: Actor) -> Referral:
    """Return a referral with its steps; of a person with a file this leaves a read row in the trail."""
    check_may(by, MANAGE_REFERRAL)
    referrals = Referral.objects.filter(pk=referral_id).select_related("person", "contact", "centre", "made_by")
    referral = referrals.prefetch_related("moves__staff").get()
    if referral.person_id:
        audit.record(
            by=by,
            action="cases.referral.open",
            verb=AuditVerb.READ,
            person_key=referral.person_id,
            subject_key=referral.pk,
        )
    return referral


def live_link(referral_id: UUID) -> ReferralLink | None:
    """Return the link that opens a referral now, if there is one."""
    link = ReferralLink.objects.filter(referral_id=referral_id, ended_at=None).select_related("made_by").first()
    return link if link and link.is_live_at(now()) else None


def waiting(*, by: Actor, until: dt.date | None = None) -> QuerySet[Referral]:
    """Return referrals of the actor's centre that are not at their end, the most overdue first."""
    check_may(by, MANAGE_REFERRAL)
    referrals = Referral.objects.filter(state__in=sorted(OPEN_REFERRALS)).select_related("made_by")
    if until:
        referrals = referrals.filter(due_on__lte=until)
    return _of_centre(referrals, by).order_by("due_on", "id")


def incoming(*, by: Actor) -> QuerySet[Referral]:
    """Return what other centres of the node ask of the actor's centre and what waits for its answer."""
    check_may(by, MANAGE_REFERRAL)
    referrals = Referral.objects.filter(state__in=sorted(WITH_PARTNER), to_centre__isnull=False)
    found = referrals.filter(to_centre_id=by.centre_id) if by.centre_id else referrals
    return found.select_related("centre").order_by("due_on", "id")


def news(*, by: Actor, mine: bool = False) -> QuerySet[Referral]:
    """Return referrals of the actor's centre, or their own, that were answered and nobody has seen the answer yet."""
    check_may(by, MANAGE_REFERRAL)
    # From the few unseen answers to their referrals: the other way round the database looks at every referral there is.
    unseen = ReferralMove.objects.filter(seen_at=None).exclude(via=Via.DESK).order_by().values("referral")
    referrals = _of_centre(Referral.objects.filter(pk__in=unseen), by)
    if mine:
        referrals = referrals.filter(made_by_id=by.id)
    return referrals.order_by("due_on", "id")


def overdue_of(*, by: Actor) -> QuerySet[Referral]:
    """Return the actor's own referrals whose next date has passed."""
    return waiting(by=by, until=today() - dt.timedelta(days=1)).filter(made_by_id=by.id)


def escalated(*, by: Actor) -> QuerySet[Referral]:
    """Return referrals of the centre that are late beyond what their urgency allows: those the coordinator is told of."""
    check_may(by, OVERSEE_REFERRAL)
    late = Q()
    for urgency in ESCALATE_AFTER_DAYS:
        wait = escalates_on(today(), urgency) - today()
        late |= Q(urgency=urgency, due_on__lte=today() - wait)
    return _of_centre(Referral.objects.filter(late, state__in=sorted(OPEN_REFERRALS)), by).order_by("due_on", "id")


def of_person(person_id: UUID, *, by: Actor) -> list[Referral]:
    """Return a person's referrals with their steps, newest first, leaving a read row in the trail."""
    check_may(by, READ_CONTACT)
    audit.record(by=by, action="cases.referral.of_person", verb=AuditVerb.READ, person_key=person_id)
    return list(Referral.objects.filter(person_id=person_id).prefetch_related("moves"))


@dataclass(frozen=True, slots=True)
class OnSheet:
    """A referral as its client reads it: where to, what for, how it stands in a sentence, and the next date if one matters."""

    referral_id: UUID
    recipient: str
    service: str
    words: str
    date: dt.date | None
    may_withdraw: bool


def for_sheet(*, person_id: UUID | None = None, contact_id: UUID | None = None) -> list[OnSheet]:
    """Return what the client's sheet tells of referrals, in the active language; drafts and what is over are left out.

    Whoever prints the sheet has checked who may and writes the row in the trail.
    """
    whose = Q(person__in=members_of(person_id)) if person_id else Q(contact_id=contact_id)
    shown = [*sorted(OPEN_REFERRALS - {ReferralState.DRAFT}), ReferralState.REFUSED]
    services = codes.code_list("referral_service")
    return [
        OnSheet(
            referral_id=referral.pk,
            recipient=referral.recipient,
            service=str(services.label(referral.service)),
            words=in_plain_words(referral),
            date=_date_for_client(referral),
            may_withdraw=referral.state in WITH_PARTNER,
        )
        for referral in Referral.objects.filter(whose, state__in=shown).order_by("made_on", "id")
    ]


def in_plain_words(referral: Referral) -> str:
    """Say to the client how their referral stands, in a sentence of the active language."""
    if referral.state == ReferralState.ACCEPTED and referral.proposed_on:
        return _("They help you. You are expected on the day written here.")
    if referral.state == ReferralState.CONFIRMED and referral.client_answer == ClientAnswer.NO:
        return _("You told us that you did not get the help. We are asking them.")
    return {
        ReferralState.DRAFT: _("It is written and has not been sent."),
        ReferralState.SENT: _("We asked them. They have not answered yet."),
        ReferralState.ACKNOWLEDGED: _("They have received it and have not answered yet."),
        ReferralState.ACCEPTED: _("They said yes and will help you."),
        ReferralState.REFUSED: _("They cannot help. Ask us who else can."),
        ReferralState.SERVED: _("They have begun to help you."),
        ReferralState.COMPLETED: _("They say the help has been given. Tell us whether that is so."),
        ReferralState.FAILED: _("They say it did not work out. Ask us what else there is."),
        ReferralState.CONFIRMED: _("You told us what came of it."),
        ReferralState.CLOSED: _("It is finished."),
        ReferralState.CANCELLED: _("It was taken back."),
    }[ReferralState(referral.state)]


def _date_for_client(referral: Referral) -> dt.date | None:
    if referral.state in {ReferralState.SENT, ReferralState.ACKNOWLEDGED}:
        return referral.due_on
    return referral.proposed_on if referral.state == ReferralState.ACCEPTED else None


def _of_centre(referrals: QuerySet[Referral], by: Actor) -> QuerySet[Referral]:
    return referrals.filter(centre_id=by.centre_id) if by.centre_id else referrals
