"""When the words of plans and reviews after return end: with those of the case file they belong to."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from safar.cases.models import CaseFile, PlanGoal, PlanReview, ReintegrationPlan
from safar.cases.privacy.reintegration import empty
from safar.kernel.retention import Rule, register_rule


def _wordy(_day: dt.date, cut: dt.date) -> QuerySet[CaseFile]:
    """Return files closed before the cut whose plan or reviews still hold words; a goal has its words as long as its steps."""
    goals = PlanGoal.objects.filter(plan__case_file=OuterRef("pk")).exclude(text="")
    plans = ReintegrationPlan.objects.filter(case_file=OuterRef("pk")).exclude(reason="")
    reviews = PlanReview.objects.filter(case_file=OuterRef("pk")).exclude(words="")
    return CaseFile.objects.filter(Exists(goals) | Exists(plans) | Exists(reviews), closed_on__lt=cut)


def _empty(keys: Sequence[Any]) -> None:
    empty(Q(case_file__in=keys))


register_rule(
    Rule(
        code="cases.return_words",
        purpose="case_files",
        label=_("Goals, steps and reviews of closed files after return"),
        effect=_("The words are emptied; plan, steps and satisfaction still count"),
        due=_wordy,
        end=_empty,
        centre="centre",
        person="person",
    )
)
