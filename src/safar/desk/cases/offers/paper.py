"""What a client takes home from an offer check and what a recipient gets of a complaint."""

from django.utils import translation
from django.utils.translation import gettext as _

from safar.cases.enums.complaints import Evidence
from safar.cases.enums.offers import OfferOutcome
from safar.cases.models import Complaint, OfferCheck
from safar.cases.queries import complaints, offer_checks
from safar.cases.queries.offers import Reason
from safar.cases.rules.offers import Level
from safar.desk.cases.facts import label
from safar.desk.papers import Block, Paper
from safar.people.enums import SharedField
from safar.trust.queries.profile import profile
from safar.ui.numbers import written_date, written_number


def offer_paper(check: OfferCheck, language: str) -> Paper:
    """Return a check as a paper in a language: outcome, reasons with what to do and where they are known from, numbers."""
    with translation.override(language):
        reasons = offer_checks.reasons_of(check)
        stops = [reason for reason in reasons if reason.level == Level.STOP]
        checks = [reason for reason in reasons if reason.level != Level.STOP]
        about = [
            (_("Checked on"), written_date(check.checked_on)),
            (_("Agency"), str(check.agency or check.answers.get("agency_name", ""))),
            (_("Destination"), label("destination", check.destination)),
        ]
        blocks = [
            Block(facts=tuple((term, text) for term, text in about if text), paragraphs=(no_promise(check.outcome),)),
            *_reasons(_("Stop and call us about this"), stops, language),
            *_reasons(_("Check this"), checks, language),
            Block(
                title=_("Numbers"),
                facts=tuple((line.name.text(language), line.number) for line in profile().hotlines),
                paragraphs=(_("Ask again when anything in the offer changes."),),
            ),
        ]
        return Paper(
            title=str(OfferOutcome(check.outcome).label),
            language=language,
            subtitle=_("Offer check"),
            blocks=tuple(blocks),
            footer=f"{check.centre} · {check.rules_version}",
        )


def no_promise(outcome: str) -> str:
    """Say what an outcome is worth; of an offer without a warning it is said that this promises nothing."""
    return {
        OfferOutcome.NO_WARNING: _(
            "We found none of the warning signs we know. That is no promise: what nobody told us we could not see."
        ),
        OfferOutcome.CHECK: _("Look into every point before you sign, pay or travel."),
        OfferOutcome.STOP: _("Do not sign, pay or travel before you have talked with us."),
    }[OfferOutcome(outcome)]


def _reasons(title: str, reasons: list[Reason], language: str) -> list[Block]:
    if not reasons:
        return []
    lines = tuple(
        f"{reason.text.text(language)} {reason.do.text(language)} ({reason.source.title}{_dated(reason)})"
        for reason in reasons
    )
    return [Block(title=title, paragraphs=lines)]


def _dated(reason: Reason) -> str:
    return f", {reason.source.date}" if reason.source.date else ""


def complaint_paper(complaint: Complaint, person: tuple[tuple[str, str], ...]) -> Paper:
    """Return a complaint for its recipient; `person` holds the agreed fields, nothing for who left no name."""
    about = [
        (_("To"), complaints.recipient_name(complaint.recipient)),
        (_("From"), f"{complaint.centre}"),
        (_("Kind of complaint"), label(complaints.KINDS, complaint.kind)),
        (_("About"), about_whom(complaint)),
        (_("When it happened"), written_date(complaint.happened_on) if complaint.happened_on else ""),
        (_("Sum"), f"{written_number(complaint.amount)} {complaint.currency}" if complaint.amount else ""),
        (_("The client holds"), ", ".join(str(Evidence(each).label) for each in complaint.evidence)),
        (_("Answer looked for by"), written_date(complaint.due_on) if complaint.due_on else ""),
    ]
    closing = _("Passed on with the client’s agreement, for this complaint alone.")
    return Paper(
        title=_("Complaint"),
        language=translation.get_language() or "en",
        subtitle=written_date(complaint.received_on),
        blocks=(
            Block(facts=tuple((term, text) for term, text in about if text)),
            Block(title=_("What happened"), paragraphs=(complaint.told,)),
            *((Block(title=_("About the person"), facts=person, paragraphs=(closing,)),) if person else ()),
        ),
        footer=f"{complaint.centre}",
        signatures=(_("For the centre"), _("Received by")),
    )


def about_whom(complaint: Complaint) -> str:
    """Return whom a complaint is about, in words."""
    listed = complaints.institutions()
    named = [str(each.staff.full_name) for each in complaint.named.all()]
    institution = str(listed.get(complaint.institution).name) if complaint.institution else ""
    parts = [complaint.agency, institution, complaint.institution_name, complaint.about_centre, *named]
    return ", ".join(str(part) for part in parts if part)


def of_person(complaint: Complaint) -> tuple[tuple[str, str], ...]:
    """Return the agreed fields of the person in words."""
    person = complaint.person
    if person is None:
        return ()
    phone = next((point.value for point in person.contact_points.all() if point.kind == "phone"), "")
    values = {
        SharedField.NAME: person.full_name,
        SharedField.BIRTH: person.birth.written(),
        SharedField.SEX: label("sex", person.sex),
        SharedField.PHONE: phone,
        SharedField.LANGUAGE: label("language", person.language),
    }
    return tuple(
        (str(field.label), value) for field, value in values.items() if field.value in complaint.fields and value
    )
