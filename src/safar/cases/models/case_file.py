from django.db import models
from django.db.models import F, Q

from safar.cases.enums.cases import OPEN_CASES, CaseEventKind, CaseKind, CaseState, Delivery
from safar.cases.models.contact import Contact
from safar.kernel.models import Record
from safar.people.models import Person
from safar.trust.models import Centre, Staff


class CaseFile(Record):
    """The work of a centre with one person towards one aim: leaving safely, or settling again after return."""

    kind = models.CharField(max_length=16, choices=CaseKind.choices)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="case_files")
    # What figures are broken down by, kept only when the person's file was erased; the registry knows it of others.
    former_person_key = models.UUIDField(null=True, blank=True)
    sex = models.CharField(max_length=8, blank=True)
    age_band = models.CharField(max_length=8, blank=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=CaseState.choices, default=CaseState.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    destination = models.CharField(max_length=16, blank=True)
    country_of_return = models.CharField(max_length=2, blank=True)
    return_type = models.CharField(max_length=24, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    reason_return = models.CharField(max_length=24, blank=True)

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state__in=sorted(OPEN_CASES)),
                name="one_open_case_a_kind_and_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN_CASES), closed_on=None)
                | (~Q(state__in=sorted(OPEN_CASES)) & Q(closed_on__gte=F("opened_on"))),
                name="closed_case_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(former_person_key=None), name="case_has_a_person_or_had_one"
            ),
        ]
        indexes = [models.Index(fields=["centre", "state", "opened_on", "worker"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.opened_on}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_CASES


class CaseEvent(Record):
    """One step of a case; steps are added, never changed, and leave only together with the person's file."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=CaseEventKind.choices)
    occurred_on = models.DateField()
    state = models.CharField(max_length=16, choices=CaseState.choices, blank=True)
    service = models.CharField(max_length=32, blank=True)
    delivery = models.CharField(max_length=12, choices=Delivery.choices, blank=True)
    # The age of somebody whose file was erased, on the day of this step.
    age_band = models.CharField(max_length=8, blank=True)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-occurred_on", "-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_on}"
