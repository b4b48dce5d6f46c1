from django.db import models
from django.db.models import F, Q

from safar.cases.rules.agencies import Licence
from safar.kernel.models import Record
from safar.trust.models import Staff


class AgencyImport(Record):
    """A register of licensed agencies that was taken over once, the file kept as it came."""

    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=200)
    as_of = models.DateField()
    source = models.CharField(max_length=300)
    is_demo = models.BooleanField(default=False)
    imported_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    agencies_new = models.PositiveIntegerField(default=0)
    agencies_changed = models.PositiveIntegerField(default=0)
    agencies_same = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-as_of", "-recorded_at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class Agency(Record):
    """A recruitment agency as the register of licences names it, listed for the last time in the register of `as_of`."""

    name = models.CharField(max_length=200)
    tax_number = models.CharField(max_length=20, blank=True, db_index=True)
    region = models.CharField(max_length=16, blank=True)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=64, blank=True)
    website = models.CharField(max_length=200, blank=True)
    is_state = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    as_of = models.DateField()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class AgencyName(models.Model):
    """One of the names an agency is or was licensed under, with its sounds for finding it in any script."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=300, db_index=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="one_row_an_agency_and_name")]

    def __str__(self) -> str:
        return self.name


class AgencyLicence(Record):
    """A licence an agency was given, until when, and whether it was revoked; `other` keeps columns nobody asked for."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="licences")
    number = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300)
    as_of = models.DateField()
    other = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["valid_from", "number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["number", "valid_from"], name="one_row_a_licence_and_first_day"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="licence_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def as_told(self) -> Licence:
        """Return the licence with its suspensions, as the rules of standing read it."""
        spells = sorted((one.suspended_from, one.suspended_until) for one in self.suspensions.all())
        return Licence(self.number, self.valid_from, self.valid_until, self.revoked_on, tuple(spells))


class LicenceSuspension(models.Model):
    """A time in which a licence was suspended; without a last day until further notice."""

    licence = models.ForeignKey(AgencyLicence, on_delete=models.CASCADE, related_name="suspensions")
    suspended_from = models.DateField()
    suspended_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["suspended_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["licence", "suspended_from"], name="one_row_a_suspension"),
            models.CheckConstraint(
                condition=Q(suspended_until=None) | Q(suspended_until__gte=F("suspended_from")),
                name="suspension_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suspended_from}"


class AgencyChange(Record):
    """What the register said of an agency before a later one said something else."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="changes")
    register = models.ForeignKey(AgencyImport, on_delete=models.PROTECT, related_name="changes")
    licence = models.CharField(max_length=60, blank=True)
    field = models.CharField(max_length=24)
    old = models.CharField(max_length=300, blank=True)
    new = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.field}: {self.old} → {self.new}"
