"""Taking over a register of agencies: what it adds, what it changes, and nothing it leaves out is taken away."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from safar.cases.importers.agencies import store
from safar.cases.importers.agencies.reading import NotAnAgencyListError
from safar.cases.importers.agencies.rows import Listed
from safar.cases.models import Agency, AgencyChange, AgencyImport, AgencyLicence, AgencyName, LicenceSuspension
from safar.cases.permissions import IMPORT_AGENCIES
from safar.cases.queries.agency_imports import DATED, KEPT, AgencyPlan, AgencyPreview, names_of, preview, told
from safar.cases.rules.agency_names import parse
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.trust.actions import audit


@transaction.atomic
def take_over(
    *, content: bytes, file_name: str, as_of: dt.date, source: str, is_demo: bool = False, by: Actor
) -> AgencyImport:
    """Import a register: agencies and licences that are new or say something new, all in one transaction."""
    check_may(by, IMPORT_AGENCIES)
    _check(as_of, source)
    try:
        plan = preview(content, as_of=as_of, by=by)
    except NotAnAgencyListError as error:
        raise ValidationError({"file": _("The file cannot be read as a register of agencies.")}) from error
    if plan.earlier:
        return plan.earlier
    register = _register(plan, file_name, source, by, is_demo=is_demo)
    for each in plan.plans:
        _take(each, register)
    store.keep(content)
    audit.record(
        by=by, action="cases.agency.take_over", subject_key=register.pk, fields=[f"{len(plan.plans)} agencies"]
    )
    return register


def _check(as_of: dt.date, source: str) -> None:
    problems: dict[str, str] = {}
    if as_of > today():
        problems["as_of"] = _("This day lies in the future.")
    if not source.strip():
        problems["source"] = _("Say where the register comes from.")
    if problems:
        raise ValidationError(problems)


def _register(plan: AgencyPreview, file_name: str, source: str, by: Actor, *, is_demo: bool) -> AgencyImport:
    return AgencyImport.objects.create(
        sha256=plan.sha256,
        file_name=file_name[:200],
        as_of=plan.as_of,
        source=source.strip(),
        is_demo=is_demo,
        imported_by_id=by.staff_id,
        rows=len(plan.read.listed) + plan.read.refused,
        rows_refused=plan.read.refused,
        agencies_new=len(plan.new),
        agencies_changed=len(plan.changed),
        agencies_same=plan.same,
    )


def _take(plan: AgencyPlan, register: AgencyImport) -> None:
    agency = plan.agency or Agency(name=plan.name, is_demo=register.is_demo, as_of=register.as_of)
    newest = register.as_of >= agency.as_of
    for name in KEPT:
        new = told(plan.listed, name)
        if new and (newest or not getattr(agency, name)):
            setattr(agency, name, new)
    agency.is_state = agency.is_state or any(one.is_state for one in plan.listed)
    if newest:
        agency.name, agency.as_of = plan.listed[-1].name, register.as_of
    agency.save()
    for name in names_of(plan):
        AgencyName.objects.get_or_create(agency=agency, name=name, defaults={"key": parse(name).key})
    for one in plan.listed:
        _licence(agency, one, register, newest=newest)
    AgencyChange.objects.bulk_create(
        AgencyChange(
            agency=agency,
            register=register,
            licence=each.licence,
            field=each.field,
            old=each.old[:300],
            new=each.new[:300],
        )
        for each in plan.changes
    )


def _licence(agency: Agency, one: Listed, register: AgencyImport, *, newest: bool) -> None:
    """Add or change a licence; an older register taken over late adds what nobody knew and overrules nothing."""
    licence, is_new = AgencyLicence.objects.get_or_create(
        number=one.number,
        valid_from=one.valid_from,
        defaults={"agency": agency, "source": register.source, "as_of": register.as_of},
    )
    for name in DATED:
        if (value := getattr(one, name)) and (newest or is_new or not getattr(licence, name)):
            setattr(licence, name, value)
    licence.other = licence.other | dict(one.other)
    if newest:
        licence.as_of, licence.source = register.as_of, register.source
    licence.save()
    if one.suspended_from:
        spell, _is_new = LicenceSuspension.objects.get_or_create(licence=licence, suspended_from=one.suspended_from)
        if one.suspended_until and (newest or spell.suspended_until is None):
            spell.suspended_until = one.suspended_until
            spell.save(update_fields=["suspended_until"])
