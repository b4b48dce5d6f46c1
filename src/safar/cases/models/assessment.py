from django.db import models
from django.db.models import Q

from safar.cases.enums.instruments import AssessmentState, HowFilled
from safar.cases.models.case_file import CaseFile
from safar.cases.models.contact import Contact
from safar.cases.models.instrument import InstrumentVersion
from safar.kernel.models import Record
from safar.people.models import Person
from safar.trust.models import Centre, Staff


class Assessment(Record):
    """Answers to one version of an instrument, with the scores of that day; a newer version never changes them."""

    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="assessments")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments")
    former_person_key = models.UUIDField(null=True, blank=True)
    case_file = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=AssessmentState.choices, default=AssessmentState.DONE)
    how = models.CharField(max_length=16, choices=HowFilled.choices, default=HowFilled.SCREEN)
    language = models.CharField(max_length=40, blank=True)
    answers = models.JSONField(default=dict)
    scores = models.JSONField(default=dict)
    completed_on = models.DateField()
    filled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    # What a file that comes back names a submission by: the same file twice adds nothing.
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-completed_on", "-id"]
        indexes = [
            models.Index(fields=["version", "completed_on"]),
            models.Index(fields=["centre", "state", "completed_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) | Q(former_person_key=None), name="assessment_person_or_former"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.completed_on}"

    @property
    def code(self) -> str:
        """The code of the instrument; read it with the version and its instrument at hand."""
        return self.version.instrument.code


class AssessmentMove(Record):
    """What was decided on an assessment: from which state to which, when, by whom and why."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=16, choices=AssessmentState.choices)
    to_state = models.CharField(max_length=16, choices=AssessmentState.choices)
    moved_on = models.DateField()
    reason = models.CharField(max_length=400)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
