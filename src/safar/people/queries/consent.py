from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import BooleanField, Case, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from safar.kernel.clock import now, today
from safar.people.enums import ConsentPurpose, ContactKind, ContactRefusal, Safety
from safar.people.models import ConsentGrant, ContactPoint, Person
from safar.people.queries.clusters import heads_of, members_of
from safar.people.rules import Use

Row = TypeVar("Row", bound=Model)
_NO = {
    ConsentPurpose.KEEP_FILE: ContactRefusal.NO_FILE_CONSENT,
    ConsentPurpose.BE_CONTACTED: ContactRefusal.NO_CONSENT,
    ConsentPurpose.SHARE: ContactRefusal.NO_SHARING,
    ConsentPurpose.FOLLOW_UP: ContactRefusal.NO_FOLLOW_UP,
}
# What stands in the way, from the least to the most that can still be done about it: the last is what a colleague is told.
_BY_HOPE = (ContactRefusal.NO_CONTACT_POINT, ContactRefusal.NOT_SAFE, ContactRefusal.NOT_NOW, ContactRefusal.WORDS)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a use is allowed, why not, under which consent, and over which contact point."""

    allowed: bool
    reason: str = ""
    contact_point: ContactPoint | None = None
    grant: ConsentGrant | None = None

    @property
    def words(self) -> str:
        """The reason as a sentence, empty when there is none."""
        return str(ContactRefusal(self.reason).label) if self.reason else ""


def history(person_id: UUID) -> list[ConsentGrant]:
    """Return every decision of the person in whichever of their files it stands, the latest first."""
    grants = ConsentGrant.objects.filter(person__in=members_of(person_id))
    return list(grants.select_related("asked_by", "withdrawn_by"))


def standing(person_id: UUID) -> list[ConsentGrant]:
    """Return the decision in force on each purpose and recipient: always the latest one."""
    latest: dict[tuple[str, str], ConsentGrant] = {}
    for grant in history(person_id):
        latest.setdefault((grant.purpose, grant.recipient), grant)
    return sorted(latest.values(), key=lambda grant: (ConsentPurpose.values.index(grant.purpose), grant.recipient))


def is_in_force(grant: ConsentGrant) -> bool:
    return grant.granted and grant.withdrawn_at is None and (grant.expires_on is None or grant.expires_on >= today())


def holds(person_id: UUID, purpose: str, recipient: str = "") -> bool:
    """Return whether the person's latest word on this purpose and recipient is a yes that still stands."""
    return _in_force(person_id, purpose, recipient) is not None


def decide(person_id: UUID, use: Use) -> Decision:
    """The one consent gate: everything that sends, shares or follows up asks here first, with exactly what it will do.

    Reasons are codes of `ContactRefusal`. Nothing is allowed of somebody who no longer agrees to a file.
    """
    if not holds(person_id, ConsentPurpose.KEEP_FILE):
        return Decision(allowed=False, reason=ContactRefusal.NO_FILE_CONSENT)
    grant = _in_force(person_id, use.purpose, use.recipient)
    if grant is None:
        return Decision(allowed=False, reason=_NO[ConsentPurpose(use.purpose)])
    if not use.fields <= set(grant.fields):
        return Decision(allowed=False, reason=ContactRefusal.FIELDS)
    if use.abroad and not grant.abroad:
        return Decision(allowed=False, reason=ContactRefusal.ABROAD)
    return _over_a_contact_point(person_id, use, grant) if use.channel else Decision(allowed=True, grant=grant)


def may_contact(person_id: UUID, channel: str, *, words: str = "") -> Decision:
    """Ask the gate whether a message may leave over a channel at this moment, with these words if they are known.

    `channel` is a kind of contact point, or "sms", which goes to a phone.
    """
    at = timezone.localtime(now())
    return decide(person_id, Use(purpose=ConsentPurpose.BE_CONTACTED, channel=channel, at=at, words=words))


def may_follow_up(person_id: UUID) -> Decision:
    """Ask the gate whether somebody may get in touch to ask what came of a visit."""
    return decide(person_id, Use(purpose=ConsentPurpose.BE_CONTACTED))


def who_may_be_followed_up(person_ids: set[UUID]) -> set[UUID]:
    """Return those of whom `may_follow_up` is true; as many queries as the longest chain of merges, for any number of people."""
    heads = heads_of(person_ids)
    owner = {head: head for head in heads.values()}
    frontier = set(owner)
    while frontier:
        merged = dict(Person.objects.filter(merged_into__in=frontier).values_list("pk", "merged_into"))
        owner |= {pk: owner[into] for pk, into in merged.items() if into}
        frontier = set(merged)
    purposes = (ConsentPurpose.KEEP_FILE, ConsentPurpose.BE_CONTACTED)
    latest: dict[tuple[UUID, str], ConsentGrant] = {}
    grants = ConsentGrant.objects.filter(person__in=owner, purpose__in=purposes, recipient="")
    for grant in grants:  # the latest first, so that each person's first row on a purpose is the word that counts
        latest.setdefault((owner[grant.person_id], grant.purpose), grant)
    allowed = {key for key, grant in latest.items() if is_in_force(grant)}
    return {pk for pk, head in heads.items() if all((head, purpose) in allowed for purpose in purposes)}


def agreeing(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Leave out rows whose `person` does not agree to be asked what came of a visit; rows without a person stay.

    The same answer as `who_may_be_followed_up`, found in the database so that a long list can be cut into pages. Only people
    with merged files, who are few, are looked at one set at a time.
    """
    merged = Person.objects.filter(merged_into__isnull=False).order_by()
    in_a_cluster = Q(person__in=merged.values("pk")) | Q(person__in=merged.values("merged_into"))
    of_clusters = rows.filter(in_a_cluster, person__isnull=False).order_by("person").values_list("person", flat=True)
    allowed = who_may_be_followed_up(set(of_clusters))
    alone = ~in_a_cluster & _last_word(ConsentPurpose.KEEP_FILE) & _last_word(ConsentPurpose.BE_CONTACTED)
    return rows.filter(Q(person=None) | Q(person__in=allowed) | alone)


def _last_word(purpose: str) -> Q:
    """Return the condition that the latest word of a row's person on a purpose is a yes that stands."""
    grants = ConsentGrant.objects.filter(person=OuterRef("person"), purpose=purpose, recipient="")
    stands = Q(granted=True, withdrawn_at=None) & (Q(expires_on=None) | Q(expires_on__gte=today()))
    answer = Case(When(stands, then=Value(True)), default=Value(False), output_field=BooleanField())
    return Q(Subquery(grants.order_by("-decided_at", "-id").values(answer=answer)[:1]))


def _in_force(person_id: UUID, purpose: str, recipient: str) -> ConsentGrant | None:
    """Return the person's latest word if it is a yes that stands; of merged files the last word in any of them counts."""
    members = members_of(person_id)
    latest = ConsentGrant.objects.filter(person__in=members, purpose=purpose, recipient=recipient).first()
    return latest if latest is not None and is_in_force(latest) else None


def _over_a_contact_point(person_id: UUID, use: Use, grant: ConsentGrant) -> Decision:
    kind = ContactKind.PHONE if use.channel == "sms" else use.channel
    points = ContactPoint.objects.filter(person__in=members_of(person_id), kind=kind)
    refusals = [ContactRefusal.NO_CONTACT_POINT]
    for point in points:
        refusal = _refusal(point, use)
        if refusal is None:
            return Decision(allowed=True, contact_point=point, grant=grant)
        refusals.append(refusal)
    return Decision(allowed=False, reason=max(refusals, key=_BY_HOPE.index))


def _refusal(point: ContactPoint, use: Use) -> ContactRefusal | None:
    agreed = point.agreed
    # "Only at the times agreed" without times a machine can read is no time at all.
    if point.safety == Safety.UNSAFE or (point.safety == Safety.ASK_FIRST and not agreed.has_hours):
        return ContactRefusal.NOT_SAFE
    if use.at is not None and not agreed.is_open(use.at):
        return ContactRefusal.NOT_NOW
    return ContactRefusal.WORDS if use.words and not agreed.allows(use.words) else None
