from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.models import CaseConference, CaseFile
from safar.cases.permissions import MANAGE_CASE
from safar.cases.queries.colleagues import case_workers
from safar.cases.rules.supervision import ConferenceDetails
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.trust.actions import audit
from safar.trust.models import Staff


@transaction.atomic
def add(*, case_id: UUID, details: ConferenceDetails, form_key: str = "", by: Actor) -> CaseConference:
    """Write down what colleagues talked over about an open case file and who does what next."""
    check_may(by, MANAGE_CASE)
    if earlier := once.result_of(form_key):
        return CaseConference.objects.get(pk=earlier)
    case = CaseFile.objects.select_for_update(of=("self",)).get(pk=case_id)
    if not case.is_open:
        raise ValidationError({"__all__": _("This case is closed; open a new one when the person comes back.")})
    _check(details, case)
    has_step = bool(details.next_step.strip())
    conference = CaseConference.objects.create(
        case_file=case,
        held_on=details.held_on,
        question=details.question.strip(),
        decided=details.decided.strip(),
        next_step=details.next_step.strip(),
        next_step_on=details.next_step_on if has_step else None,
        next_step_by_id=details.next_step_by if has_step else None,
        recorded_by_id=by.staff_id,
    )
    conference.participants.set(Staff.objects.filter(pk__in=details.participants).order_by("id"))
    once.use(form_key, conference.pk)
    audit.record(
        by=by, action="cases.conference.add", person_key=case.person_id, subject_key=case.pk, fields=["decided"]
    )
    return conference


@transaction.atomic
def step_done(*, conference_id: UUID, by: Actor) -> CaseConference:
    """Mark the next step as done: by the colleague it was given to, or by who wrote the conference down."""
    check_may(by, MANAGE_CASE)
    found = CaseConference.objects.select_for_update(of=("self",)).select_related("case_file")
    conference = found.get(pk=conference_id)
    if by.id not in {conference.next_step_by_id, conference.recorded_by_id}:
        raise PermissionDenied("cases.conference.step_done")
    if conference.next_step_done_at is None:
        conference.next_step_done_at = now()
        conference.save(update_fields=["next_step_done_at"])
        audit.record(
            by=by,
            action="cases.conference.step_done",
            person_key=conference.case_file.person_id,
            subject_key=conference.case_file_id,
        )
    return conference


def _check(details: ConferenceDetails, case: CaseFile) -> None:
    messages = {
        ("held_on", "outside"): _("The day must lie between the opening of the case and today."),
        ("participants", "alone"): _("A conference is at least two colleagues."),
        ("question", "missing"): _("Write what was asked."),
        ("decided", "missing"): _("Write what was decided, even if it was to wait."),
        ("next_step_on", "missing"): _("Say until when."),
        ("next_step_on", "before"): _("The next step comes after the conference."),
        ("next_step_by", "missing"): _("Say who does it."),
        ("next_step", "nobodys"): _("Write what is to be done, or leave day and name empty."),
    }
    problems = {name: messages[name, code] for name, code in details.problems(case.opened_on, today()).items()}
    named = {*details.participants, *([details.next_step_by] if details.next_step_by else [])}
    known = {member.pk for member in case_workers()}
    if not named <= known:
        problems.setdefault("participants", _("Choose colleagues who work with case files."))
    if problems:
        raise ValidationError(problems)
