from django.db import models
from django.db.models import F, Q

from safar.campaigns.enums import CampaignState
from safar.kernel.models import Record
from safar.trust.models import Centre


class Campaign(Record):
    """An effort with one objective and one behaviour it wants from one audience; its code is the call to action people quote."""

    code = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=120)
    objective = models.TextField()
    behaviour = models.TextField()
    audience = models.TextField()
    languages = models.JSONField(default=list)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    budget = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    funder = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=CampaignState.choices, default=CampaignState.PLANNED)
    lessons = models.TextField(blank=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_on", "code"]
        # A comparison with NULL is neither true nor false, and a check passes unless it is false: say "is not null" too.
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(budget=None, currency="") | (Q(budget__isnull=False, budget__gte=0) & ~Q(currency="")),
                name="campaign_budget_has_currency",
            ),
            models.CheckConstraint(condition=Q(state__in=CampaignState.values), name="campaign_state_known"),
        ]

    def __str__(self) -> str:
        return self.title
