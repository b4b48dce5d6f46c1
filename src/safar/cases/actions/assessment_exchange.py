"""Takes answers out in the layout of Kobo and ODK, and takes over answers that come back. The same file twice adds nothing."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safar.cases.actions import assessments
from safar.cases.enums.instruments import AssessmentState, HowFilled
from safar.cases.models import Assessment, InstrumentVersion
from safar.cases.permissions import DECIDE_ASSESSMENT, EXPORT_ASSESSMENTS
from safar.cases.queries import instruments
from safar.cases.questionnaires import columns
from safar.cases.rules.instruments import About, Filled
from safar.kernel.actor import Actor, check_may
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb
from safar.trust.models import Centre

MOST_EXPORTED = 20_000
WORDS: dict[str, str | Promise] = {
    "constraint": _("does not pass the check of the form"),
    "required": _("is missing"),
    "no_choice": _("is not among the choices"),
    "unreadable": _("cannot be read"),
    "irrelevant": _("is not asked after the other answers, and was left out"),
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one row: the question and why."""

    row: int
    path: str
    kind: str
    message: str = ""

    @property
    def words(self) -> str | Promise:
        return self.message or WORDS[self.kind]


@dataclass(slots=True)
class TakenOver:
    """What an import did: rows added, rows known before, and rows refused with their problems."""

    added: int = 0
    known: int = 0
    refused: int = 0
    problems: list[RowProblem] = field(default_factory=list)


def export(
    *,
    version_id: UUID,
    start: dt.date | None = None,
    end: dt.date | None = None,
    labels: bool = False,
    language: str = "",
    with_words: bool = False,
    by: Actor,
) -> dict[str, list[list[object]]]:
    """Return the answers to a version as tables, without people, and without free words unless asked for."""
    version = _version(version_id, by)
    found = Assessment.objects.filter(version=version).exclude(state=AssessmentState.VOIDED).exclude(answers={})
    found = found.filter(centre=by.centre_id) if by.centre_id else found
    found = found.filter(completed_on__gte=start) if start else found
    found = found.filter(completed_on__lte=end) if end else found
    rows = list(found.order_by("completed_on", "id")[:MOST_EXPORTED])
    sheets = columns.sheets_of(version.outline, language=language, with_words=with_words)
    audit.record(
        by=by,
        action="cases.assessment.export",
        verb=AuditVerb.EXPORT,
        subject_key=version.pk,
        fields=[version.instrument.code, f"{len(rows)} rows", *(["words"] if with_words else [])],
    )
    return columns.tables(sheets, [_submission(each, version) for each in rows], labels=labels)


def _submission(each: Assessment, version: InstrumentVersion) -> columns.Submission:
    return columns.Submission(
        answers=each.answers,
        uuid=each.submission.removeprefix("uuid:"),
        # The day, not the minute: with the minute somebody could find the visit it belongs to.
        number=int(each.submission.removeprefix("uuid:").replace("-", "")[-7:] or "0", 16)
        if _is_hex(each.submission)
        else 0,
        time=each.completed_on.isoformat(),
        version=version.form_version or str(version.number),
    )


def _is_hex(submission: str) -> bool:
    return all(letter in "0123456789abcdef" for letter in submission.removeprefix("uuid:").replace("-", "").lower())


@transaction.atomic
def take_over(*, version_id: UUID, content: bytes, centre: Centre, by: Actor) -> TakenOver:
    """Store the rows of a file that the form agrees to; a row without its own `_uuid` is refused, as it could come twice."""
    version = _version(version_id, by)
    found = TakenOver()
    rows = columns.read(content, version.outline)
    given = {row.uuid for row in rows}
    known = set(Assessment.objects.filter(submission__in=given).order_by("id").values_list("submission", flat=True))
    for row in rows:
        if row.uuid in known:
            found.known += 1
            continue
        if _take(version, row, centre, found, by):
            known.add(row.uuid)
    audit.record(
        by=by,
        action="cases.assessment.take_over",
        subject_key=version.pk,
        fields=[version.instrument.code, f"{found.added} rows"],
    )
    return found


def _take(version: InstrumentVersion, row: columns.Read, centre: Centre, found: TakenOver, by: Actor) -> bool:
    state = instruments.state_of(version, language="", answers=row.answers)
    problems = [RowProblem(row.row, node.path, trouble.kind, trouble.message) for node, trouble in state.troubles()]
    if not row.uuid:
        problems.insert(0, RowProblem(row.row, "_uuid", "required"))
    found.problems += problems
    if problems:
        found.refused += 1
        return False
    found.problems += [
        RowProblem(row.row, path, "irrelevant") for path, why in state.left.items() if why == "irrelevant"
    ]
    filled = Filled(answers={}, how=HowFilled.IMPORT, submission=row.uuid[:64])
    assessments.write(version, About(), filled, state.answers(), centre=centre, by=by)
    found.added += 1
    return True


def _version(version_id: UUID, by: Actor) -> InstrumentVersion:
    check_may(by, EXPORT_ASSESSMENTS)
    version = InstrumentVersion.objects.select_related("instrument").get(pk=version_id)
    if version.instrument.is_sensitive and not by.may(DECIDE_ASSESSMENT):
        raise PermissionDenied(version.instrument.code)
    return version
