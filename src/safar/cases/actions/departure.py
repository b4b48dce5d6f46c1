from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.enums.cases import CaseKind
from safar.cases.enums.departure import (
    EMERGENCY_FIELDS,
    FAMILY_FIELDS,
    LEFT,
    NAMING_OTHERS,
    OUTCOME_MOVES,
    ItemState,
    Outcome,
    OutcomeStage,
    PaperKind,
)
from safar.cases.models import CaseFile, Contact, DepartureOutcome, DeparturePaper
from safar.cases.permissions import PREPARE_DEPARTURE, RECORD_OUTCOME
from safar.cases.queries.checklists import checklists
from safar.cases.queries.departure import latest_outcome
from safar.cases.rules.departure import CostSheet, as_plain
from safar.cases.rules.departure_outcomes import OutcomeDetails
from safar.cases.rules.moves import may_move
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.people.actions.gate import gated, passing
from safar.people.enums import ConsentPurpose
from safar.people.queries import consent
from safar.people.rules import Use
from safar.reference.queries import codes
from safar.trust.actions import audit
from safar.trust.models import Centre

LONGEST_LINE = 200
_FIELDS_OF = {PaperKind.EMERGENCY: EMERGENCY_FIELDS, PaperKind.FAMILY: FAMILY_FIELDS}


@transaction.atomic
def keep_costs(
    *,
    sheet: CostSheet,
    centre: Centre,
    person_id: UUID | None = None,
    contact_id: UUID | None = None,
    form_key: str = "",
    by: Actor,
) -> DeparturePaper:
    """Keep a cost sheet because the client asked for it; the next one stands beside it, not in its place."""
    check_may(by, PREPARE_DEPARTURE)
    if problems := cost_problems(sheet):
        raise ValidationError(problems)
    paper = DeparturePaper(kind=PaperKind.COSTS, content=as_plain(sheet))
    return _keep(paper, centre, person_id=person_id, contact_id=contact_id, form_key=form_key, by=by)


@transaction.atomic
def keep_checklist(
    *,
    form: str,
    ticks: Mapping[str, str],
    centre: Centre,
    person_id: UUID | None = None,
    contact_id: UUID | None = None,
    form_key: str = "",
    by: Actor,
) -> DeparturePaper:
    """Keep how far the client is with the papers of a checklist, in the version of the list that was ticked."""
    check_may(by, PREPARE_DEPARTURE)
    listed = checklists().get(form)
    if listed is None or any(not listed.item(item) or state not in ItemState.values for item, state in ticks.items()):
        raise ValidationError({"form": _("Choose one of the values offered.")})
    if not ticks:
        raise ValidationError({"__all__": _("Say of at least one paper whether it is there.")})
    paper = DeparturePaper(kind=PaperKind.CHECKLIST, form=form, version=listed.version, content=dict(ticks))
    return _keep(paper, centre, person_id=person_id, contact_id=contact_id, form_key=form_key, by=by)


@transaction.atomic
def keep_plan(
    *,
    kind: PaperKind,
    lines: Mapping[str, str],
    centre: Centre,
    person_id: UUID | None = None,
    contact_id: UUID | None = None,
    form_key: str = "",
    by: Actor,
) -> DeparturePaper:
    """Keep an emergency plan or a family agreement in a person's file; without a file it is only printed."""
    check_may(by, PREPARE_DEPARTURE)
    known = _FIELDS_OF[kind]
    content = {name: lines.get(name, "").strip() for name in known if lines.get(name, "").strip()}
    if not content:
        raise ValidationError({"__all__": _("Write something first.")})
    if too_long := [name for name, text in content.items() if len(text) > LONGEST_LINE]:
        raise ValidationError({too_long[0]: _("This is too long for one line of the paper.")})
    paper = DeparturePaper(kind=kind, content=content)
    return _keep(paper, centre, person_id=person_id, contact_id=contact_id, form_key=form_key, by=by)


@gated(ConsentPurpose.BE_CONTACTED)
@transaction.atomic
def record_outcome(
    *,
    details: OutcomeDetails,
    centre: Centre,
    case_id: UUID | None = None,
    contact_id: UUID | None = None,
    form_key: str = "",
    by: Actor,
) -> DepartureOutcome:
    """Add what was found to have become of a departure; what was found before stays as it was.

    A day to ask again is a promise to get in touch, so the person must agree to be contacted.
    """
    check_may(by, RECORD_OUTCOME)
    if earlier := once.result_of(form_key):
        return DepartureOutcome.objects.get(pk=earlier)
    case, contact, person_id = _departure(case_id, contact_id)
    _check_outcome(details, case, contact)
    if person_id and details.ask_again_on:
        passing(person_id, Use(ConsentPurpose.BE_CONTACTED), field="ask_again_on")
    row = DepartureOutcome.objects.create(
        case_file=case,
        contact=contact,
        centre=centre,
        staff_id=by.staff_id,
        outcome=details.outcome,
        stage=details.stage,
        scheme=details.scheme if details.outcome in LEFT else "",
        destination=details.destination,
        found_on=details.found_on,
        left_on=details.left_on if details.outcome in LEFT else None,
        ask_again_on=details.ask_again_on,
    )
    once.use(form_key, row.pk)
    audit.record(
        by=by,
        action="cases.departure.record_outcome",
        person_key=person_id,
        subject_key=case_id or contact_id,
        fields=["outcome", "stage"],
    )
    return row


def cost_problems(sheet: CostSheet) -> dict[str, str]:
    """Return field → message of what cannot be in a cost sheet."""
    words = {
        "negative": _("An amount cannot be negative."),
        "too_much": _("This is more than anybody pays."),
        "impossible": _("This cannot be."),
        "missing": _("Say in how many months the loan is paid back."),
        "future": _("This day lies in the future."),
    }
    return {name: words[code] for name, code in sheet.problems(today()).items()}


def _keep(
    paper: DeparturePaper, centre: Centre, *, person_id: UUID | None, contact_id: UUID | None, form_key: str, by: Actor
) -> DeparturePaper:
    if earlier := once.result_of(form_key):
        return DeparturePaper.objects.get(pk=earlier)
    if contact_id and not person_id:
        person_id = Contact.objects.values_list("person_id", flat=True).get(pk=contact_id)
    _may_be_kept(PaperKind(paper.kind), person_id, contact_id)
    paper.person_id, paper.contact_id, paper.centre = person_id, contact_id, centre
    paper.staff_id, paper.made_on = by.staff_id, today()
    paper.save(force_insert=True)
    once.use(form_key, paper.pk)
    audit.record(
        by=by,
        action="cases.departure.keep",
        person_key=person_id,
        subject_key=paper.pk,
        fields=[paper.kind],
    )
    return paper


def _may_be_kept(kind: PaperKind, person_id: UUID | None, contact_id: UUID | None) -> None:
    """Refuse what has no place: papers of nobody, names of others outside a file, anything of somebody who agreed to no file."""
    if not (person_id or contact_id):
        raise ValidationError({"__all__": _("There is nothing to keep it with: print it, or begin from a contact.")})
    if kind in NAMING_OTHERS and not person_id:
        raise ValidationError({"__all__": _("It names other people, so without a file it is only printed.")})
    if person_id and not consent.holds(person_id, ConsentPurpose.KEEP_FILE):
        raise ValidationError({"__all__": _("The person no longer agrees that a file is kept.")})


def _departure(case_id: UUID | None, contact_id: UUID | None) -> tuple[CaseFile | None, Contact | None, UUID | None]:
    """Return the case file or contact, locked, and whose it is; exactly one of the two is asked for."""
    if bool(case_id) is bool(contact_id):
        raise ValidationError({"__all__": _("An outcome belongs to one case file or to one contact.")})
    if case_id:
        case = CaseFile.objects.select_for_update(of=("self",)).get(pk=case_id)
        if case.kind != CaseKind.PRE_DEPARTURE:
            raise ValidationError({"__all__": _("This case file is not about a departure.")})
        return case, None, case.person_id
    assert contact_id  # noqa: S101  (narrows the type: one of the two is there)
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    if contact.is_void:
        raise ValidationError({"__all__": _("This contact has been voided and no longer changes.")})
    return None, contact, contact.person_id


def _check_outcome(details: OutcomeDetails, case: CaseFile | None, contact: Contact | None) -> None:
    words = {
        "future": _("This day lies in the future."),
        "after_found": _("The day of leaving comes after the day you found out."),
        "before_found": _("The day to ask again must come later."),
    }
    problems = {name: words[code] for name, code in details.problems(today()).items()}
    problems |= _unknown(details)
    before = latest_outcome(case_id=case.pk if case else None, contact_id=contact.pk if contact else None)
    if "outcome" not in problems and before and not may_move(OUTCOME_MOVES, before.outcome, details.outcome):
        problems["outcome"] = _(
            "After “%(before)s” this cannot be: a new plan begins with a new case file or contact."
        ) % {"before": before.get_outcome_display()}
    if before and details.found_on < before.found_on:
        problems["found_on"] = _("Something later is already known; outcomes are added in the order of their days.")
    if problems:
        raise ValidationError(problems)


def _unknown(details: OutcomeDetails) -> dict[str, str]:
    unknown = _("Choose one of the values offered.")
    problems: dict[str, str] = {}
    if details.outcome not in Outcome.values:
        problems["outcome"] = unknown
    if details.stage not in OutcomeStage.values:
        problems["stage"] = unknown
    if details.outcome == Outcome.REGULAR and not details.scheme:
        problems["scheme"] = _("Say by which scheme the person left.")
    elif details.scheme and not codes.is_known("departure_scheme", details.scheme):
        problems["scheme"] = unknown
    if details.destination and not codes.is_known("destination", details.destination):
        problems["destination"] = unknown
    return problems
