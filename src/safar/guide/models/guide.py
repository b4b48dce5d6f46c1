from django.db import models

from safar.kernel.models import Record
from safar.kernel.multilingual import MultilingualField


class Guide(Record):
    """What a centre tells people about one destination; its sections are made of the facts filed under that destination."""

    destination = models.CharField(max_length=2, unique=True)
    title = MultilingualField()
    lead = MultilingualField()
    position = models.PositiveSmallIntegerField(default=0)
    is_published = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "destination"]

    def __str__(self) -> str:
        return self.destination
