"""The four papers of a preparation, written for the printer in the client's language: figures small, what is carried along large."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from safar.cases.enums.departure import ItemState, PaperKind
from safar.cases.queries.checklists import Checklist
from safar.cases.rules.departure import COST_ITEMS, DEDUCTIONS, CostSheet
from safar.desk.cases.departure import facts
from safar.desk.cases.departure.sheet import Line, Part, TakeHome, from_whom, words
from safar.desk.papers import Block, Paper
from safar.guide.queries.facts import Card
from safar.ui.numbers import written_date

_ICONS = {PaperKind.EMERGENCY: "alert-triangle", PaperKind.FAMILY: "users"}


def cost_paper(sheet: CostSheet, *, language: str, on: dt.date) -> Paper:
    """Return the cost sheet with its result and what may come otherwise."""
    with translation.override(language):
        found = facts.worksheet(sheet)
        home, there = sheet.home_currency, sheet.wage_currency
        costs = _amounts(sheet.costs, COST_ITEMS, home)
        monthly = (
            (facts.label("wage"), facts.money(sheet.wage, there)),
            *_amounts(sheet.deductions, DEDUCTIONS, there),
        )
        come_to = (
            (_("Costs and interest together"), facts.money(found.result.total, home)),
            (_("Instalment a month"), found.instalment),
            (_("Left of the wage each month"), f"{found.net_abroad} = {facts.money(found.result.net, home)}"),
            (_("Left after instalment and money sent home"), found.spare),
            (_("Earned back after"), found.months),
            (_("Cost of recruitment, in monthly wages"), found.recruitment or "—"),
        )
        rate = (
            (_("Rate reckoned with"), f"1 {there} = {facts.money(sheet.rate, home)}"),
            (facts.label("rate_on"), written_date(sheet.rate_on) if sheet.rate_on else ""),
        )
        return Paper(
            title=_("Costs and debts"),
            language=language,
            subtitle=written_date(on),
            blocks=(
                Block(paragraphs=(found.answer,), facts=come_to),
                Block(title=_("What going costs"), facts=costs),
                Block(
                    title=_("Each month there"),
                    facts=(*monthly, *((line for line in rate if line[1]) if home != there else ())),
                ),
                Block(
                    title=_("If it comes otherwise"),
                    columns=(_("What if"), _("Left of the wage each month"), _("Earned back after")),
                    rows=tuple((case.label, case.net, case.months) for case in found.what_if),
                ),
            ),
            footer=_("Reckoned from what you know today. No rate and no wage here is promised by anybody."),
        )


def _amounts(amounts: Mapping[str, object], names: Sequence[str], currency: str) -> tuple[tuple[str, str], ...]:
    return tuple((facts.label(name), facts.money(amounts[name], currency)) for name in names if name in amounts)  # type: ignore[arg-type]


def checklist_paper(listed: Checklist, ticks: Mapping[str, str], *, language: str, on: dt.date) -> TakeHome:
    """Return the list with a box for each paper, ticked where it is there, with who gets it and where."""
    with translation.override(language):
        lines = tuple(
            Line(item.name.text(language), mark="has")
            if ticks.get(item.code) == ItemState.HAS
            else Line(item.name.text(language), from_whom(item, language), "missing")
            for item in listed.items
            if ticks.get(item.code) != ItemState.NOT_NEEDED
        )
        title = _("Papers for the journey")
        footer = _("List %(version)s, in force since %(day)s. Rules change: ask again before you leave.") % {
            "version": listed.version,
            "day": written_date(listed.valid_from),
        }
        part = Part("passport", listed.name.text(language), lines)
        return _large(title, written_date(on), (part,), footer, language)


def plan_paper(
    kind: PaperKind, lines: Mapping[str, str], *, numbers: Sequence[Card], language: str, on: dt.date
) -> TakeHome:
    """Return a plan or an agreement, with lines to write on by hand where nothing was typed."""
    with translation.override(language):
        parts = [
            Part(
                _ICONS[kind],
                str(PaperKind(kind).label),
                tuple(Line(facts.label(name), text, mark="" if text else "blank") for name, text in lines.items()),
            )
        ]
        if numbers:
            known = tuple(Line(card.title.text(language), card.statement.text(language)) for card in numbers)
            parts.append(Part("phone", _("Numbers you can trust"), known))
        if kind == PaperKind.FAMILY:
            signed = tuple(Line(who, mark="blank") for who in (_("Who leaves"), _("Who stays")))
            parts.append(Part("edit", _("Signed by"), signed))
        footer = _("Keep one copy with you, one at home. The centre needs none.")
        return _large(str(PaperKind(kind).label), written_date(on), tuple(parts), footer, language)


def _large(title: str, subtitle: str, parts: tuple[Part, ...], footer: str, language: str) -> TakeHome:
    return TakeHome(
        language=language,
        title=title,
        subtitle=subtitle,
        parts=parts,
        footer=footer,
        over=words()["over"].text(language),
        is_discreet=False,
    )
