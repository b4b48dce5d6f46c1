"""What an export would change, worked out against what is known; the dry run and the import use the same plan."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from safar.campaigns.importers import files
from safar.campaigns.importers.posts import Figure, ParsedFile, ParsedPost, RefusedRow
from safar.campaigns.importers.problems import RowProblem, Warning_
from safar.campaigns.models import ImportedFile, MetricSnapshot, Post
from safar.campaigns.queries.account_match import Accounts, ChannelPlan
from safar.campaigns.queries.snapshots import latest

T = TypeVar("T")
Outcome = Literal["new", "changed", "unchanged"]
# Databases limit how many values one query may name.
_CHUNK = 500
_CENT = Decimal("0.01")
_A_DAY = dt.timedelta(days=1)

_Key = tuple[UUID | None, str, dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What would become of one row: the post it is about, and the figures that are not yet known."""

    outcome: Outcome
    parsed: ParsedPost
    published_at: dt.datetime
    channel: ChannelPlan
    post: Post | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The dry run of a file. Every row read is new, changed, unchanged or refused, and nothing else."""

    file: ImportedFile
    header: tuple[str, ...]
    definition_version: str
    plans: tuple[RowPlan, ...]
    refused: tuple[RefusedRow, ...]
    not_kept: tuple[str, ...]
    warnings: tuple[Warning_, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(plan.outcome == outcome for plan in self.plans)

    @property
    def rows_read(self) -> int:
        return len(self.plans) + len(self.refused)

    @property
    def figure_count(self) -> int:
        return sum(len(plan.figures) for plan in self.plans)

    @property
    def changes_something(self) -> bool:
        return self.figure_count > 0 or self.count("new") > 0

    @property
    def channels(self) -> tuple[ChannelPlan, ...]:
        """Return each channel once, as the last row that adds to it leaves it."""
        return tuple({plan.channel.key: plan.channel for plan in self.plans}.values())


def file_list() -> QuerySet[ImportedFile]:
    """Return the files received, newest first."""
    return ImportedFile.objects.select_related("uploaded_by", "imported_by")


def get(file_id: UUID) -> ImportedFile:
    return ImportedFile.objects.select_related("uploaded_by", "imported_by").get(pk=file_id)


def by_hash(sha256: str) -> ImportedFile | None:
    return ImportedFile.objects.filter(sha256=sha256).first()


def preview_of(file: ImportedFile) -> ImportPreview:
    """Read the kept file again and compare it with what is known now."""
    with file.stored.open("rb") as stored:
        parsed = files.read(stored.read())
    plans, refused = _plans(parsed, file)
    return ImportPreview(
        file=file,
        header=parsed.header,
        definition_version=parsed.columns.definition_version,
        plans=tuple(plans),
        refused=tuple(sorted([*parsed.refused, *refused], key=lambda bad: bad.row)),
        not_kept=parsed.not_kept,
        warnings=parsed.warnings,
    )


def _plans(parsed: ParsedFile, file: ImportedFile) -> tuple[list[RowPlan], list[RefusedRow]]:
    accounts = Accounts(parsed.columns.platform)
    known = _posts_by_permalink([post.permalink for post in parsed.posts])
    values = _latest_values(known.values(), file.captured_at)
    plans: list[RowPlan] = []
    refused: list[RefusedRow] = []
    for row in parsed.posts:
        planned = _plan(row, accounts, known.get(row.permalink), values, file.captured_at)
        if isinstance(planned, RowPlan):
            plans.append(planned)
        else:
            refused.append(RefusedRow(row.row, parsed.cells[row.row], (planned,)))
    return plans, refused


def _plan(
    row: ParsedPost,
    accounts: Accounts,
    post: Post | None,
    values: dict[_Key, tuple[dt.datetime, Decimal]],
    captured_at: dt.datetime,
) -> RowPlan | RowProblem:
    channel = accounts.match(row.account)
    if channel is None:
        return RowProblem("account_unknown", value=row.account.name)
    if post is not None and post.channel_id != channel.channel_id:
        return RowProblem("account_differs", value=row.permalink)
    published_at = timezone.make_aware(row.published_at)
    if published_at > captured_at + _A_DAY:
        return RowProblem("in_the_future", value=f"{row.published_at:%Y-%m-%d %H:%M}")
    if post is None:
        return RowPlan("new", row, published_at, channel, None, row.figures)
    figures: list[Figure] = []
    for figure in row.figures:
        at, value = values.get((post.pk, figure.native_name, row.window.start, row.window.end), (None, None))
        if value == stored_value(figure):
            continue
        if at == captured_at:
            return RowProblem("captured_differently", figure.native_name, f"{value}")
        figures.append(figure)
    return RowPlan("changed" if figures else "unchanged", row, published_at, channel, post, tuple(figures))


def stored_value(figure: Figure) -> Decimal:
    """Return the value as the database keeps it, so that comparing does not find a change where there is none."""
    return figure.number.value.quantize(_CENT)


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))


def _posts_by_permalink(permalinks: Sequence[str]) -> dict[str, Post]:
    return {post.permalink: post for chunk in _chunks(permalinks) for post in Post.objects.filter(permalink__in=chunk)}


def _latest_values(posts: Iterable[Post], captured_at: dt.datetime) -> dict[_Key, tuple[dt.datetime, Decimal]]:
    """Return what was last known at the time of the export, so that an old export imported late does not undo a newer one."""
    found: dict[_Key, tuple[dt.datetime, Decimal]] = {}
    for chunk in _chunks([post.pk for post in posts]):
        for snapshot in latest(MetricSnapshot.objects.filter(post__in=chunk), captured_until=captured_at):
            key = (snapshot.post_id, snapshot.native_name, snapshot.window_start, snapshot.window_end)
            found[key] = (snapshot.captured_at, snapshot.value)
    return found
