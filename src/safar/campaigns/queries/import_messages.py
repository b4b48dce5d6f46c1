"""What is wrong with a file or a row, and what to do about it, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.campaigns.enums import FileKind
from safar.campaigns.importers.problems import FileProblem, RowProblem, Warning_

_LONGEST_QUOTE = 80

FILE_MESSAGES = {
    "empty": gettext_lazy("The file is empty. Export it again and check that the period holds posts."),
    "too_big": gettext_lazy("The file is larger than an export can be (25 MB). Export a shorter period."),
    "workbook": gettext_lazy(
        "This workbook cannot be read. Take the .csv file as the platform gave it, or save the workbook as .xlsx without a password."
    ),
    "encoding": gettext_lazy(
        "The letters of this file cannot be read. Take the .csv file as the platform gave it, or save it as “CSV UTF-8”."
    ),
    "broken_quotes": gettext_lazy(
        "From row %(row)s on, a quotation mark is opened and not closed, so the rows cannot be told apart. Take the file as the platform gave it."
    ),
    "unrecognised": gettext_lazy(
        "These columns belong to no export we can read yet: %(columns)s. We read posts exports of Meta Business Suite in English."
    ),
    "missing_columns": gettext_lazy(
        "This looks like “%(kind)s”, but columns are missing: %(columns)s. Export again with all columns."
    ),
    "unknown_columns": gettext_lazy(
        "This is “%(kind)s” with columns we do not know: %(columns)s. Nothing was read, because an unknown figure must not be taken for a known one. Send the column names to whoever looks after the system."
    ),
    "doubled_columns": gettext_lazy("These columns stand twice: %(columns)s. Export the file again."),
    "no_figures": gettext_lazy("This is “%(kind)s” without a single figure. Export again and choose the metrics."),
    "no_rows": gettext_lazy("This is “%(kind)s” without posts. Check the period and the account."),
}
ROW_MESSAGES = {
    "cells_missing": gettext_lazy(
        "The row has fewer cells than the header (%(value)s). Take the row as the platform gave it."
    ),
    "cells_too_many": gettext_lazy(
        "The row has more cells than the header (%(value)s). A caption with a comma needs quotation marks around it."
    ),
    "permalink_missing": gettext_lazy(
        "The address of the post is missing. Without it a post cannot be recognised again; open the post and copy its address."
    ),
    "permalink_foreign": gettext_lazy(
        "“%(value)s” is not the address of a post on this platform. Copy the address from the post."
    ),
    "permalink_repeated": gettext_lazy("The same post stands in row %(value)s already. Keep one of the two."),
    "account_missing": gettext_lazy("The row names no account. Fill in the id of the page or profile."),
    "account_unknown": gettext_lazy(
        "The id of “%(value)s” was ruined by Excel and no channel has this name. Add the channel first, or take the original file."
    ),
    "account_differs": gettext_lazy(
        "This post is kept under another channel: %(value)s. Check which account it belongs to."
    ),
    "id_too_long": gettext_lazy("“%(value)s” is longer than an id can be. Take the row as the platform gave it."),
    "not_a_date": gettext_lazy("“%(value)s” is not a date and time we can read. Write it as 12/31/2026 18:00."),
    "in_the_future": gettext_lazy(
        "The post is dated %(value)s, after the file was exported. Check the date of the export and whether day and month are swapped."
    ),
    "not_a_window": gettext_lazy("“%(value)s” is neither “Lifetime” nor a day. Export lifetime or daily figures."),
    "not_a_count": gettext_lazy("“%(value)s” is not a whole number. Correct it or leave the cell empty."),
    "not_an_amount": gettext_lazy(
        "“%(value)s” is not a number written like the rest of this file. Correct it or leave the cell empty."
    ),
    "negative": gettext_lazy("“%(value)s” is less than nothing. Correct it or leave the cell empty."),
    "too_large": gettext_lazy("“%(value)s” is larger than any real figure. Correct it or leave the cell empty."),
    "shortened_number": gettext_lazy(
        "Excel has shortened the number to “%(value)s” and its digits are lost. Take it from the original file."
    ),
    "captured_differently": gettext_lazy(
        "Another value (%(value)s) was already captured at the same moment. Check the date of the export."
    ),
}
WARNING_MESSAGES = {
    "day_first": gettext_lazy(
        "Dates in this file were read as day/month/year, because one of them allows no other reading."
    ),
    "not_utf8": gettext_lazy(
        "The file was saved in an old encoding. Figures are intact; some letters of captions may be wrong."
    ),
}


def file_message(problem: FileProblem) -> str:
    kind = FileKind(problem.kind).label if problem.kind else ""
    return str(FILE_MESSAGES[problem.code]) % {
        "columns": ", ".join(problem.columns),
        "kind": kind,
        "row": problem.row or 1,
    }


def row_message(problem: RowProblem) -> str:
    text = str(ROW_MESSAGES[problem.code]) % {"value": problem.value[:_LONGEST_QUOTE]}
    return _("%(field)s: %(message)s") % {"field": problem.field, "message": text} if problem.field else text


def warning_message(warning: Warning_) -> str:
    return str(WARNING_MESSAGES[warning])
