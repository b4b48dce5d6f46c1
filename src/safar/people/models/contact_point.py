from django.db import models
from django.db.models import F, Q

from safar.kernel.models import Record
from safar.people.enums import AnsweredBy, ContactKind, Safety, Wording
from safar.people.models.person import Person
from safar.people.rules import SafeContact


class ContactPoint(Record):
    """One way to reach a person, and whether using it can harm them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = models.CharField(max_length=120)
    tail = models.CharField(max_length=9, blank=True, db_index=True)
    safety = models.CharField(max_length=10, choices=Safety.choices, default=Safety.SAFE)
    safe_times = models.CharField(max_length=80, blank=True)
    days = models.CharField(max_length=7, blank=True)
    from_hour = models.PositiveSmallIntegerField(null=True, blank=True)
    until_hour = models.PositiveSmallIntegerField(null=True, blank=True)
    answered_by = models.CharField(max_length=8, choices=AnsweredBy.choices, default=AnsweredBy.UNKNOWN)
    ask_for = models.CharField(max_length=80, blank=True)
    wording = models.CharField(max_length=10, choices=Wording.choices, default=Wording.NEUTRAL)
    code_word = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "value"], name="one_row_a_contact_point"),
            models.CheckConstraint(
                condition=Q(from_hour=None, until_hour=None) | Q(until_hour__gt=F("from_hour")),
                name="safe_hours_have_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(wording=Wording.CODE_WORD) | ~Q(code_word=""), name="code_word_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def agreed(self) -> SafeContact:
        """What was agreed with the person about using this contact point."""
        return SafeContact(
            days=tuple(int(day) for day in self.days),
            from_hour=self.from_hour,
            until_hour=self.until_hour,
            answered_by=self.answered_by,
            ask_for=self.ask_for,
            wording=self.wording,
            code_word=self.code_word,
        )
