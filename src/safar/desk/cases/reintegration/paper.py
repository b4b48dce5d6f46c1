"""The plan on one page, in the language and script of the person it belongs to."""

from django.utils.translation import gettext as _

from safar.cases.enums.reintegration import Dimension
from safar.cases.models import PlanGoal, ReintegrationPlan
from safar.desk.cases.reintegration.facts import doer_of, written_cost, written_costs
from safar.desk.papers import Block, Paper
from safar.ui.numbers import written_date


def plan_paper(plan: ReintegrationPlan, language: str) -> Paper:
    """Return the plan as it is handed over, in the active language; goals and steps stand in the words they were written in."""
    case = plan.case_file
    goals = list(plan.goals.all())
    head = (
        (_("For"), f"{case.person.full_name} · {case.person.client_number}" if case.person else ""),
        (_("Your counsellor"), case.worker.full_name if case.worker else ""),
        (_("Agreed on"), written_date(plan.agreed_on) if plan.agreed_on else _("Not agreed yet: a draft")),
        (_("Cost together"), written_costs(plan)),
    )
    blocks = [Block(facts=tuple(fact for fact in head if fact[1]))]
    blocks += [
        _dimension(dimension, [goal for goal in goals if goal.dimension == dimension]) for dimension in Dimension
    ]
    closing = _(
        "We look at this plan together after 3, 6 and 12 months. You can change it or end it at any time; tell us."
    )
    return Paper(
        title=_("My plan"),
        language=language,
        subtitle=_("Version %(version)s") % {"version": plan.version},
        blocks=(*(block for block in blocks if block.rows or block.facts), Block(paragraphs=(closing,))),
        footer=f"{case.centre}",
        signatures=(_("Signature"), _("For the centre")),
    )


def _dimension(dimension: Dimension, goals: list[PlanGoal]) -> Block:
    rows = tuple(
        (
            goal.text if number == 0 else "",
            step.text,
            doer_of(step),
            written_date(step.due_on, "medium"),
            written_cost(step.cost, step.currency),
        )
        for goal in goals
        for number, step in enumerate(goal.steps.all())
    )
    columns = (_("Goal"), _("Step"), _("Who"), _("Until"), _("Cost"))
    return Block(title=str(dimension.label), columns=columns, rows=rows)
