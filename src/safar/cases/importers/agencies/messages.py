"""What a problem of a register of agencies is called, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.cases.importers.agencies.rows import Problem

PROBLEMS: dict[str, str | Promise] = {
    "name_missing": gettext_lazy("The name of the agency is missing."),
    "number_missing": gettext_lazy("The number of the licence is missing."),
    "from_missing": gettext_lazy("The first day of the licence is missing."),
    "date_unreadable": gettext_lazy("This is not a date."),
    "too_long": gettext_lazy("This is longer than any such entry."),
    "ends_before_it_begins": gettext_lazy("The licence would end before it begins."),
    "suspension_ends_before_it_begins": gettext_lazy("The suspension would end before it begins."),
    "revoked_before_it_begins": gettext_lazy("The licence would be revoked before it begins."),
    "suspension_without_start": gettext_lazy("The suspension has a last day and no first one."),
    "state_unreadable": gettext_lazy("Neither yes nor no could be read here."),
    "licence_of_another": gettext_lazy("The register knows this licence as that of another agency."),
    "licence_of_two": gettext_lazy("Two agencies of this file claim this licence."),
}
FILE_PROBLEMS: dict[str, str | Promise] = {
    "not_readable": gettext_lazy("This is neither an Excel file (.xlsx) nor a CSV file."),
    "no_agencies": gettext_lazy(
        "No sheet has headings that look like a register of agencies: a name, a licence number, the day it was issued."
    ),
    "too_large": gettext_lazy("The file is too large to be a register of agencies."),
    "too_many_rows": gettext_lazy("The file has more than 20,000 rows."),
}


def of(problem: Problem) -> str:
    """Return the message with what stands in the cell."""
    message = str(PROBLEMS[problem.code])
    return (
        _("%(message)s It says “%(text)s”.") % {"message": message, "text": problem.text} if problem.text else message
    )
