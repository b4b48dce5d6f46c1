from safar.kernel.actor import MACHINE
from safar.kernel.tasks import every_night
from safar.trust.actions import retention, trail


@every_night
def end_what_is_due() -> str:
    """End what is due; returns the counts in words for the log."""
    ended = retention.run(by=MACHINE).ended
    return ", ".join(f"{code} {count}" for code, count in ended.items()) or "nothing was due"


@every_night
def prune_the_trail() -> str:
    """Remove rows of the audit trail whose term is over."""
    return f"{trail.prune(by=MACHINE)} rows"
