from django.db import models

from safar.campaigns.enums import FileKind, Platform
from safar.kernel.models import Record
from safar.trust.models import Staff


def stored_name(file: "ImportedFile", name: str) -> str:
    """Keep a file under its hash: the name people gave it may hold anything and may come again."""
    return f"campaigns/imports/{file.sha256}"


class ImportedFile(Record):
    """An export as it was received, kept unchanged; until `imported_at` is set it waits for somebody to confirm it."""

    platform = models.CharField(max_length=16, choices=Platform.choices)
    kind = models.CharField(max_length=32, choices=FileKind.choices)
    sha256 = models.CharField(max_length=64, unique=True)
    original_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    stored = models.FileField(upload_to=stored_name, max_length=120)
    row_count = models.PositiveIntegerField()
    captured_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(null=True)
    imported_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    rows_new = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    rows_unchanged = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-recorded_at", "id"]

    def __str__(self) -> str:
        return self.original_name
