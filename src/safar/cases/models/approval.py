from django.db import models
from django.db.models import F, Q

from safar.cases.enums.approvals import STANDING_APPROVALS, Act, ApprovalState
from safar.kernel.models import Record
from safar.people.models import Person
from safar.trust.models import Centre, Staff


class Approval(Record):
    """A request that a second person agrees to an act before it is done, and what came of it.

    `rules` are the codes of the rules that asked for it; `cost` is what the plan came to, because a dearer one asks anew.
    """

    act = models.CharField(max_length=24, choices=Act.choices)
    # A key and no foreign key: what an act is about differs, and other areas ask for approval of things of their own.
    subject_key = models.UUIDField(db_index=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    rules = models.JSONField(default=list)
    cost = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=ApprovalState.choices, default=ApprovalState.ASKED)
    reason = models.CharField(max_length=400, blank=True)
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=400, blank=True)
    used_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="approval_takes_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "used"]) | Q(decided_by__isnull=False),
                name="approved_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["act", "subject_key"],
                condition=Q(state__in=sorted(STANDING_APPROVALS)),
                name="one_standing_approval_an_act_and_subject",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "recorded_at"]),
            models.Index(fields=["asked_by", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.state}"
