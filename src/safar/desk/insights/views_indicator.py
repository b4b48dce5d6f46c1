from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from safar.desk.access import requires
from safar.desk.insights import presenting
from safar.desk.insights.forms import MonthForm
from safar.desk.insights.views import preparing
from safar.desk.middleware import DeskRequest
from safar.insights.indicators.definition import Indicator, definitions_version, indicators
from safar.insights.permissions import READ_REPORT, READ_ROWS
from safar.insights.queries import months
from safar.insights.reports import labels, pictures
from safar.insights.store import freshness

PAGE = 50


@requires(READ_REPORT)
def definitions(request: DeskRequest) -> HttpResponse:
    """Show what every indicator means."""
    found = [
        {"indicator": one, "unit": labels.unit_of(one.code, one.unit), "not_with": presenting.not_with(one)}
        for one in indicators().values()
    ]
    return render(request, "desk/insights/definitions.html", {"found": found, "version": definitions_version()})


def _get(code: str) -> Indicator:
    found = indicators().get(code)
    if found is None:
        raise Http404(code)
    return found


@requires(READ_REPORT)
def indicator(request: DeskRequest, code: str) -> HttpResponse:
    """Show why a number is what it is: its definition, which rows count, what it may not be added to."""
    found = _get(code)
    if (state := freshness.ensure()).manifest is None:
        return preparing(request, state)
    chosen, centre = MonthForm(request.GET or None).chosen()
    report = months.view(chosen, centre, by=request.actor).report
    figure = None if found.only_by else next((one for one in report.figures if one.code == code), None)
    context = {
        "indicator": found,
        "unit": labels.unit_of(code, found.unit),
        "figure": presenting.shown_figure(figure, report) if figure else None,
        "trend": pictures.trend(report, code) if figure else None,
        "rules": presenting.rules(found),
        "not_with": presenting.not_with(found),
        "dimensions": [labels.dimension(name) for name in found.disaggregations],
        "month": chosen,
        "month_name": labels.month(chosen),
        "centre": centre,
        "place": labels.place_of(report.centre_name),
        "back": presenting.address("month", str(chosen), centre),
        "rows_href": presenting.address("rows", str(chosen), centre, code) if request.actor.may(READ_ROWS) else "",
    }
    return render(request, "desk/insights/indicator.html", context)


@requires(READ_ROWS)
def rows(request: DeskRequest, code: str) -> HttpResponse:
    """Show the event rows behind a figure with links to their records; the trail keeps that they were opened."""
    found = _get(code)
    if (state := freshness.ensure()).manifest is None:
        return preparing(request, state)
    chosen, centre = MonthForm(request.GET or None).chosen()
    number = int(text) if (text := request.GET.get("page", "1")).isdecimal() and int(text) > 0 else 1
    page = months.rows(found, chosen, centre, limit=PAGE, offset=(number - 1) * PAGE, by=request.actor)
    context = {
        "indicator": found,
        "page_obj": Paginator(range(page.count), PAGE).get_page(number),
        "count": page.count,
        "columns": [presenting.column_label(name) for name in page.columns],
        "rows": [
            {
                "cells": [presenting.cell_text(name, row.cells[name]) for name in page.columns],
                "href": presenting.page_of(row),
            }
            for row in page.rows
        ],
        "month_name": labels.month(chosen),
        "back": presenting.address("indicator", str(chosen), centre, code),
    }
    return render(request, "desk/insights/rows.html", context)
