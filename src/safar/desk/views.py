"""Pages that belong to the whole desk."""

from django.http import HttpResponse
from django.shortcuts import render

from safar.desk.access import requires
from safar.desk.board import board_for
from safar.desk.middleware import DeskRequest
from safar.kernel.clock import today
from safar.trust.permissions import USE_DESK


@requires(USE_DESK)
def board(request: DeskRequest) -> HttpResponse:
    """Show what today asks of this person; roles without client work start from the month report instead."""
    return render(request, "desk/board.html", {"cards": board_for(request.actor), "today": today()})
