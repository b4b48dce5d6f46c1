"""The printed form of consent: what the law of the country lists, in the person's language, with lines to sign on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from safar.desk.papers import Block, Paper, language_for
from safar.people.enums import ConsentPurpose, SharedField
from safar.people.models import Person
from safar.trust.models import ProcessingAnswers
from safar.trust.queries.profile import profile
from safar.ui.numbers import written_date

TO_FILL_IN = "____________________"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked on one paper; recipient, fields and abroad belong to sharing."""

    purposes: Sequence[str]
    language: str
    recipient: str = ""
    fields: Sequence[str] = ()
    abroad: bool = False


def consent_paper(person: Person, asked: Asked, *, on: dt.date) -> Paper:
    """Return the form for a person: head, one part a purpose with boxes to tick, how it is taken back, signatures."""
    spoken = language_for(asked.language)
    with translation.override(spoken):
        head = _head(person, asked.language)
        parts = [_part(purpose, asked) for purpose in ConsentPurpose if purpose in asked.purposes]
        return Paper(
            title=_("Consent to the use of my data"),
            language=spoken,
            subtitle=written_date(on),
            blocks=(Block(facts=head), *parts, Block(title=_("Taking it back"), paragraphs=(_revocation(),))),
            footer=", ".join(profile().consent_text(purpose, asked.language).version for purpose in asked.purposes[:1]),
            signatures=(_("The person, or who answers for them"), _("The worker who read the text out"), _("Day")),
        )


def _head(person: Person, language: str) -> tuple[tuple[str, str], ...]:
    answers = ProcessingAnswers.objects.first()
    items = {
        "operator": (_("Who asks"), (answers and answers.holder_name) or profile().operator.name.text(language)),
        "tax_number": (
            _("Tax number"),
            (answers and answers.holder_tax_number) or profile().operator.tax_number or TO_FILL_IN,
        ),
        "subject": (_("Who is asked"), f"{person.full_name}, {person.client_number}"),
        "form": (_("Form"), _("In writing, on this paper; a copy stays with the person")),
    }
    return tuple(items[item] for item in profile().consent_form.items if item in items)


def _part(purpose: ConsentPurpose, asked: Asked) -> Block:
    text = profile().consent_text(purpose, asked.language).text
    facts = {
        "purpose": (_("Purpose"), str(purpose.label)),
        "data": (_("Which data"), _data(purpose, asked)),
        "duration": (_("How long"), _duration(purpose)),
        "third_parties": (_("Given to others"), _third_parties(purpose, asked)),
        "cross_border": (_("Abroad"), _cross_border(purpose, asked)),
        "publication": (_("Made public"), _("No, nowhere")),
    }
    return Block(
        title=str(purpose.label),
        paragraphs=(text,),
        facts=tuple(facts[item] for item in profile().consent_form.items if item in facts),
        choices=((_("I agree"), False), (_("I do not agree"), False)),
    )


def _data(purpose: ConsentPurpose, asked: Asked) -> str:
    if purpose == ConsentPurpose.SHARE:
        return ", ".join(str(field.label) for field in SharedField if field in asked.fields)
    return {
        ConsentPurpose.KEEP_FILE: _(
            "Name, sex, date of birth, place of residence, ways to reach you, language, education and work, your plans or "
            "your return, your questions and our answers"
        ),
        ConsentPurpose.BE_CONTACTED: _("The phone number, e-mail address or messenger you gave"),
        ConsentPurpose.FOLLOW_UP: _("Your answers, counted without your name"),
    }[purpose]


def _duration(purpose: ConsentPurpose) -> str:
    terms = profile().retention_months
    if purpose == ConsentPurpose.SHARE:
        return _("%(months)s months, unless you take it back earlier") % {"months": profile().share_consent_months}
    if purpose == ConsentPurpose.FOLLOW_UP:
        return _("%(months)s months") % {"months": terms["follow_up"]}
    if purpose == ConsentPurpose.BE_CONTACTED:
        return _("As long as your file is kept")
    return _("%(case)s months after a case is closed, %(contact)s months without a case") % {
        "case": terms["case_files"],
        "contact": terms["contacts_without_case"],
    }


def _third_parties(purpose: ConsentPurpose, asked: Asked) -> str:
    if purpose == ConsentPurpose.SHARE:
        return _("Only to %(recipient)s") % {"recipient": asked.recipient}
    if purpose == ConsentPurpose.FOLLOW_UP:
        return _("Only counts in which nobody can be recognised")
    return _("No, to nobody")


def _cross_border(purpose: ConsentPurpose, asked: Asked) -> str:
    if purpose == ConsentPurpose.SHARE and asked.abroad:
        return _("Yes, to this recipient alone")
    return _("No")


def _revocation() -> str:
    return _(
        "I can take each of these back at any time, in person, by phone or by message, myself or through somebody I authorise, "
        "and give no reason. What was done until then stays lawful. I am helped whether I agree or not."
    )
