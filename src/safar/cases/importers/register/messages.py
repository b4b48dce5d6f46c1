"""What a problem in a cell is called, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.cases.importers.register.rows import Problem

PROBLEMS: dict[str, str | Promise] = {
    "date_missing": gettext_lazy("The date is missing."),
    "date_unreadable": gettext_lazy("This is not a date."),
    "date_future": gettext_lazy("This date lies in the future."),
    "date_too_early": gettext_lazy("This date is too long ago for a visit."),
    "no_date_column": gettext_lazy("No column of this sheet is taken for the date."),
    "only_a_date": gettext_lazy("The row holds a date and nothing else."),
    "birth_unreadable": gettext_lazy("This is not a date or year of birth."),
    "birth_impossible": gettext_lazy("Nobody living was born then."),
    "age_unreadable": gettext_lazy("This is not an age."),
    "phone_unreadable": gettext_lazy("This is not a phone number."),
    "phone_digits_lost": gettext_lazy("Excel has cut this number off: type it again as text."),
    "sex_unknown": gettext_lazy("Neither a woman nor a man could be read here."),
    "mode_unknown": gettext_lazy("This way of contact is not known."),
    "consent_unknown": gettext_lazy("Neither yes nor no could be read here; taken as no consent."),
    "destination_unknown": gettext_lazy("This country is not known."),
    "region_unknown": gettext_lazy("This region is not known."),
    "district_unknown": gettext_lazy("This district is not known, or several have this name."),
    "place_unknown": gettext_lazy("This place is not known, or several have this name."),
    "category_unknown": gettext_lazy("This category is not known."),
    "language_unknown": gettext_lazy("This language is not known."),
    "heard_via_unknown": gettext_lazy("This source is not known."),
}
FILE_PROBLEMS: dict[str, str | Promise] = {
    "not_xlsx": gettext_lazy(
        "This is not an Excel file (.xlsx). Open it in Excel or LibreOffice and save it as .xlsx."
    ),
    "no_register": gettext_lazy("No sheet has headings that look like a register: a date, a name, a topic."),
    "too_large": gettext_lazy("The file is too large to be a register."),
    "too_many_rows": gettext_lazy("A sheet has more than 20,000 rows. Split the register by year."),
}


def of(problem: Problem) -> str:
    """Return the message with what stands in the cell, and what becomes of the row."""
    message = str(PROBLEMS[problem.code])
    if problem.text:
        message = _("%(message)s It says “%(text)s”.") % {"message": message, "text": problem.text}
    return message if problem.blocks else _("%(message)s The row is taken over without it.") % {"message": message}
