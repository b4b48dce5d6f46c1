from django.db import models
from django.db.models import Q

from safar.cases.enums.reintegration import AttemptResult, InContact, ReviewState
from safar.cases.models.case_file import CaseEvent, CaseFile
from safar.kernel.models import Record
from safar.trust.models import Staff


class PlanReview(Record):
    """A look back with the person 3, 6 or 12 months after their plan was agreed: due, held, or called off."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="reviews")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=ReviewState.choices, default=ReviewState.DUE)
    held_on = models.DateField(null=True, blank=True, db_index=True)
    held_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact = models.CharField(max_length=12, choices=InContact.choices, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    words = models.TextField(blank=True)
    currency = models.CharField(max_length=3, blank=True)
    work_before = models.CharField(max_length=24, blank=True)
    work_after = models.CharField(max_length=24, blank=True)
    income_before = models.CharField(max_length=8, blank=True)
    income_after = models.CharField(max_length=8, blank=True)
    changes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case_file", "months"], name="one_review_a_case_and_mark"),
            models.CheckConstraint(
                condition=(Q(state=ReviewState.HELD) & Q(held_on__isnull=False) & ~Q(contact=""))
                | (~Q(state=ReviewState.HELD) & Q(held_on=None)),
                name="held_review_has_its_day_and_finding",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(state=ReviewState.DUE), name="plan_review_due")]

    def __str__(self) -> str:
        return f"{self.months} {self.due_on}"

    @property
    def is_due(self) -> bool:
        return self.state == ReviewState.DUE


class ReviewService(models.Model):
    """Whether a person confirmed at a review that they received a service the file says was given."""

    review = models.ForeignKey(PlanReview, on_delete=models.CASCADE, related_name="services")
    event = models.ForeignKey(CaseEvent, on_delete=models.CASCADE, related_name="+")
    received = models.BooleanField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["review", "event"], name="one_answer_a_review_and_service")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.received}"


class ReviewRating(models.Model):
    """How content a person was with one line of service at a review, from 1 (not at all) to 5 (very)."""

    review = models.ForeignKey(PlanReview, on_delete=models.CASCADE, related_name="ratings")
    line = models.CharField(max_length=16)
    rating = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "line"], name="one_rating_a_review_and_line"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="rating_from_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.rating}"


class ContactAttempt(Record):
    """One try to reach somebody of a case: when, how, and whether it worked."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="attempts")
    made_on = models.DateField()
    mode = models.CharField(max_length=24)
    result = models.CharField(max_length=16, choices=AttemptResult.choices)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_on", "-id"]

    def __str__(self) -> str:
        return f"{self.made_on} {self.result}"

    @property
    def is_reached(self) -> bool:
        return self.result == AttemptResult.REACHED


class CaseClosure(Record):
    """Why the work with somebody ended, as a code, and how much was still open on that day."""

    case_file = models.OneToOneField(CaseFile, on_delete=models.CASCADE, related_name="closure")
    reason = models.CharField(max_length=24)
    closed_on = models.DateField()
    open_steps = models.PositiveSmallIntegerField(default=0)
    open_needs = models.PositiveSmallIntegerField(default=0)
    open_referrals = models.PositiveSmallIntegerField(default=0)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-closed_on", "-id"]

    def __str__(self) -> str:
        return f"{self.reason} {self.closed_on}"
