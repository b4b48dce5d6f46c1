from safar.cases.actions import nights
from safar.kernel.actor import MACHINE
from safar.kernel.tasks import every_night


@every_night
def ask_about_untouched() -> str:
    """Ask what became of visits and numbers nobody closed; returns the counts in words for the log."""
    asked = nights.ask_about_untouched(by=MACHINE)
    return f"{asked.visits} visits and {asked.tickets} numbers without an end"
