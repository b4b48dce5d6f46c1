"""The letter of a referral: what its recipient is told, field by field as the person agreed."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safar.cases.actions.referrals import Letter
from safar.cases.queries.referral_words import told_in_words
from safar.desk.cases.facts import label
from safar.desk.papers import Block, Paper
from safar.ui.numbers import written_date


def referral_letter(given: Letter) -> Paper:
    """Return the letter in the language of whoever prints it; who is referred without a file brings it along nameless."""
    referral = given.referral
    request = (
        (_("To"), referral.recipient),
        (_("From"), f"{referral.centre}"),
        (_("Service asked for"), label("referral_service", referral.service)),
        (_("How soon"), label("referral_urgency", referral.urgency)),
        (_("Answer looked for by"), written_date(referral.due_on)),
    )
    told = tuple(told_in_words(given.told, written_date))
    closing = _(
        "The person agreed that you are told this, for this help alone. Do not pass it on, and delete it when the person asks."
    )
    about = (Block(title=_("About the person"), facts=told, paragraphs=(closing,)),) if told else ()
    return Paper(
        title=_("Referral"),
        language=get_language() or "en",
        subtitle=written_date(referral.made_on),
        blocks=(Block(facts=request), *about),
        footer=f"{referral.centre}",
        signatures=(_("For the centre"), _("Received by")),
    )
