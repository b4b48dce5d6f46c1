"""How private the fields of campaigns are. Nothing here is about a client: posts are public, figures are of accounts nobody can name."""

from safar.kernel.privacy import Privacy

_STAFF = ("ImportedFile.uploaded_by", "ImportedFile.imported_by", "MetricSnapshot.recorded_by")
_PUBLIC = (
    "Campaign.code", "Campaign.title", "Channel.platform", "Channel.name", "Channel.handle", "Channel.url",
    "Post.channel", "Post.permalink", "Post.published_at", "Post.type", "Post.caption", "Post.language",
)  # fmt: skip
_INTERNAL = (
    "Campaign.id", "Campaign.recorded_at", "Campaign.objective", "Campaign.behaviour", "Campaign.audience",
    "Campaign.languages", "Campaign.starts_on", "Campaign.ends_on", "Campaign.budget", "Campaign.currency",
    "Campaign.funder", "Campaign.state", "Campaign.lessons", "Campaign.centre",
    "Channel.id", "Channel.recorded_at", "Channel.account_id", "Channel.centre",
    "Post.id", "Post.recorded_at", "Post.campaign", "Post.platform_post_id", "Post.promotion",
    "MetricSnapshot.id", "MetricSnapshot.recorded_at", "MetricSnapshot.post", "MetricSnapshot.channel",
    "MetricSnapshot.native_name", "MetricSnapshot.measure", "MetricSnapshot.value", "MetricSnapshot.rounded",
    "MetricSnapshot.currency", "MetricSnapshot.window_start", "MetricSnapshot.window_end",
    "MetricSnapshot.definition_version", "MetricSnapshot.captured_at", "MetricSnapshot.imported_from",
    "ImportedFile.id", "ImportedFile.recorded_at", "ImportedFile.platform", "ImportedFile.kind", "ImportedFile.sha256",
    "ImportedFile.original_name", "ImportedFile.size", "ImportedFile.stored", "ImportedFile.row_count",
    "ImportedFile.captured_at", "ImportedFile.imported_at", "ImportedFile.rows_new", "ImportedFile.rows_changed",
    "ImportedFile.rows_unchanged", "ImportedFile.rows_refused",
)  # fmt: skip
FIELDS: dict[str, Privacy] = {
    **dict.fromkeys(_PUBLIC, Privacy.PUBLIC),
    **dict.fromkeys(_INTERNAL, Privacy.INTERNAL),
    **dict.fromkeys(_STAFF, Privacy.PERSONAL),
}
