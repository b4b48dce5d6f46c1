"""The base every record shares."""

from django.db import models

from safar.kernel.clock import now
from safar.kernel.ids import new_id


class Record(models.Model):
    """A row with an identifier any device can make and the time the server first stored it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True
