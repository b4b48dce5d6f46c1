from django.db import models
from django.db.models import Q

from safar.awareness.models.session import Session
from safar.kernel.models import Record
from safar.people.models import Person
from safar.trust.models import Staff


class NamedAttendance(Record):
    """A registered person who came to a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="named")
    # Protected, so that a person cannot vanish from a past figure: erasure turns the row into a counted one first.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="a_person_attends_a_session_once")]

    def __str__(self) -> str:
        return str(self.person_id)


class CountedAttendance(Record):
    """How many people of one sex and age band came who are not on the named list; one row a cell."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="counted")
    sex = models.CharField(max_length=8)
    age_band = models.CharField(max_length=8)
    with_disability = models.BooleanField(default=False)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["sex", "age_band", "with_disability"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "sex", "age_band", "with_disability"], name="one_row_a_counted_cell"
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="counted_cell_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.sex} {self.age_band}: {self.count}"


class AttendanceCorrection(Record):
    """A change of attendance after approval: totals before and after, and why."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="corrections")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=200)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason")]

    def __str__(self) -> str:
        return self.reason
