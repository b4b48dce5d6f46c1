"""An export comes in two steps: it is kept and compared first, and written only when somebody has seen what it would do."""

import datetime as dt
import hashlib
from pathlib import PurePath
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.campaigns.importers import files
from safar.campaigns.importers.problems import FileProblem
from safar.campaigns.models import Channel, ImportedFile, MetricSnapshot, Post
from safar.campaigns.permissions import MANAGE_CAMPAIGN
from safar.campaigns.queries import imports as reads
from safar.campaigns.queries.account_match import ChannelPlan
from safar.campaigns.queries.import_messages import file_message
from safar.campaigns.queries.imports import ImportPreview, RowPlan, stored_value
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now, today
from safar.trust.actions import audit
from safar.trust.models import Centre

_LONGEST_NAME = 200
_BATCH = 1000


@transaction.atomic
def preview(*, content: bytes, original_name: str, captured_on: dt.date | None = None, by: Actor) -> ImportPreview:
    """Keep the file under its hash and say what importing it would do; nothing else is written.

    The same content again is the same file. `captured_on` is the day the export was made, today when not given.
    """
    check_may(by, MANAGE_CAMPAIGN)
    captured_at = _moment(captured_on)
    try:
        parsed = files.read(content)
    except FileProblem as problem:
        raise ValidationError({"file": file_message(problem)}) from problem
    sha256 = hashlib.sha256(content).hexdigest()
    file = reads.by_hash(sha256)
    if file is None:
        file = ImportedFile(
            sha256=sha256, platform=parsed.columns.platform, kind=parsed.columns.kind, size=len(content)
        )
        file.row_count, file.captured_at, file.uploaded_by_id = parsed.rows_read, captured_at, by.id
        file.original_name = PurePath(original_name.replace("\\", "/")).name[-_LONGEST_NAME:]
        if file.stored.storage.exists(name := file.stored.field.generate_filename(file, "")):
            file.stored.name = name  # kept by an upload whose transaction failed; the content is the same by its hash
        else:
            file.stored.save("", ContentFile(content), save=False)
        file.save(force_insert=True)
        audit.record(by=by, action="campaigns.import.preview", subject_key=file.pk, fields=["stored"])
    elif file.imported_at is None:
        file.captured_at = captured_at
        file.save(update_fields=["captured_at"])
    return reads.preview_of(file)


@transaction.atomic
def commit(*, file_id: UUID, centre: Centre | None = None, by: Actor) -> ImportedFile:
    """Write what the dry run announced; a file that was imported before is returned as it is.

    `centre` owns channels the file names for the first time.
    """
    check_may(by, MANAGE_CAMPAIGN)
    file = ImportedFile.objects.select_for_update().get(pk=file_id)
    if file.imported_at is not None:
        return file
    planned = reads.preview_of(file)
    channels = {plan.key: _channel(plan, file.platform, centre) for plan in planned.channels}
    posts = _posts(planned, channels)
    MetricSnapshot.objects.bulk_create(
        (snapshot for plan in planned.plans for snapshot in _snapshots(plan, posts[plan.parsed.permalink], planned)),
        batch_size=_BATCH,
    )
    file.imported_at, file.imported_by_id = now(), by.id
    file.rows_new, file.rows_changed = planned.count("new"), planned.count("changed")
    file.rows_unchanged, file.rows_refused = planned.count("unchanged"), len(planned.refused)
    file.save()
    told = [f"{file.rows_new} new", f"{file.rows_changed} changed", f"{file.rows_refused} refused"]
    audit.record(by=by, action="campaigns.import.commit", subject_key=file.pk, fields=told)
    return file


def _moment(day: dt.date | None) -> dt.datetime:
    """Return when the figures were captured: now, or noon of an earlier day, since nobody remembers the hour."""
    if day is None or day == today():
        return now()
    if day > today():
        raise ValidationError({"captured_on": _("An export cannot have been made in the future.")})
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def _channel(plan: ChannelPlan, platform: str, centre: Centre | None) -> Channel:
    """Return the known channel, completed with an id it lacked, or make it."""
    account = plan.account
    if plan.channel is not None:
        if account.id and not plan.channel.account_id:
            plan.channel.account_id = account.id
            plan.channel.save(update_fields=["account_id"])
        return plan.channel
    if centre is None:
        raise ValidationError({"centre": _("Say which centre owns the new channel “%(name)s”.") % {"name": plan.name}})
    return Channel.objects.create(
        platform=platform, name=plan.name, handle=account.handle, account_id=account.id, centre=centre
    )


def _posts(planned: ImportPreview, channels: dict[str, Channel]) -> dict[str, Post]:
    """Return every post of the file by its address, new ones made; one post may stand in several rows, one a day."""
    posts = {plan.parsed.permalink: plan.post for plan in planned.plans if plan.post}
    made: dict[str, Post] = {}
    for plan in planned.plans:
        if plan.post is None and plan.parsed.permalink not in made:
            made[plan.parsed.permalink] = Post(
                channel=channels[plan.channel.key],
                platform_post_id=plan.parsed.post_id,
                permalink=plan.parsed.permalink,
                published_at=plan.published_at,
                type=plan.parsed.post_type,
                caption=plan.parsed.caption,
            )
    Post.objects.bulk_create(made.values(), batch_size=_BATCH)
    return posts | made


def _snapshots(plan: RowPlan, post: Post, planned: ImportPreview) -> list[MetricSnapshot]:
    return [
        MetricSnapshot(
            post=post,
            native_name=figure.native_name,
            measure=figure.measure,
            value=stored_value(figure),
            rounded=figure.number.rounded,
            window_start=plan.parsed.window.start,
            window_end=plan.parsed.window.end,
            definition_version=planned.definition_version,
            captured_at=planned.file.captured_at,
            imported_from=planned.file,
        )
        for figure in plan.figures
    ]
