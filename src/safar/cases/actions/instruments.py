"""Adds, publishes and retires instruments. What was answered under a version is never touched by what comes after it."""

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import asdict
from uuid import UUID

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pydantic import ValidationError as NotThatShapeError

from safar.cases.enums.instruments import VERSION_MOVES, Origin, VersionState
from safar.cases.models import Instrument, InstrumentVersion
from safar.cases.permissions import MANAGE_INSTRUMENT
from safar.cases.questionnaires import converting, store
from safar.cases.questionnaires.library import build
from safar.cases.rules.instruments import InstrumentUpload
from safar.cases.rules.moves import may_move
from safar.cases.rules.scoring import Scoring
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.trust.actions import audit

MEDIA = (".csv", ".png", ".jpg", ".jpeg", ".webp")
MOST_MEDIA_BYTES = 300_000


def install_shipped(*, codes: Collection[str] = (), by: Actor) -> int:
    """Add what comes with Safar and is not here yet, or newer than what is; return how many versions were added."""
    check_may(by, MANAGE_INSTRUMENT)
    return sum(1 for code in codes or build.codes() if _install(code, by))


def _install(code: str, by: Actor) -> InstrumentVersion | None:
    content = (build.FOLDER / f"{code}.xlsx").read_bytes()
    scoring = (build.FOLDER / f"{code}.scoring.yaml").read_text(encoding="utf-8")
    sha256 = store.keep(content)
    if InstrumentVersion.objects.filter(instrument__code=code, sha256=sha256, scoring=scoring).exists():
        return None
    upload = InstrumentUpload(content=content, file_name=f"{code}.xlsx", code=code, scoring=scoring)
    added = add(upload=upload, origin=Origin.SHIPPED, by=by)
    return publish(version_id=added.pk, by=by)


@transaction.atomic
def add(*, upload: InstrumentUpload, origin: Origin = Origin.CENTRE, by: Actor) -> InstrumentVersion:
    """Keep a workbook as a draft of a new instrument, or of a new version of one of the same code.

    Raises UnreadableError with every problem of the workbook by sheet and row.
    """
    check_may(by, MANAGE_INSTRUMENT)
    scoring = _scoring(upload.scoring)
    _check_files(upload.files)
    texts = {
        name: content.decode("utf-8-sig", "replace") for name, content in upload.files.items() if name.endswith(".csv")
    }
    form = converting.converted(upload.content, name=upload.file_name.rpartition(".")[0] or "form", files=texts)
    if scoring and (unknown := sorted(scoring.names() - {element["name"] for element in form.outline})):
        raise ValidationError(
            {"scoring": _("The scoring names %(name)s, which is not in the form.") % {"name": unknown[0]}}
        )
    code = upload.code or slugify(form.form_id).replace("-", "_")[:48] or "form"
    instrument = _instrument(code, form.title, upload, scoring, origin)
    number = 1 + max(instrument.versions.values_list("number", flat=True), default=0)
    added = InstrumentVersion.objects.create(
        instrument=instrument,
        number=number,
        form_version=form.form_version[:80],
        sha256=store.keep(upload.content),
        xform=form.xform,
        outline=form.outline,
        languages=list(form.languages),
        adjustments=[asdict(each) for each in form.adjustments],
        files={name: store.keep(content) for name, content in upload.files.items()},
        scoring=upload.scoring,
        made_by_id=by.staff_id,
    )
    audit.record(by=by, action="cases.instrument.add", subject_key=added.pk, fields=[code, str(number)])
    return added


@transaction.atomic
def publish(*, version_id: UUID, by: Actor) -> InstrumentVersion:
    """Take a version into use; the one before it is replaced."""
    check_may(by, MANAGE_INSTRUMENT)
    version = InstrumentVersion.objects.select_related("instrument").select_for_update(of=("self",)).get(pk=version_id)
    InstrumentVersion.objects.filter(instrument=version.instrument, state=VersionState.PUBLISHED).exclude(
        pk=version.pk
    ).update(state=VersionState.REPLACED)
    version.published_on = today()
    _move(version, VersionState.PUBLISHED)
    audit.record(by=by, action="cases.instrument.publish", subject_key=version.pk, fields=[version.instrument.code])
    return version


@transaction.atomic
def retire(*, version_id: UUID, by: Actor) -> InstrumentVersion:
    """Take a version out of use; what was answered stays readable."""
    check_may(by, MANAGE_INSTRUMENT)
    version = InstrumentVersion.objects.select_related("instrument").select_for_update(of=("self",)).get(pk=version_id)
    _move(version, VersionState.RETIRED)
    audit.record(by=by, action="cases.instrument.retire", subject_key=version.pk, fields=[version.instrument.code])
    return version


@transaction.atomic
def load_weights(*, version_id: UUID, content: bytes, source: str, by: Actor) -> InstrumentVersion:
    """Make a draft of the same questions with weights of a file (columns item, weight); they stay unverified."""
    check_may(by, MANAGE_INSTRUMENT)
    before = InstrumentVersion.objects.select_related("instrument").get(pk=version_id)
    scoring = _scoring(before.scoring)
    if scoring is None:
        raise ValidationError({"weights": _("This instrument has no scores to weigh.")})
    if not source.strip():
        raise ValidationError({"source": _("Say where the weights come from.")})
    weighted = scoring.weighted(_weights(content, scoring), source=source.strip())
    number = 1 + max(before.instrument.versions.values_list("number", flat=True))
    text = yaml.safe_dump(weighted.model_dump(), allow_unicode=True, sort_keys=False)
    kept = {name: getattr(before, name) for name in ("form_version", "sha256", "xform", "outline", "languages")}
    kept |= {"adjustments": before.adjustments, "files": before.files}
    made_by = by.staff_id
    added = InstrumentVersion.objects.create(
        instrument=before.instrument, number=number, scoring=text, made_by_id=made_by, **kept
    )
    audit.record(by=by, action="cases.instrument.load_weights", subject_key=added.pk, fields=[before.instrument.code])
    return added


def _weights(content: bytes, scoring: Scoring) -> dict[str, float]:
    known = scoring.names() | {score.code for score in scoring.scores}
    found: dict[str, float] = {}
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig", "replace")))
    for number, row in enumerate(rows, start=2):
        name = (row.get("item") or "").strip()
        try:
            weight = float((row.get("weight") or "").replace(",", "."))
        except ValueError:
            weight = 0.0
        if name not in known or not 0 < weight < 1000:  # noqa: PLR2004  (no table of weights comes near it)
            raise ValidationError(
                {"weights": _("Row %(row)s names no item of this instrument, or no weight above 0.") % {"row": number}}
            )
        found[name] = weight
    if not found:
        raise ValidationError({"weights": _("The file has no rows with the columns item and weight.")})
    return found


def _move(version: InstrumentVersion, to: VersionState) -> None:
    if not may_move(VERSION_MOVES, version.state, to):
        raise ValidationError(_("A version cannot go this way."))
    version.state = to
    version.save(update_fields=["state", "published_on"])


def _instrument(code: str, title: str, upload: InstrumentUpload, scoring: Scoring | None, origin: Origin) -> Instrument:
    told = {
        "title": titles(scoring.title) if scoring and scoring.title else {"en": title},
        "subjects": list(scoring.subjects if scoring else upload.subjects),
        "is_sensitive": upload.is_sensitive or bool(scoring and scoring.sensitive),
        "asks_decision": bool(scoring and scoring.decision == "supervisor"),
    }
    instrument, is_new = Instrument.objects.get_or_create(code=code, defaults={"origin": origin, **told})
    if is_new:
        return instrument
    # Never less private than before: what was answered in confidence stays so whatever a new file says.
    told["is_sensitive"] = instrument.is_sensitive or told["is_sensitive"]
    told["asks_decision"] = instrument.asks_decision or told["asks_decision"]
    for name, value in told.items():
        setattr(instrument, name, value)
    instrument.save(update_fields=list(told))
    return instrument


def titles(written: Mapping[str, str]) -> dict[str, str]:
    """Return a text in its languages, with Uzbek in Cyrillic derived where only the Latin one is written."""
    derived = {"uz-cyrl": build.cyrillic(written["uz"])} if "uz" in written else {}
    return derived | dict(written)


def _scoring(text: str) -> Scoring | None:
    if not text.strip():
        return None
    try:
        return Scoring.model_validate(yaml.safe_load(text))
    except NotThatShapeError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValidationError({"scoring": f"{place}: {first['msg']}"}) from error
    except yaml.YAMLError as error:
        raise ValidationError(
            {"scoring": _("The scoring cannot be read: %(why)s") % {"why": str(error)[:300]}}
        ) from error


def _check_files(files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        if not name.lower().endswith(MEDIA) or "/" in name or "\\" in name:
            raise ValidationError(
                {"files": _("%(name)s is no list (.csv) and no picture (.png, .jpg, .webp).") % {"name": name}}
            )
        if len(content) > MOST_MEDIA_BYTES:
            raise ValidationError({"files": _("%(name)s is larger than 300 KB.") % {"name": name}})
