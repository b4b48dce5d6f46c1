from typing import Any

from django.db import models
from django.db.models import Q

from safar.kernel.models import Record
from safar.trust.models import Centre, Staff


class FrozenRunError(RuntimeError):
    """A frozen month was about to be changed."""


class MonthRun(Record):
    """A month report as it was when somebody answered for it; the same figures come out of it ever after.

    It has no centre when it is the month of the whole node. What changes later is a correction beside it, never in it.
    """

    month = models.CharField(max_length=7)
    centre = models.ForeignKey(Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    data_version = models.CharField(max_length=12)
    definitions_version = models.CharField(max_length=12)
    # Text, not JSON: a database may reorder the keys of JSON, and then the hash would no longer be that of the content.
    content = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-month", "-frozen_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["month", "centre"], name="a_month_is_frozen_once_a_centre"),
            models.UniqueConstraint(
                fields=["month"], condition=Q(centre=None), name="a_month_is_frozen_once_for_the_node"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.sha256[:12]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenRunError(str(self))
        super().save(*args, **kwargs)
