from django.db import models
from django.db.models import F, Q

from safar.awareness.enums import TestPhase
from safar.awareness.models.session import Session
from safar.kernel.models import Record


class KnowledgeTest(Record):
    """The answers of a group to a short anonymous test before or after a session: how many answered, how many had each item right."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="tests")
    phase = models.CharField(max_length=4, choices=TestPhase.choices)
    answered = models.PositiveIntegerField()
    # Whether the same people can be told before and after (session code on the sheet): a paired gain needs it.
    matched = models.BooleanField(default=False)

    class Meta:
        ordering = ["session", "-phase"]
        constraints = [
            models.UniqueConstraint(fields=["session", "phase"], name="one_test_a_phase"),
            models.CheckConstraint(condition=Q(answered__gt=0), name="somebody_answered"),
        ]

    def __str__(self) -> str:
        return self.phase


class KnowledgeTestItem(Record):
    """How many of those who answered had one item of the test right."""

    test = models.ForeignKey(KnowledgeTest, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    answered = models.PositiveIntegerField()
    correct = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["test", "number"], name="one_row_a_test_item"),
            models.CheckConstraint(condition=Q(correct__lte=F("answered")), name="not_more_right_than_answered"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.correct}/{self.answered}"


class LoggedQuestion(Record):
    """A question somebody asked at a session, without who asked it: what people want to know is evidence."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(max_length=400)
    topic = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.text
