from django.db import models

from safar.cases.enums.instruments import Origin, VersionState
from safar.kernel.models import Record
from safar.kernel.multilingual import MultilingualField
from safar.trust.models import Staff


class Instrument(Record):
    """A questionnaire a centre works with, known by a code that never changes.

    A sensitive one is read only by who filled it and by who decides on it; one that asks for a decision gives no verdict.
    """

    code = models.SlugField(max_length=48, unique=True)
    title = MultilingualField(default=dict)
    origin = models.CharField(max_length=16, choices=Origin.choices)
    subjects = models.JSONField(default=list)
    is_sensitive = models.BooleanField(default=False)
    asks_decision = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.title)


class InstrumentVersion(Record):
    """One wording of an instrument with its scoring; answers stay with the version they were given under.

    The workbook and its files are kept by their hash in the data folder; what runs is kept here.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=VersionState.choices, default=VersionState.DRAFT)
    form_version = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64)
    xform = models.TextField()
    outline = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    adjustments = models.JSONField(default=list)
    files = models.JSONField(default=dict)
    scoring = models.TextField(blank=True)
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="instrument_version_number"),
            models.UniqueConstraint(
                fields=["instrument"], condition=models.Q(state="published"), name="instrument_has_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.number}"
