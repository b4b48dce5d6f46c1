from uuid import UUID

from django.db import models
from django.db.models import Q

from safar.cases.enums.complaints import OPEN_COMPLAINTS, ComplaintState
from safar.cases.models.agency import Agency
from safar.cases.models.contact import Contact
from safar.cases.rules.complaints import Access
from safar.kernel.models import Record
from safar.people.models import Person
from safar.trust.models import Centre, Staff


class Complaint(Record):
    """What somebody complains about: an agency, an institution, or the centre itself; passed on only to who is not named.

    `institution` is a code of the country's list of institutions, `institution_name` what the client called it.
    """

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints")
    former_person_key = models.UUIDField(null=True, blank=True)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    kind = models.CharField(max_length=32)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints")
    institution = models.CharField(max_length=40, blank=True)
    institution_name = models.CharField(max_length=200, blank=True)
    about_centre = models.ForeignKey(Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField(null=True, blank=True)
    told = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=12, choices=ComplaintState.choices, default=ComplaintState.RECEIVED)
    recipient = models.CharField(max_length=40, blank=True)
    fields = models.JSONField(default=list, blank=True)
    # A key, no foreign key: decisions end by their own term, and that there was one is what counts here.
    consent_key = models.UUIDField(null=True, blank=True)
    passed_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcomes = models.JSONField(default=list, blank=True)
    amount_back = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["-received_on", "-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) | Q(former_person_key=None), name="complaint_has_a_person_or_had_one"
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(passed_on=None) | Q(consent_key__isnull=False),
                name="complaint_passed_on_names_its_consent",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN_COMPLAINTS), closed_on=None)
                | (~Q(state__in=sorted(OPEN_COMPLAINTS)) & Q(closed_on__isnull=False)),
                name="closed_complaint_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["centre", "state", "due_on"]), models.Index(fields=["received_on", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.received_on}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_COMPLAINTS

    @property
    def access(self) -> Access:
        """Return what decides who may open it."""
        named: frozenset[UUID] = frozenset(one.staff_id for one in self.named.all())
        return Access(named, self.about_centre_id, self.centre_id, self.taken_by_id)


class ComplaintNamed(models.Model):
    """A member of staff somebody complains about: they can never open it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="named")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["complaint", "staff"], name="one_row_a_complaint_and_staff")]

    def __str__(self) -> str:
        return f"{self.staff_id}"


class ComplaintMove(Record):
    """One step of a complaint: to which state, to whom, when, and in what words."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=12, choices=ComplaintState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=ComplaintState.choices)
    recipient = models.CharField(max_length=40, blank=True)
    moved_on = models.DateField()
    text = models.TextField(blank=True)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
