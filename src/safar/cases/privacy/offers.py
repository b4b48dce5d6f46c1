"""How private agencies, offer checks, triage and complaints are; what a person may take away and what erasure leaves."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from safar.cases.models import Complaint, ComplaintMove, OfferCheck, Triage
from safar.kernel.ids import new_id
from safar.kernel.privacy import Effect, Privacy, classed
from safar.people.queries.clusters import members_of

# An agency is a firm in a public register: nothing in it is about a client.
FIELDS: dict[str, Privacy] = {
    **classed(
        Privacy.INTERNAL,
        "AgencyImport",
        *("id", "recorded_at", "sha256", "file_name", "as_of", "source", "is_demo", "imported_by", "rows"),
        *("rows_refused", "agencies_new", "agencies_changed", "agencies_same"),
    ),
    **classed(
        Privacy.INTERNAL,
        "Agency",
        *("id", "recorded_at", "name", "tax_number", "region", "address", "phone", "website", "is_state", "is_demo"),
        "as_of",
    ),
    **classed(Privacy.INTERNAL, "AgencyName", "id", "agency", "name", "key"),
    **classed(
        Privacy.INTERNAL,
        "AgencyLicence",
        *("id", "recorded_at", "agency", "number", "valid_from", "valid_until", "revoked_on", "reason", "source"),
        *("as_of", "other"),
    ),
    **classed(Privacy.INTERNAL, "LicenceSuspension", "id", "licence", "suspended_from", "suspended_until"),
    **classed(
        Privacy.INTERNAL, "AgencyChange", "id", "recorded_at", "agency", "register", "licence", "field", "old", "new"
    ),
    **classed(Privacy.INTERNAL, "ShownText", "id", "recorded_at", "kind", "code", "version", "fingerprint", "content"),
    **classed(
        Privacy.INTERNAL,
        "OfferCheck",
        *("id", "recorded_at", "former_person_key", "contact", "centre", "staff", "checked_on", "destination"),
        *("agency", "standing", "register_as_of", "outcome", "rules_version", "reasons"),
    ),
    **classed(Privacy.PERSONAL, "OfferCheck", "person"),
    **classed(Privacy.SENSITIVE, "OfferCheck", "answers"),
    **classed(
        Privacy.INTERNAL, "Triage", "id", "recorded_at", "former_person_key", "contact", "centre", "staff", "referral"
    ),
    **classed(Privacy.PERSONAL, "Triage", "person"),
    **classed(Privacy.SENSITIVE, "Triage", "cards"),
    **classed(
        Privacy.INTERNAL,
        "Complaint",
        *("id", "recorded_at", "former_person_key", "contact", "centre", "taken_by", "received_on", "kind", "agency"),
        *("institution", "about_centre", "state", "recipient", "passed_on", "due_on", "closed_on", "outcomes"),
        *("amount", "currency", "amount_back"),
    ),
    **classed(Privacy.PERSONAL, "Complaint", "person", "fields", "consent_key", "happened_on"),
    **classed(Privacy.SENSITIVE, "Complaint", "told", "institution_name", "evidence"),
    **classed(Privacy.SENSITIVE, "ComplaintNamed", "id", "complaint", "staff"),
    **classed(
        Privacy.INTERNAL,
        "ComplaintMove",
        *("id", "recorded_at", "complaint", "from_state", "to_state", "recipient", "moved_on", "staff"),
    ),
    **classed(Privacy.SENSITIVE, "ComplaintMove", "text"),
}


def export(person_id: UUID) -> Mapping[str, Any]:
    """Return the person's offer checks, triage and complaints as plain values."""
    members = members_of(person_id)
    checks = OfferCheck.objects.filter(person__in=members).select_related("agency")
    complaints = Complaint.objects.filter(person__in=members).select_related("agency").prefetch_related("moves")
    return {
        "offer_checks": [_check(check) for check in checks],
        "triages": [
            {"day": str(each.recorded_at.date()), "cards": [code for code, _words in each.cards]}
            for each in Triage.objects.filter(person__in=members)
        ],
        "complaints": [_complaint(complaint) for complaint in complaints],
    }


def _check(check: OfferCheck) -> dict[str, Any]:
    return {
        "checked_on": str(check.checked_on),
        "destination": check.destination,
        "agency": str(check.agency or ""),
        "outcome": check.outcome,
        "reasons": [code for code, _level, _words in check.reasons],
        "answers": check.answers,
    }


def _complaint(complaint: Complaint) -> dict[str, Any]:
    return {
        "received_on": str(complaint.received_on),
        "kind": complaint.kind,
        "agency": str(complaint.agency or ""),
        "institution_name": complaint.institution_name,
        "told": complaint.told,
        "amount": f"{complaint.amount or ''} {complaint.currency}".strip(),
        "state": complaint.state,
        "fields": complaint.fields,
        "moves": [[str(move.moved_on), move.to_state, move.recipient, move.text] for move in complaint.moves.all()],
        "outcomes": complaint.outcomes,
    }


def erase(person_id: UUID) -> None:
    """Unlink the person and empty every word; outcome, destination, kind and sums stay countable as one person's."""
    members, key = members_of(person_id), new_id()
    gone = {"person": None, "former_person_key": key}
    OfferCheck.objects.filter(person__in=members).update(**gone, answers={})
    Triage.objects.filter(person__in=members).update(**gone, cards=[])
    complaints = Complaint.objects.filter(person__in=members)
    ComplaintMove.objects.filter(complaint__in=complaints).update(text="")
    complaints.update(**gone, told="", institution_name="", evidence=[], happened_on=None, fields=[], consent_key=None)


def preview(person_id: UUID) -> list[Effect]:
    """Tell what erasing the person does to offer checks, triage and complaints."""
    members = members_of(person_id)
    effects = [
        Effect(
            _("Offer checks"),
            0,
            OfferCheck.objects.filter(person__in=members).count(),
            _("day, destination, agency, outcome"),
        ),
        Effect(_("First questions asked"), 0, Triage.objects.filter(person__in=members).count(), _("day and centre")),
        Effect(
            _("Complaints"),
            0,
            Complaint.objects.filter(person__in=members).count(),
            _("day, kind, agency or institution, recipient, sums, outcome"),
        ),
    ]
    return [effect for effect in effects if effect.stays]
