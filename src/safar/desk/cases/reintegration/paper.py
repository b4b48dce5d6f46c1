"""The plan on one page, in the language and script of the person it belongs to."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from safar.cases.enums.reintegration import Doer
from safar.cases.models import PlanStep, ReintegrationPlan
from safar.desk import papers
from safar.desk.cases.reintegration.facts import plan_groups, written_cost, written_costs
from safar.ui.numbers import written_date

_TEMPLATE = Path(__file__).parent / "plan.typ"


def plan_pdf(plan: ReintegrationPlan, language: str, *, made_at: dt.datetime) -> bytes:
    """Return the plan as it is handed over, in the active language."""
    return papers.typeset(_TEMPLATE, plan_paper(plan, language), made_at=made_at)


def plan_paper(plan: ReintegrationPlan, language: str) -> dict[str, Any]:
    """Return what the page says; goals and steps stand in the words they were written in, what was dropped is left out."""
    case = plan.case_file
    head = [
        (_("For"), f"{case.person.full_name} · {case.person.client_number}" if case.person else ""),
        (_("Your counsellor"), case.worker.full_name if case.worker else ""),
        (_("Agreed on"), written_date(plan.agreed_on) if plan.agreed_on else _("Not agreed yet: a draft")),
        (_("Cost together"), written_costs(plan)),
    ]
    groups: list[dict[str, Any]] = [
        {
            "title": group.title,
            "goals": [
                {"text": line.goal.text, "rows": [_row(one.step) for one in line.steps if one.step.state != "dropped"]}
                for line in group.goals
            ],
        }
        for group in plan_groups(plan)
    ]
    return {
        "title": _("My plan"),
        "lang": language.split("-", maxsplit=1)[0],
        "subtitle": _("Version %(version)s") % {"version": plan.version},
        "head": [fact for fact in head if fact[1]],
        "columns": [_("Step"), _("Who"), _("Until"), _("Cost")],
        "groups": groups,
        "steps": sum(len(goal["rows"]) for group in groups for goal in group["goals"]),
        "closing": _(
            "We look at this plan together after 3, 6 and 12 months. You can change it or end it at any time; tell us."
        ),
        "footer": f"{case.centre}",
        "signatures": [_("Signature"), _("For the centre")],
    }


def _row(step: PlanStep) -> tuple[str, ...]:
    cost = written_cost(step.cost, step.currency)
    return (step.text, _doer(step), written_date(step.due_on, "medium"), cost)


def _doer(step: PlanStep) -> str:
    """Say who takes a step to the person who reads it."""
    who = {
        Doer.CLIENT: _("You"),
        Doer.FAMILY: _("Your family"),
        Doer.CENTRE: _("We, the centre"),
        Doer.PARTNER: step.doer_name,
    }[Doer(step.doer)]
    named = step.doer_name and step.doer != Doer.PARTNER
    return f"{who}: {step.doer_name}" if named else who
