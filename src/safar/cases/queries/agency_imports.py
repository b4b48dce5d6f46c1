"""What taking over a register of agencies would do, before anything is written."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from safar.cases.importers.agencies import reading, rows
from safar.cases.importers.agencies.rows import Listed
from safar.cases.models import Agency, AgencyImport, AgencyLicence
from safar.cases.permissions import IMPORT_AGENCIES
from safar.cases.queries.agencies import full
from safar.cases.rules.agency_names import parse
from safar.kernel.actor import Actor, check_may

KEPT = ("tax_number", "region", "address", "phone", "website")
DATED = ("valid_until", "revoked_on", "reason")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing a register says otherwise than the one before; `licence` is the number it concerns."""

    field: str
    old: str
    new: str
    licence: str = ""


@dataclass(slots=True)
class AgencyPlan:
    """What becomes of one agency of the file: a new one, one that changes, or one that stays as it is."""

    listed: list[Listed]
    agency: Agency | None = None
    changes: list[Change] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.listed[0].name


@dataclass(frozen=True, slots=True)
class AgencyPreview:
    """What an import would do; `missing` are agencies of the newest register so far that this file no longer lists."""

    sha256: str
    as_of: dt.date
    sheets: list[reading.Sheet]
    read: rows.Reading
    plans: list[AgencyPlan]
    missing: list[Agency]
    earlier: AgencyImport | None

    @property
    def new(self) -> list[AgencyPlan]:
        return [plan for plan in self.plans if plan.agency is None]

    @property
    def changed(self) -> list[AgencyPlan]:
        return [plan for plan in self.plans if plan.agency and plan.changes]

    @property
    def same(self) -> int:
        return len(self.plans) - len(self.new) - len(self.changed)

    @property
    def aside(self) -> list[str]:
        """Return the headings of columns nobody asked for, which are kept with the licence."""
        return [column.heading for sheet in self.sheets for column in sheet.columns if not column.field]


def preview(content: bytes, *, as_of: dt.date, by: Actor) -> AgencyPreview:
    """Read a register and say what an import would do; raises NotAnAgencyListError."""
    check_may(by, IMPORT_AGENCIES)
    sheets = reading.sheets_of(content)
    read = rows.read(sheets)
    known = list(full())
    owner = {licence.number: agency for agency in known for licence in agency.licences.all()}
    plans = _plans(read.listed, known, owner)
    read = _without_foreign(read, plans, owner, sheets)
    listed = {plan.agency.pk for plan in plans if plan.agency}
    newest = max((agency.as_of for agency in known), default=None)
    sha256 = hashlib.sha256(content).hexdigest()
    return AgencyPreview(
        sha256=sha256,
        as_of=as_of,
        sheets=sheets,
        read=read,
        plans=plans,
        missing=[agency for agency in known if agency.as_of == newest and agency.pk not in listed],
        earlier=AgencyImport.objects.filter(sha256=sha256).first(),
    )


def _without_foreign(
    read: rows.Reading, plans: list[AgencyPlan], owner: dict[str, Agency], sheets: Sequence[reading.Sheet]
) -> rows.Reading:
    """Take rows out of the plans whose licence the register knows of another agency: somebody has to look at them."""
    problems = list(read.problems)
    letters = {sheet.number: column.letter for sheet in sheets for column in sheet.columns if column.field == "number"}
    for plan in list(plans):
        foreign = [one for one in plan.listed if owner.get(one.number, plan.agency) != plan.agency]
        problems += [
            rows.Problem(one.sheet, one.row, letters[one.sheet], "licence_of_another", one.number) for one in foreign
        ]
        plan.listed = [one for one in plan.listed if one not in foreign]
        if not plan.listed:
            plans.remove(plan)
    problems.sort(key=lambda each: (each.sheet, each.row, each.letter))
    return rows.Reading(tuple(one for plan in plans for one in plan.listed), tuple(problems))


def _plans(listed: Sequence[Listed], known: Sequence[Agency], owner: dict[str, Agency]) -> list[AgencyPlan]:
    whose = rows.identities(listed)
    groups: dict[str, AgencyPlan] = {}
    for one in listed:
        groups.setdefault(whose[one], AgencyPlan([])).listed.append(one)
    by_tax = {agency.tax_number: agency for agency in known if agency.tax_number}
    by_key: dict[str, list[Agency]] = {}
    for agency in known:
        for name in agency.names.all():
            by_key.setdefault(name.key, []).append(agency)
    for plan in groups.values():
        plan.agency = _known(plan, by_tax, by_key, owner)
        if plan.agency:
            plan.changes = _changes(plan, plan.agency)
    return list(groups.values())


def _known(
    plan: AgencyPlan,
    by_tax: dict[str, Agency],
    by_key: dict[str, list[Agency]],
    owner: dict[str, Agency],
) -> Agency | None:
    """Return the agency of the register a group of rows means: by tax number, else by licence, else by name."""
    tax_number = next((one.tax_number for one in plan.listed if one.tax_number), "")
    if tax_number and tax_number in by_tax:
        return by_tax[tax_number]
    found = [owner[one.number] for one in plan.listed if one.number in owner]
    found += [agency for one in plan.listed for agency in by_key.get(one.key, [])]
    # Two firms of one name stay two firms as soon as both have a tax number.
    return next((one for one in found if not (tax_number and one.tax_number and one.tax_number != tax_number)), None)


def _changes(plan: AgencyPlan, agency: Agency) -> list[Change]:
    names = {name.name for name in agency.names.all()}
    found = [Change("name", agency.name, name) for name in names_of(plan) if name not in names]
    for name in KEPT:
        new = told(plan.listed, name)
        if new and new != getattr(agency, name):
            found.append(Change(name, getattr(agency, name), new))
    if any(one.is_state for one in plan.listed) and not agency.is_state:
        found.append(Change("is_state", "", "yes"))
    licences = {(licence.number, licence.valid_from): licence for licence in agency.licences.all()}
    for one in plan.listed:
        found += _of_licence(one, licences.get((one.number, one.valid_from)))
    return list(dict.fromkeys(found))


def _of_licence(one: Listed, licence: AgencyLicence | None) -> list[Change]:
    """Return what a row says otherwise; what a newer register leaves blank it does not take back."""
    if licence is None:
        return [Change("licence", "", one.valid_from.isoformat(), one.number)]
    found = [
        Change(name, str(getattr(licence, name) or ""), str(value), one.number)
        for name in DATED
        if (value := getattr(one, name)) and value != getattr(licence, name)
    ]
    spells = {spell.suspended_from: spell.suspended_until for spell in licence.suspensions.all()}
    if one.suspended_from and one.suspended_from not in spells:
        found.append(Change("suspended_from", "", one.suspended_from.isoformat(), one.number))
    elif one.suspended_from and one.suspended_until and one.suspended_until != spells[one.suspended_from]:
        old = str(spells[one.suspended_from] or "")
        found.append(Change("suspended_until", old, one.suspended_until.isoformat(), one.number))
    return found


def told(listed: Sequence[Listed], name: str) -> str:
    """Return what the last row that says something says."""
    return next((value for one in reversed(listed) if (value := getattr(one, name))), "")


def names_of(plan: AgencyPlan) -> list[str]:
    """Return every name the file gives an agency, each once."""
    every = [name for one in plan.listed for name in (one.name, *one.other_names)]
    return [name for name in dict.fromkeys(every) if parse(name).keys]
