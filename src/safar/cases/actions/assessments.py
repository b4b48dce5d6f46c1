"""Stores answers: the server runs the form once more, keeps only what is relevant, and scores with the version's own rules."""

import datetime as dt
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.enums.instruments import ASSESSMENT_MOVES, DECISIONS, AssessmentState, HowFilled, VersionState
from safar.cases.models import Assessment, AssessmentMove, CaseFile, Contact, InstrumentVersion
from safar.cases.permissions import DECIDE_ASSESSMENT, FILL_ASSESSMENT
from safar.cases.queries import instruments
from safar.cases.questionnaires.states import FormState
from safar.cases.rules.instruments import About, Filled
from safar.cases.rules.moves import may_move
from safar.cases.rules.scoring import scores_of
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.kernel.ids import new_id
from safar.people.models import Person
from safar.trust.actions import audit
from safar.trust.models import Centre


class NotAnsweredError(ValidationError):
    """The form does not agree with the answers; `state` shows where and why."""

    def __init__(self, state: FormState) -> None:
        super().__init__(_("Some answers need another look."))
        self.state = state


@transaction.atomic
def fill(
    *, version_id: UUID, about: About, filled: Filled, centre: Centre, form_key: str = "", by: Actor
) -> Assessment:
    """Store the answers to a version in use. What is not relevant is not stored; what the form refuses is refused."""
    check_may(by, FILL_ASSESSMENT)
    if earlier := once.result_of(form_key):
        return Assessment.objects.get(pk=earlier)
    version = InstrumentVersion.objects.select_related("instrument").get(pk=version_id)
    if not instruments.may_fill(version.instrument, by):
        raise PermissionDenied(version.instrument.code)
    _check(version, about, filled)
    state = instruments.state_of(version, language=filled.language, answers=dict(filled.answers))
    if state.troubles():
        raise NotAnsweredError(state)
    assessment = write(version, about, filled, state.answers(), centre=centre, by=by)
    once.use(form_key, assessment.pk)
    return assessment


def write(
    version: InstrumentVersion, about: About, filled: Filled, answers: dict[str, str], *, centre: Centre, by: Actor
) -> Assessment:
    """Write answers that the form has agreed to, with their scores."""
    scoring = instruments.scoring_of(version)
    awaits = version.instrument.asks_decision
    assessment = Assessment.objects.create(
        version=version,
        person_id=_person_of(about),
        case_file_id=about.case_id,
        contact_id=about.contact_id,
        centre=centre,
        state=AssessmentState.AWAITING if awaits else AssessmentState.DONE,
        how=filled.how,
        language=filled.language[:40],
        answers=answers,
        scores=scores_of(scoring, answers) if scoring else {},
        completed_on=filled.completed_on or today(),
        filled_by_id=by.staff_id,
        submission=filled.submission or f"uuid:{new_id()}",
    )
    _trail(assessment, "cases.assessment.fill", by, [version.instrument.code, filled.how])
    return assessment


@transaction.atomic
def decide(*, assessment_id: UUID, to: str, reason: str, on: dt.date | None = None, by: Actor) -> Assessment:
    """Record what a supervisor decided after an assessment that asks for it; the reason is always said."""
    check_may(by, DECIDE_ASSESSMENT)
    if to not in DECISIONS:
        raise ValidationError({"to": _("Choose one of the decisions offered.")})
    return _to(_locked(assessment_id), to, reason, on or today(), by)


@transaction.atomic
def void(*, assessment_id: UUID, reason: str, by: Actor) -> Assessment:
    """Take back what was filled by mistake; it stays, marked, and is counted nowhere."""
    check_may(by, FILL_ASSESSMENT)
    assessment = _locked(assessment_id)
    if not instruments.may_read(assessment, by):
        raise PermissionDenied(assessment.code)
    return _to(assessment, AssessmentState.VOIDED, reason, today(), by)


def _to(assessment: Assessment, to: str, reason: str, day: dt.date, by: Actor) -> Assessment:
    if not may_move(ASSESSMENT_MOVES, assessment.state, to):
        raise ValidationError({"to": _("An assessment cannot go this way.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why; whoever reads it later was not there.")})
    if not assessment.completed_on <= day <= today():
        raise ValidationError({"on": _("The day must lie between the assessment and today.")})
    AssessmentMove.objects.create(
        assessment=assessment,
        from_state=assessment.state,
        to_state=to,
        moved_on=day,
        reason=reason.strip()[:400],
        staff_id=by.staff_id,
    )
    assessment.state = to
    assessment.save(update_fields=["state"])
    _trail(assessment, "cases.assessment.decide", by, ["state"])
    return assessment


def _check(version: InstrumentVersion, about: About, filled: Filled) -> None:
    if version.state != VersionState.PUBLISHED:
        raise ValidationError(_("This version is not in use."))
    if about.subject not in version.instrument.subjects:
        raise ValidationError(_("This instrument is not meant for this."))
    if filled.how not in HowFilled.values:
        raise ValidationError({"how": _("Choose one of the values offered.")})
    if filled.completed_on and filled.completed_on > today():
        raise ValidationError({"completed_on": _("The day lies ahead.")})


def _person_of(about: About) -> UUID | None:
    if about.person_id:
        return Person.objects.values_list("pk", flat=True).get(pk=about.person_id)
    if about.case_id:
        return CaseFile.objects.values_list("person_id", flat=True).get(pk=about.case_id)
    return Contact.objects.values_list("person_id", flat=True).get(pk=about.contact_id) if about.contact_id else None


def _locked(assessment_id: UUID) -> Assessment:
    found = Assessment.objects.select_related("version__instrument").select_for_update(of=("self",))
    return found.get(pk=assessment_id)


def _trail(assessment: Assessment, action: str, by: Actor, fields: list[str]) -> None:
    audit.record(by=by, action=action, person_key=assessment.person_id, subject_key=assessment.pk, fields=fields)
