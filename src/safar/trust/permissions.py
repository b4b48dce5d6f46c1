"""Roles are code: a description people can read and an explicit list of what each may do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safar.kernel.actor import Permission

SEE_AUDIT = Permission("trust.audit.read", _("See who did and saw what"))
MANAGE_STAFF = Permission("trust.staff.manage", _("Add members of staff and give roles"))
MANAGE_CENTRES = Permission("trust.centre.manage", _("Open, change and close centres"))
SEE_SETTINGS = Permission("trust.settings.read", _("See centres, country profile and roles"))
ANSWER_SUBJECT_REQUESTS = Permission(
    "trust.subject_request.answer", _("Export or erase what is held about a person, at that person's request")
)
RECEIVE_SUBJECT_REQUESTS = Permission(
    "trust.subject_request.receive",
    _("Note that a person asks about their own data, and see until when it is answered"),
)
WRITE_SEALED = Permission("trust.sealed.write", _("Seal a note on trafficking, violence or health"))
READ_SEALED = Permission(
    "trust.sealed.read", _("Be named a reader of sealed notes: ask to open them, agree to a colleague’s request")
)
NAME_READERS = Permission(
    "trust.sealed.appoint", _("Name the readers of sealed notes and decide on requests to open them")
)
MANAGE_RETENTION = Permission("trust.retention.manage", _("See what is about to end, end it, and put records on hold"))
KEEP_REGISTER = Permission("trust.register.manage", _("Answer the processing register and take it out"))
USE_DESK = Permission("trust.desk.use", _("Sign in to the desk"))

PERMISSIONS = [SEE_AUDIT, MANAGE_STAFF, MANAGE_CENTRES, SEE_SETTINGS, ANSWER_SUBJECT_REQUESTS, USE_DESK]
PERMISSIONS += [RECEIVE_SUBJECT_REQUESTS]
PERMISSIONS += [WRITE_SEALED, READ_SEALED, NAME_READERS, MANAGE_RETENTION, KEEP_REGISTER]


@dataclass(frozen=True, slots=True)
class Role:
    """What a member of staff is at the centre, and with it what they may do."""

    code: str
    name: str | Promise
    description: str | Promise
    permissions: frozenset[str]
    sees_people: bool


_CLIENT_WORK = frozenset(
    {
        "trust.subject_request.receive",
        "people.person.search",
        "people.person.search_widely",
        "people.person.merge",
        "people.person.read",
        "people.person.register",
        "people.person.change",
        "people.consent.record",
        "cases.contact.record",
        "cases.contact.read",
        "cases.case.manage",
        "cases.cohort.read",
        "cases.opinion.ask",
        "cases.referral.manage",
        "cases.assessment.fill",
        "cases.assessment.sensitive",
        "partners.service.check",
        "cases.departure.prepare",
        "cases.departure.outcome",
        "cases.day.run",
        "trust.sealed.write",
        "trust.sealed.read",
        "cases.offer.check",
        "cases.complaint.take",
        "cases.complaint.follow",
    }
)
_SESSION_WORK = frozenset({"awareness.session.read", "awareness.session.manage", "awareness.attendance.record"})
_EVERYBODY = frozenset({"trust.desk.use", "guide.fact.read", "partners.partner.read", "insights.report.read"})

ADMINISTRATOR = "administrator"

ROLES: dict[str, Role] = {
    role.code: role
    for role in [
        Role(
            "counsellor",
            _("Counsellor"),
            _("Receives people, counsels them before departure and after return, refers them and follows up."),
            _EVERYBODY
            | _CLIENT_WORK
            | {
                "awareness.session.read",
                "awareness.attendance.record",
                "messaging.message.send",
                "messaging.inbox.answer",
            },
            sees_people=True,
        ),
        Role(
            "outreach_officer",
            _("Outreach officer"),
            _(
                "Prepares and holds awareness sessions in the regions, registers people who ask for counselling there, runs campaigns."
            ),
            _EVERYBODY
            | _SESSION_WORK
            | {
                "people.person.search",
                "people.person.register",
                "people.consent.record",
                "people.person.read",
                "cases.contact.record",
                "cases.contact.read",
                "cases.opinion.ask",
                "cases.offer.check",
                "cases.departure.prepare",
                "cases.day.run",
                "campaigns.campaign.read",
                "campaigns.campaign.manage",
                "partners.partner.manage",
                "partners.service.check",
            },
            sees_people=True,
        ),
        Role(
            "coordinator",
            _("Coordinator"),
            _("Plans the month, approves sessions, checks figures, answers to ministry and donor."),
            _EVERYBODY
            | _CLIENT_WORK
            | _SESSION_WORK
            | {
                "awareness.session.approve",
                "cases.assessment.decide",
                "cases.assessment.export",
                "cases.instrument.manage",
                "cases.supervision.see",
                "cases.approval.decide",
                "campaigns.campaign.read",
                "campaigns.campaign.manage",
                "partners.partner.manage",
                "cases.referral.oversee",
                "guide.fact.manage",
                "insights.report.freeze",
                "insights.report.rows",
                "insights.report.export",
                "people.register.import",
                "cases.agency.import",
                "messaging.message.send",
                "messaging.inbox.answer",
                "trust.settings.read",
                "network.bundle.seal",
                "cases.rota.plan",
            },
            sees_people=True,
        ),
        Role(
            "network_analyst",
            _("Network analyst"),
            _("Compares centres across the network from protected tables; never sees a person."),
            frozenset({"trust.desk.use", "insights.report.read", "insights.report.export", "guide.fact.read"}),
            sees_people=False,
        ),
        Role(
            "ministry_viewer",
            _("Ministry viewer"),
            _("Reads published figures and the guide on behalf of the host authority; never sees a person."),
            frozenset({"trust.desk.use", "insights.report.read", "guide.fact.read"}),
            sees_people=False,
        ),
        Role(
            "data_protection_officer",
            _("Data-protection officer"),
            _(
                "Reads the audit trail, answers requests to see or erase what is held, withdraws consent on a person's behalf."
            ),
            frozenset(
                {
                    "trust.desk.use",
                    "trust.audit.read",
                    "trust.settings.read",
                    "trust.subject_request.answer",
                    "trust.subject_request.receive",
                    "trust.sealed.read",
                    "trust.sealed.appoint",
                    "trust.retention.manage",
                    "trust.register.manage",
                    "cases.complaint.follow",
                    "cases.complaint.independent",
                    "people.person.search",
                    "people.person.search_widely",
                    "people.person.read",
                    "people.consent.record",
                }
            ),
            sees_people=True,
        ),
        Role(
            "administrator",
            _("Administrator"),
            _("Runs the installation: staff, roles, centres. Holds no right to open a person's file."),
            frozenset(
                {
                    "trust.desk.use",
                    "trust.staff.manage",
                    "trust.centre.manage",
                    "trust.settings.read",
                    "trust.audit.read",
                    "guide.fact.read",
                }
            ),
            sees_people=False,
        ),
    ]
}


def permissions_of(role_codes: list[str]) -> frozenset[str]:
    """Return everything the given roles allow together; a code that is no longer a role allows nothing."""
    return frozenset().union(*(ROLES[code].permissions for code in role_codes if code in ROLES))
