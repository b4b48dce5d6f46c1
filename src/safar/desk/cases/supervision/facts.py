"""Supervision in the words of the reader."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.cases.enums.approvals import ACTS_ON_CASES, Act, ApprovalState
from safar.cases.enums.cases import CaseKind
from safar.cases.enums.supervision import Weight
from safar.cases.models import Approval, CaseConference, CaseFile, SecondOpinion
from safar.cases.permissions import ASK_OPINION, SUPERVISE
from safar.cases.queries import approvals, conferences, opinions
from safar.cases.queries.caseload import Load
from safar.cases.queries.heavy import HeavyCase
from safar.cases.queries.supervision_rules import approval_file, heavy_file, why
from safar.cases.rules.heavy import Reason
from safar.desk.cases.facts import label
from safar.kernel.actor import Actor
from safar.kernel.chart import Chart, Series
from safar.people.permissions import READ_PERSON
from safar.people.queries import persons
from safar.trust.models import Staff
from safar.trust.permissions import ROLES

_DAYS_A_MONTH = 30
MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class HeavyLine:
    """One heavy case in a list: who, whose, and everything that weighs in it, in words."""

    case: HeavyCase
    who: str
    worker: str
    kind: str
    reasons: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule of approval in words."""

    why: str
    acts: str
    roles: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class CaseSupervision:
    """What the page of a case file shows of supervision."""

    needed: list[tuple[Act, str]]
    approvals: list[Approval]
    conferences: list[CaseConference]
    opinions: list[SecondOpinion]
    may_ask_opinion: bool
    may_supervise: bool
    standing: list[str] = field(default_factory=list)
    # The page comes back from a step that was refused: what asks for a second person stands open.
    is_wanted: bool = False

    @property
    def may_ask(self) -> bool:
        """Return whether something asks for approval that was not asked for yet."""
        return any(act not in self.standing for act, _why in self.needed)


def of_case(case: CaseFile, *, by: Actor, is_wanted: bool = False) -> CaseSupervision:
    """Return approvals, conferences and second opinions of an open page of a case file; 4 queries."""
    asked = approvals.of_subject(case.pk, by=by)
    return CaseSupervision(
        needed=[(act, " ".join(why(rule.code) for rule in rules)) for act, rules in approvals.needed_for(case)],
        approvals=asked,
        conferences=conferences.of_case(case.pk),
        opinions=opinions.about(case_id=case.pk),
        may_ask_opinion=by.may(ASK_OPINION),
        may_supervise=by.may(SUPERVISE),
        is_wanted=is_wanted,
        standing=[each.act for each in asked if each.state in {ApprovalState.ASKED, ApprovalState.APPROVED}],
    )


def chart_of(loads: Iterable[Load]) -> Chart | None:
    """Return the open case files of each worker as bars, at most a dozen of them."""
    shown = [load for load in loads if load.worker and load.cases][:MOST_BARS]
    if len(shown) < 2:  # noqa: PLR2004  (one bar compares nothing)
        return None
    names = _distinct([load.worker for load in shown if load.worker])
    return Chart(
        kind="bar",
        title=_("Open case files by worker"),
        categories=tuple(names),
        series=(Series(_("Open case files"), tuple(float(load.cases) for load in shown)),),
        unit=_("case files"),
        note=_("Today, at your centre. It shows who may need help, not who works well."),
    )


def _distinct(workers: list[Staff]) -> list[str]:
    """Return names that differ: a chart would draw equal categories on top of each other."""
    seen: dict[str, int] = {}
    names = []
    for worker in workers:
        seen[worker.full_name] = seen.get(worker.full_name, 0) + 1
        names.append(
            worker.full_name if seen[worker.full_name] == 1 else f"{worker.full_name} {seen[worker.full_name]}"
        )
    return names


def heavy_lines(cases: list[HeavyCase], *, by: Actor) -> list[HeavyLine]:
    """Return heavy cases in words; one read row for all names."""
    ids = {case.person_id for case in cases if case.person_id}
    people = persons.labels(ids, by=by) if ids and by.may(READ_PERSON) else {}
    workers = Staff.objects.in_bulk([case.worker_id for case in cases if case.worker_id])
    return [
        HeavyLine(
            case,
            people.get(case.person_id, "") if case.person_id else "",
            workers[case.worker_id].full_name if case.worker_id else "",
            str(CaseKind(case.kind).label),
            [(reason_in_words(reason), reason.weight) for reason in case.reasons],
        )
        for case in cases
    ]


def reason_in_words(reason: Reason) -> str:
    """Return one thing that weighs in a case as a short phrase."""
    if reason.kind == Weight.FLAG:
        return label("vulnerability_flag", reason.code)
    if reason.kind == Weight.TIME_OPEN:
        months = int(reason.found) // _DAYS_A_MONTH
        return ngettext("Open for %(n)d month", "Open for %(n)d months", months) % {"n": months}
    if reason.kind == Weight.CONTACTS:
        n = int(reason.found)
        days = heavy_file().contacts_within_days
        return ngettext("%(n)d contact in %(days)d days", "%(n)d contacts in %(days)d days", n) % {"n": n, "days": days}
    return _("Assessment: %(name)s") % {"name": reason.code.replace("_", " ")}


def rule_lines() -> list[RuleLine]:
    """Return every rule of approval, those not in force last."""
    lines = [
        RuleLine(
            str(rule.why),
            ", ".join(str(act.label) for act in rule.acts),
            ", ".join(str(ROLES[role].name) for role in rule.approved_by),
            rule.in_force,
        )
        for rule in approval_file().rules
    ]
    return sorted(lines, key=lambda line: not line.in_force)


def page_of(approval: Approval) -> str:
    """Return the address of what an approval is about."""
    if approval.act in ACTS_ON_CASES:
        return reverse("desk:cases:case", args=[approval.subject_key])
    return reverse("desk:cases:referral", args=[approval.subject_key])


def opinion_about(opinion: SecondOpinion) -> tuple[str, str, UUID | None]:
    """Return name and address of what a question is about, and its person."""
    if opinion.case_file:
        url = reverse("desk:cases:case", args=[opinion.case_file.pk])
        return str(CaseKind(opinion.case_file.kind).label), url, opinion.case_file.person_id
    assert opinion.contact is not None  # noqa: S101  (narrows the type; the database keeps one of the two)
    return _("Contact"), reverse("desk:cases:contact", args=[opinion.contact.pk]), opinion.contact.person_id
