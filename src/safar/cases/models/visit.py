from django.db import models
from django.db.models import Q

from safar.cases.enums.day import CalledOffBy, CallOffReason, TicketState, VisitOrigin, VisitState
from safar.kernel.models import Record
from safar.people.models import Person
from safar.trust.models import Centre, Staff


class Appointment(Record):
    """A seat kept for somebody at a time: of a person with a file, or of somebody who left as much as they wished.

    That a seat is given once is a rule of the table, so that no two desks and no two browsers can both have it.
    """

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    former_person_key = models.UUIDField(null=True, blank=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    seat = models.PositiveSmallIntegerField(default=1)
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=VisitState.choices, default=VisitState.BOOKED)
    origin = models.CharField(max_length=12, choices=VisitOrigin.choices)
    topic = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=80, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=16, blank=True)
    booked_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField(null=True, blank=True)
    served_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.CharField(max_length=8, choices=CalledOffBy.choices, blank=True)
    reason = models.CharField(max_length=12, choices=CallOffReason.choices, blank=True)
    # The night found it as it was booked: somebody has to say what became of it.
    asked_about_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "starts_at", "seat"],
                condition=Q(state__in=["booked", "arrived", "serving", "done"]),
                name="one_visit_a_seat",
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="visit_codes_are_unique"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~(Q(called_off_by="") | Q(reason="")),
                name="visit_called_off_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "starts_at"]),
            models.Index(fields=["person", "starts_at"]),
            models.Index(fields=["staff", "starts_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.state}"


class Ticket(Record):
    """A number given to somebody who came without an appointment; numbers begin anew each day at each place."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    former_person_key = models.UUIDField(null=True, blank=True)
    need = models.CharField(max_length=24, default="ordinary")
    language = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=12, choices=TicketState.choices, default=TicketState.WAITING)
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    came_at = models.DateTimeField()
    served_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    asked_about_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["day", "number"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "day", "number"], name="one_ticket_a_number_and_day"),
        ]
        indexes = [models.Index(fields=["person", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.number}"
