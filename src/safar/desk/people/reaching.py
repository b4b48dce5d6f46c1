"""Says in words what was agreed with a person about how they may be reached."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from safar.people.enums import AnsweredBy, Wording
from safar.people.models import ContactPoint


def agreed_lines(point: ContactPoint) -> list[str]:
    """Return one line a thing agreed: days and hours, who else answers, whom to ask for, which words."""
    agreed = point.agreed
    lines = []
    if agreed.days:
        lines.append(", ".join(str(WEEKDAYS[day - 1]) for day in agreed.days))
    if agreed.from_hour is not None:
        lines.append(_("From %(start)s:00 to %(end)s:00") % {"start": agreed.from_hour, "end": agreed.until_hour})
    if point.safe_times:
        lines.append(point.safe_times)
    if agreed.answered_by != AnsweredBy.UNKNOWN:
        lines.append(str(AnsweredBy(agreed.answered_by).label))
    if agreed.ask_for:
        lines.append(_("Ask for %(name)s") % {"name": agreed.ask_for})
    words = str(Wording(agreed.wording).label)
    return [*lines, f"{words}: {agreed.code_word}" if agreed.wording == Wording.CODE_WORD else words]
