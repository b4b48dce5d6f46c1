"""Reads of instruments and assessments. Sensitive ones are shown to who filled them and to who decides on them; reading leaves a row."""

from collections.abc import Collection
from uuid import UUID

import yaml
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q, QuerySet

from safar.cases.enums.instruments import AssessmentState, VersionState
from safar.cases.models import Assessment, Instrument, InstrumentVersion
from safar.cases.permissions import DECIDE_ASSESSMENT, FILL_ASSESSMENT, MANAGE_INSTRUMENT, READ_SENSITIVE
from safar.cases.questionnaires import store
from safar.cases.questionnaires.states import FormState, evaluate
from safar.cases.rules.scoring import Scoring
from safar.kernel.actor import Actor, ActorKind, check_may
from safar.people.queries.clusters import members_of
from safar.trust.actions import audit
from safar.trust.enums import AuditVerb


def listed(*, by: Actor) -> list[Instrument]:
    """Return every instrument with its versions and how often each was filled."""
    check_may(by, MANAGE_INSTRUMENT)
    versions = InstrumentVersion.objects.annotate(filled=Count("assessments")).defer("xform", "outline", "scoring")
    return list(Instrument.objects.prefetch_related(Prefetch("versions", versions)).order_by("origin", "code"))


def offered(subject: str, *, by: Actor) -> list[InstrumentVersion]:
    """Return the versions in use that may be filled about this kind of subject by the actor."""
    check_may(by, FILL_ASSESSMENT)
    versions = InstrumentVersion.objects.filter(state=VersionState.PUBLISHED).select_related("instrument")
    found = versions.defer("xform", "outline").order_by("instrument__code")
    return [each for each in found if subject in each.instrument.subjects and may_fill(each.instrument, by)]


def may_fill(instrument: Instrument, by: Actor) -> bool:
    return by.may(FILL_ASSESSMENT) and (not instrument.is_sensitive or by.may(READ_SENSITIVE))


def in_use(code: str, *, by: Actor) -> InstrumentVersion:
    """Return the version of an instrument that is asked now."""
    found = InstrumentVersion.objects.select_related("instrument").get(
        instrument__code=code, state=VersionState.PUBLISHED
    )
    if not may_fill(found.instrument, by):
        raise PermissionDenied(code)
    return found


PUBLIC = frozenset({"readiness"})


def public_version(code: str) -> InstrumentVersion:
    """Return an instrument anybody may use without being asked who they are: nothing of it is kept."""
    if code not in PUBLIC:
        raise InstrumentVersion.DoesNotExist
    found = InstrumentVersion.objects.select_related("instrument")
    return found.get(instrument__code=code, state=VersionState.PUBLISHED)


def version(version_id: UUID, *, by: Actor) -> InstrumentVersion:
    """Return a version with everything, for those who look after instruments."""
    check_may(by, MANAGE_INSTRUMENT)
    return InstrumentVersion.objects.select_related("instrument", "made_by").get(pk=version_id)


def scoring_of(found: InstrumentVersion) -> Scoring | None:
    """Return what is said beside the form, None when nothing is."""
    return Scoring.model_validate(yaml.safe_load(found.scoring)) if found.scoring else None


def texts_of(found: InstrumentVersion) -> dict[str, str]:
    """Return the lists kept beside the form, as the engine asks for them."""
    kept = {name: store.content_of(sha256) for name, sha256 in found.files.items() if name.endswith(".csv")}
    return {name: content.decode("utf-8-sig", "replace") for name, content in kept.items() if content is not None}


def state_of(found: InstrumentVersion, *, language: str, answers: dict[str, str] | None = None) -> FormState:
    """Return the form of a version as it stands with these answers."""
    return evaluate(found.xform, language=language, answers=answers, files=texts_of(found))


def language_of(found: InstrumentVersion, wanted: str) -> str:
    """Return the language of the form that is meant by a name, or by a code in brackets behind one; else its first."""
    languages: list[str] = found.languages
    if wanted in languages:
        return wanted
    near = {"uz-cyrl": ("uz", "ru"), "uz": ("uz-cyrl", "ru"), "kaa": ("uz", "ru"), "tg": ("ru",), "ky": ("ru",)}
    for code in (wanted.lower(), *near.get(wanted.lower(), ())):
        for language in languages:
            if language.lower().endswith(f"({code})"):
                return language
    return languages[0] if languages else ""


def may_read(assessment: Assessment, by: Actor) -> bool:
    """Whether the actor may read the answers: of a sensitive instrument only who filled it, and who decides."""
    if not by.may(FILL_ASSESSMENT):
        return False
    if not assessment.version.instrument.is_sensitive or by.kind is ActorKind.MACHINE:
        return True
    own = assessment.filled_by_id is not None and assessment.filled_by_id == by.id
    return by.may(READ_SENSITIVE) and (own or by.may(DECIDE_ASSESSMENT))


def get(assessment_id: UUID, *, by: Actor) -> Assessment:
    """Return an assessment with its version and moves; of a person this leaves a read row in the trail."""
    check_may(by, FILL_ASSESSMENT)
    found = _full().prefetch_related("moves__staff").get(pk=assessment_id)
    if not may_read(found, by):
        raise PermissionDenied(READ_SENSITIVE.code)
    audit.record(
        by=by,
        action="cases.assessment.open",
        verb=AuditVerb.READ,
        person_key=found.person_id,
        subject_key=found.pk,
    )
    return found


def assessments_of(*, person_id: UUID | None = None, case_id: UUID | None = None, by: Actor) -> list[Assessment]:
    """Return what was filled about a person or in a case file, newest first, without what the actor may not read."""
    check_may(by, FILL_ASSESSMENT)
    about = Q(case_file=case_id) if case_id else Q(person__in=members_of(person_id)) if person_id else Q(pk=None)
    found = [each for each in _full().filter(about).exclude(state=AssessmentState.VOIDED) if may_read(each, by)]
    audit.record(
        by=by, action="cases.assessment.of_person", verb=AuditVerb.READ, person_key=person_id, subject_key=case_id
    )
    return found


def waiting(*, by: Actor) -> QuerySet[Assessment]:
    """Return sensitive assessments of the centre on which nobody has decided, the oldest first; no answers are read."""
    check_may(by, DECIDE_ASSESSMENT)
    found = Assessment.objects.filter(state=AssessmentState.AWAITING).select_related("version__instrument", "filled_by")
    found = found.defer("version__xform", "version__outline", "answers").order_by("completed_on", "id")
    return found.filter(centre=by.centre_id) if by.centre_id else found


def over_time(found: Collection[Assessment]) -> dict[str, list[Assessment]]:
    """Return assessments by the code of their instrument, oldest first."""
    groups: dict[str, list[Assessment]] = {}
    for each in sorted(found, key=lambda one: (one.completed_on, one.pk)):
        groups.setdefault(each.code, []).append(each)
    return groups


def _full() -> QuerySet[Assessment]:
    found = Assessment.objects.select_related("version__instrument", "filled_by", "centre")
    return found.order_by("-completed_on", "-id")
