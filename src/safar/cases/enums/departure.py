"""Closed sets of preparing a departure; what became of one carries its order as data."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    """What is filled in together before somebody leaves."""

    COSTS = "costs", _("Costs and debts")
    CHECKLIST = "checklist", _("Documents")
    EMERGENCY = "emergency", _("Emergency plan")
    FAMILY = "family", _("Family agreement")


# These name other people or a word of safety, so they are kept only in a file and only when the person wants it.
NAMING_OTHERS = frozenset({PaperKind.EMERGENCY, PaperKind.FAMILY})


class ItemState(TextChoices):
    """How far the client is with one paper of the checklist."""

    HAS = "has", _("Has it")
    MISSING = "missing", _("Missing")
    NOT_NEEDED = "not_needed", _("Not needed")


class Outcome(TextChoices):
    """What was found to have become of a planned departure on the day somebody asked."""

    PREPARING = "still_preparing", _("Still preparing")
    POSTPONED = "postponed", _("Postponed")
    DECLINED = "declined_offer", _("Declined the offer")
    REGULAR = "regular", _("Left in a regular way")
    IRREGULAR = "irregular", _("Left in an irregular way")
    UNREACHABLE = "unreachable", _("Could not be reached")


_ABROAD = frozenset({Outcome.REGULAR, Outcome.IRREGULAR, Outcome.UNREACHABLE})
# What may be found after what. Whoever has left is no longer preparing: a new plan begins with a new case file or contact.
OUTCOME_MOVES: dict[Outcome, frozenset[Outcome]] = {
    Outcome.PREPARING: frozenset(Outcome),
    Outcome.POSTPONED: frozenset(Outcome),
    Outcome.DECLINED: frozenset(Outcome),
    Outcome.REGULAR: _ABROAD,
    Outcome.IRREGULAR: _ABROAD,
    Outcome.UNREACHABLE: frozenset(Outcome),
}
LEFT = frozenset({Outcome.REGULAR, Outcome.IRREGULAR})
# These say how it ended for now; with one of them a case file can be closed without asking again.
ANSWERS = frozenset(Outcome) - {Outcome.PREPARING}


class OutcomeStage(TextChoices):
    """When it was asked; the two are counted apart."""

    BEFORE = "before", _("Before the planned departure")
    AFTER = "after", _("1–3 months after")
    CLOSING = "closing", _("When the case was closed")


# What each line of a paper is called, on forms, on print and in the person's own copy.
FIELD_LABELS: dict[str, str | Promise] = {
    "agency": _("Agency or middleman"),
    "documents": _("Passport and papers"),
    "exam": _("Exam and courses"),
    "visa": _("Visa and permit"),
    "medical": _("Medical check"),
    "insurance": _("Insurance"),
    "ticket": _("Ticket and travel"),
    "other": _("Other costs"),
    "home_currency": _("Currency at home"),
    "wage_currency": _("Currency of the wage"),
    "rate": _("What one unit of that currency gives at home"),
    "rate_on": _("Rate as of"),
    "wage": _("Wage a month, as in the contract"),
    "board": _("Food kept back from it"),
    "lodging": _("Lodging kept back from it"),
    "other_deduction": _("Taxes and other deductions"),
    "living": _("What living there costs besides"),
    "contract_months": _("Months of the contract"),
    "remittance": _("Money to be sent home each month"),
    "unpaid_months": _("Months before the first pay"),
    "amount": _("Money borrowed"),
    "monthly_percent": _("Interest a month, in percent"),
    "months": _("Months to pay it back"),
    "call_first": _("Whom to call first: name and phone"),
    "call_next": _("Whom to call when nobody answers"),
    "address_there": _("Address and employer there"),
    "copies_with": _("Who keeps the copies of the papers"),
    "call_day": _("Day and hour to call home"),
    "if_no_call": _("What the family does when no call comes"),
    "code_word": _("Word that means: I need help"),
    "money_back": _("Where the money for the way back is"),
    "decides": _("Who decides how the money sent home is spent"),
    "spent_on": _("What the money is for"),
    "how_often": _("How much is sent, and how often"),
    "guardian": _("Who looks after the children"),
    "guardian_paper": _("Paper for that: power of attorney, guardianship"),
    "calls": _("How often we call each other"),
    "may_ask": _("Who may ask the centre about me"),
}
EMERGENCY_FIELDS = (
    "call_first",
    "call_next",
    "address_there",
    "copies_with",
    "call_day",
    "if_no_call",
    "code_word",
    "money_back",
)
FAMILY_FIELDS = ("decides", "spent_on", "how_often", "guardian", "guardian_paper", "calls", "may_ask")
