from django.db import models

from safar.kernel.models import Record
from safar.trust.models.staff import Staff


class ProcessingAnswers(Record):
    """What only this node can answer in the sheet an authority asks for: who holds the data, where, and who else gets them."""

    holder_name = models.CharField(max_length=200, blank=True)
    holder_tax_number = models.CharField(max_length=20, blank=True)
    holder_address = models.CharField(max_length=200, blank=True)
    responsible_name = models.CharField(max_length=120, blank=True)
    responsible_post = models.CharField(max_length=120, blank=True)
    responsible_contact = models.CharField(max_length=120, blank=True)
    registration_number = models.CharField(max_length=60, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    storage_place = models.CharField(max_length=200, blank=True)
    security_note = models.TextField(blank=True)
    recipients_note = models.TextField(blank=True)
    crosses_border = models.BooleanField(default=False)
    cross_border_note = models.TextField(blank=True)
    changed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at", "-id"]
        verbose_name_plural = "processing answers"

    def __str__(self) -> str:
        return self.holder_name
