from django.db import models

from safar.cases.models.contact import Contact
from safar.kernel.models import Record
from safar.trust.models import Centre, Staff


class RegisterImport(Record):
    """An Excel register that was taken over once, the file kept as it came."""

    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=200)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    imported_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)
    consent_on_paper = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    contacts = models.PositiveIntegerField(default=0)
    people_registered = models.PositiveIntegerField(default=0)
    people_matched = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class RegisterRow(Record):
    """The fingerprint of one row taken over, so that no later version of the register adds it again.

    It outlives the contact: a person whose file was erased must not come back with the next import.
    """

    register = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="taken_rows")
    sheet_row = models.PositiveIntegerField()
    sheet = models.PositiveSmallIntegerField(default=0)
    base = models.CharField(max_length=64, db_index=True)
    fingerprint = models.CharField(max_length=64, unique=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["register", "sheet", "sheet_row"]

    def __str__(self) -> str:
        return f"row {self.sheet_row}"
