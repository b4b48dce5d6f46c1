from django.db import models

from safar.kernel.models import Record
from safar.messaging.enums import DayPart, EnquiryKind, EnquiryState, ReplyBy
from safar.messaging.rules import grouped
from safar.trust.models import Centre, Staff


class Enquiry(Record):
    """A question or a wish to come, sent from the public pages, with or without a name; the code is all the sender needs."""

    kind = models.CharField(max_length=10, choices=EnquiryKind.choices)
    code = models.CharField(max_length=16, unique=True)
    text = models.TextField()
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=80, blank=True)
    reply_by = models.CharField(max_length=10, choices=ReplyBy.choices, default=ReplyBy.CODE)
    contact = models.CharField(max_length=120, blank=True)
    centre = models.ForeignKey(Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    wished_on = models.DateField(null=True, blank=True)
    wished_part = models.CharField(max_length=10, choices=DayPart.choices, blank=True)
    state = models.CharField(max_length=10, choices=EnquiryState.choices, default=EnquiryState.NEW, db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        verbose_name_plural = "enquiries"

    def __str__(self) -> str:
        return self.kind

    @property
    def shown_code(self) -> str:
        return grouped(self.code)


class Answer(Record):
    """What a member of staff answered to an enquiry."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField()
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.recorded_at:%Y-%m-%d}"
