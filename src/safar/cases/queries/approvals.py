from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from safar.cases.enums.approvals import Act, ApprovalState
from safar.cases.models import Approval, CaseFile
from safar.cases.permissions import DECIDE_APPROVAL, MANAGE_CASE
from safar.cases.queries.supervision_rules import approval_rules
from safar.cases.rules.approvals import ApprovalRule, Circumstances, asking, may_answer
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import RoleAssignment

CASE_ACTS = (Act.CLOSE_CASE, Act.DROP_OUT)
MOST_WAITING = 100


def asking_in_force(act: str, about: Circumstances) -> list[ApprovalRule]:
    """Return the rules in force that ask for approval of an act in these circumstances."""
    return asking(approval_rules(), act, about)


def circumstances_of(case: CaseFile) -> Circumstances:
    """Return what the rules look at in a case file: how old the person is today."""
    return Circumstances(age_band=case.person.age_band_on(today()) if case.person else case.age_band)


def needed_for(case: CaseFile) -> list[tuple[Act, list[ApprovalRule]]]:
    """Return what cannot be done with an open case file without a second person, with the rules that say so."""
    if not case.is_open:
        return []
    about = circumstances_of(case)
    return [(act, rules) for act in CASE_ACTS if (rules := asking_in_force(act, about))]


def of_subject(subject_key: UUID, *, by: Actor) -> list[Approval]:
    """Return the requests about a case file or another thing, newest first."""
    check_may(by, MANAGE_CASE)
    found = Approval.objects.filter(subject_key=subject_key)
    return list(found.select_related("asked_by", "decided_by"))


def may_decide(approval: Approval, *, by: Actor) -> bool:
    """Return whether this actor may answer: somebody else than who asked, in a role that every rule accepts."""
    if by.id is None or by.id == approval.asked_by_id or not by.may(DECIDE_APPROVAL):
        return False
    return may_answer(_rules(approval.rules), _roles(by))


def waiting(*, by: Actor) -> list[Approval]:
    """Return what waits for an answer at any centre of the node, the longest waiting first: a small centre has no second."""
    check_may(by, DECIDE_APPROVAL)
    found = _with_people(Approval.objects.filter(state=ApprovalState.ASKED)).order_by("recorded_at", "id")
    return list(found[:MOST_WAITING])


def answered(*, by: Actor, limit: int = 20) -> list[Approval]:
    """Return the latest answers, newest first."""
    check_may(by, DECIDE_APPROVAL)
    return list(_with_people(Approval.objects.filter(decided_at__isnull=False)).order_by("-decided_at", "-id")[:limit])


def get(approval_id: UUID, *, by: Actor) -> Approval:
    """Return one request; of a person with a file this leaves a read row in the trail."""
    check_may(by, DECIDE_APPROVAL)
    approval = _with_people(Approval.objects.filter(pk=approval_id)).select_related("person").get()
    audit.record(
        by=by,
        action="cases.approval.open",
        verb=AuditVerb.READ,
        person_key=approval.person_id,
        subject_key=approval.subject_key,
    )
    return approval


def count_waiting(*, by: Actor) -> int:
    """Return how many requests somebody else has made."""
    check_may(by, DECIDE_APPROVAL)
    return Approval.objects.filter(state=ApprovalState.ASKED).exclude(asked_by_id=by.id).count()


def answers_for(*, by: Actor) -> list[Approval]:
    """Return answers to the actor's own requests that have not been noted yet."""
    told = Q(state__in=[ApprovalState.APPROVED, ApprovalState.SENT_BACK], seen_at=None)
    return list(Approval.objects.filter(told, asked_by_id=by.id).order_by("decided_at", "id")[:MOST_WAITING])


def _with_people(found: QuerySet[Approval]) -> QuerySet[Approval]:
    return found.select_related("asked_by", "decided_by", "centre")


def _rules(asked: Iterable[str]) -> list[ApprovalRule]:
    """Return the rules that asked, as far as the file still has them in force."""
    return [rule for rule in approval_rules() if rule.code in set(asked)]


def _roles(by: Actor) -> list[str]:
    held = RoleAssignment.objects.filter(staff=by.id, ended_at=None).order_by("recorded_at")
    return list(held.values_list("role", flat=True))
