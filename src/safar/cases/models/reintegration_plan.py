from django.db import models
from django.db.models import F, Q

from safar.cases.enums.reintegration import OPEN_STEPS, Dimension, Doer, Feasibility, PlanState, StepState
from safar.cases.models.case_file import CaseFile
from safar.kernel.ids import new_id
from safar.kernel.models import Record
from safar.people.enums import ConsentMethod, SpokenBy
from safar.trust.models import Staff


class ReintegrationPlan(Record):
    """What a person and the centre agreed to do after the return, in one version; a change is a new version."""

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.DRAFT)
    made_on = models.DateField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField(null=True, blank=True, db_index=True)
    language = models.CharField(max_length=12, blank=True)
    way = models.CharField(max_length=20, choices=ConsentMethod.choices, blank=True)
    spoken_by = models.CharField(max_length=16, choices=SpokenBy.choices, blank=True)
    heard_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["case_file", "version"], name="one_plan_a_case_and_version"),
            models.UniqueConstraint(
                fields=["case_file"], condition=Q(state=PlanState.AGREED), name="one_agreed_plan_a_case"
            ),
            models.UniqueConstraint(
                fields=["case_file"], condition=Q(state=PlanState.DRAFT), name="one_draft_plan_a_case"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PlanState.DRAFT, PlanState.ENDED]) | Q(agreed_on__isnull=False),
                name="plan_in_force_was_agreed",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(agreed_on=None) | Q(ended_on__gte=F("agreed_on")),
                name="plan_ends_after_its_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.state}"

    @property
    def is_draft(self) -> bool:
        return self.state == PlanState.DRAFT

    @property
    def is_agreed(self) -> bool:
        return self.state == PlanState.AGREED


class PlanGoal(Record):
    """What a person wants to reach in one dimension of life after return."""

    plan = models.ForeignKey(ReintegrationPlan, on_delete=models.CASCADE, related_name="goals")
    dimension = models.CharField(max_length=16, choices=Dimension.choices)
    text = models.CharField(max_length=160, blank=True)
    feasibility = models.CharField(max_length=12, choices=Feasibility.choices)
    feasibility_note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["dimension", "recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.dimension} {self.feasibility}"


class PlanStep(Record):
    """One step to a goal: what is done, by whom, until when, at what cost, and what shows that it was done."""

    goal = models.ForeignKey(PlanGoal, on_delete=models.CASCADE, related_name="steps")
    # The same step keeps its thread through all versions of a plan.
    thread = models.UUIDField(default=new_id, editable=False)
    text = models.CharField(max_length=120, blank=True)
    doer = models.CharField(max_length=8, choices=Doer.choices)
    doer_name = models.CharField(max_length=80, blank=True)
    due_on = models.DateField()
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=12, choices=StepState.choices, default=StepState.PLANNED)
    state_on = models.DateField()
    evidence = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["due_on", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="step_costs_nothing_or_more")
        ]

    def __str__(self) -> str:
        return f"{self.doer} {self.due_on}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STEPS
