import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.cases.actions import contacts
from safar.cases.importers.register import store
from safar.cases.importers.register.reading import doubled_fields
from safar.cases.importers.register.rows import Visit
from safar.cases.models import Contact, ContactTopic, RegisterImport, RegisterRow
from safar.cases.queries.registers import Choices, ImportPreview, PersonPlan, preview
from safar.cases.rules.contacts import ContactDetails
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import now
from safar.people.actions import persons
from safar.people.enums import RegistrationSource
from safar.people.models import Person
from safar.people.permissions import IMPORT_REGISTER
from safar.people.rules import ConsentDetails, band_of
from safar.trust.actions import audit
from safar.trust.models import Centre
from safar.trust.queries.profile import profile

TEXT_OF_REGISTER = "register"
_NOON = dt.time(12)  # a register says the day only


@transaction.atomic
def take_over(*, content: bytes, file_name: str, centre: Centre, choices: Choices, by: Actor) -> RegisterImport:
    """Import a register: the readable rows nobody took over before, all in one transaction; the file stays as it came."""
    check_may(by, IMPORT_REGISTER)
    plan = preview(content, centre=centre, choices=choices, by=by)
    if plan.earlier:
        return plan.earlier
    if any(doubled_fields(sheet) for sheet in plan.sheets):
        raise ValidationError({"__all__": _("Two columns are taken for the same thing. Choose one of them.")})
    register = _register(plan, file_name, centre, by)
    person_of: dict[tuple[int, int], Person] = {}
    for person_plan in plan.plans:
        person = person_plan.person or _new_person(person_plan, centre, by)
        person_of |= {(visit.sheet, visit.row): person for visit in person_plan.group.visits}
    _write(plan, register, person_of, by)
    store.keep(content)
    audit.record(
        by=by, action="cases.register.take_over", subject_key=register.pk, fields=[f"{register.contacts} contacts"]
    )
    for person_plan in plan.plans:
        if person_plan.person:
            audit.record(
                by=by,
                action="cases.register.add_visits",
                person_key=person_plan.person.pk,
                subject_key=register.pk,
                fields=["contacts"],
            )
    return register


def _register(plan: ImportPreview, file_name: str, centre: Centre, by: Actor) -> RegisterImport:
    return RegisterImport.objects.create(
        sha256=plan.sha256,
        file_name=file_name[:200],
        centre=centre,
        imported_by_id=by.staff_id,
        mapping={column.key: column.field for sheet in plan.sheets for column in sheet.columns if column.field},
        consent_on_paper=plan.choices.consent_on_paper,
        rows=len(plan.read.visits) + plan.blocked,
        rows_refused=plan.blocked,
        rows_known=plan.known,
        rows_changed=plan.comparison.changed,
        contacts=len(plan.fresh),
        people_registered=plan.new_people,
        people_matched=plan.matched_people,
    )


def _new_person(plan: PersonPlan, centre: Centre, by: Actor) -> Person:
    consent = ConsentDetails(
        purpose="keep_file",
        granted=True,
        text_version=TEXT_OF_REGISTER,
        language=plan.details.language or profile().default_language,
        method="written",
    )
    first_day = min(visit.day for visit in plan.group.visits)
    return persons.register(
        details=plan.details,
        consents_given=[consent],
        centre=centre,
        registered_on=first_day,
        source=RegistrationSource.IMPORT,
        by=by,
    )


def _write(plan: ImportPreview, register: RegisterImport, person_of: dict[tuple[int, int], Person], by: Actor) -> None:
    new_contacts: list[Contact] = []
    topics: list[ContactTopic] = []
    taken: list[RegisterRow] = []
    for place in sorted(plan.comparison.fresh):
        visit, mark = plan.read.visits[place], plan.marks[place]
        person = person_of.get((visit.sheet, visit.row))
        contact = Contact(centre=register.centre, person_id=person.pk if person else None)
        details = contact_details(visit, plan.mode_of(visit), named=person is not None)
        contacts.fill(contact, details)
        new_contacts.append(contact)
        topics += contacts.rows_of(contact, details)[0]
        taken.append(_taken_row(register, visit, mark.base, mark.exact, contact.pk))
    Contact.objects.bulk_create(new_contacts, batch_size=500)
    ContactTopic.objects.bulk_create(topics, batch_size=500)
    RegisterRow.objects.bulk_create(taken, batch_size=500)


def _taken_row(register: RegisterImport, visit: Visit, base: str, exact: str, contact_id: UUID) -> RegisterRow:
    return RegisterRow(
        register=register, sheet=visit.sheet, sheet_row=visit.row, base=base, fingerprint=exact, contact_id=contact_id
    )


def contact_details(visit: Visit, mode: str, *, named: bool) -> ContactDetails:
    """Return a visit as a contact. Of somebody who stands there by name without consent no words are kept."""
    may_keep_words = named or not visit.name
    age = visit.age if visit.born is None else visit.day.year - visit.born.year
    if visit.born and visit.born.month and (visit.day.month, visit.day.day) < (visit.born.month, visit.born.day or 1):
        age = (age or 0) - 1
    return ContactDetails(
        occurred_at=min(timezone.make_aware(dt.datetime.combine(visit.day, _NOON)), now()),
        mode=mode,
        topics=visit.topics or ("other",),
        topic_text=visit.topic_text if may_keep_words else "",
        destination=visit.destination,
        language=visit.language,
        sex=visit.sex or "unknown",
        age_band="unknown" if age is None else band_of(age),
        region=visit.region,
        category=visit.category or "unknown",
        nameless_reason="" if named else "old_register",
        note=visit.note if may_keep_words else "",
        heard_via=visit.heard_via,
    )
