from django.db import models
from django.db.models import F, Q

from safar.cases.enums.departure import LEFT, Outcome, OutcomeStage, PaperKind
from safar.cases.models.case_file import CaseFile
from safar.cases.models.contact import Contact
from safar.kernel.models import Record
from safar.people.models import Person
from safar.trust.models import Centre, Staff


class DeparturePaper(Record):
    """One paper filled in with somebody before they leave, as it stood on a day; a change is a new paper beside the old one.

    `form` and `version` name the checklist it was ticked on.
    """

    kind = models.CharField(max_length=12, choices=PaperKind.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="departure_papers")
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="departure_papers"
    )
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    form = models.CharField(max_length=40, blank=True)
    version = models.CharField(max_length=16, blank=True)
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(contact__isnull=False), name="departure_paper_is_of_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "kind"]),
            models.Index(fields=["contact", "kind"]),
            models.Index(fields=["made_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_on}"


class DepartureOutcome(Record):
    """What was found to have become of one planned departure on one day; rows are added, never changed.

    A departure is a case file before departure or, without one, the contact it was talked about in; these know whose it is,
    also as a tally after the person's file was erased.
    """

    case_file = models.ForeignKey(
        CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="departure_outcomes"
    )
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="departure_outcomes"
    )
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    stage = models.CharField(max_length=8, choices=OutcomeStage.choices)
    scheme = models.CharField(max_length=40, blank=True)
    destination = models.CharField(max_length=16, blank=True)
    found_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    ask_again_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-found_on", "-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(case_file__isnull=False, contact=None) | Q(case_file=None, contact__isnull=False),
                name="outcome_is_of_one_departure",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REGULAR) | ~Q(scheme=""), name="regular_departure_names_its_scheme"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(outcome__in=sorted(LEFT), left_on__lte=F("found_on")),
                name="only_who_left_has_a_day_of_leaving",
            ),
            models.CheckConstraint(
                condition=Q(ask_again_on=None) | Q(ask_again_on__gt=F("found_on")), name="asking_again_comes_later"
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "found_on"]),
            models.Index(fields=["ask_again_on"], condition=Q(ask_again_on__isnull=False), name="outcome_ask_again"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.found_on}"
