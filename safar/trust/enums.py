"""Closed sets of the trust domain."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CentreKind(TextChoices):
    CENTRE = "centre", _("Centre")
    OUTREACH_POINT = "outreach_point", _("Outreach point")
    MOBILE_TEAM = "mobile_team", _("Mobile team")


class AuditVerb(TextChoices):
    """What an audit row says happened: a read of a person is as much an event as a change."""

    READ = "read", _("Opened")
    SEARCH = "search", _("Searched")
    WRITE = "write", _("Changed")
    EXPORT = "export", _("Exported")
    ERASE = "erase", _("Erased")
    SIGN_IN = "sign_in", _("Signing in")


class Theme(TextChoices):
    SYSTEM = "system", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


# What the trail's action codes say to a reader. Every domain may have such a map in its enums; codes are never reused.
AUDIT_LABELS: dict[str, str | Promise] = {
    "trust.staff.add": _("Added a member of staff"),
    "trust.staff.change": _("Changed a member of staff"),
    "trust.staff.set_roles": _("Changed somebody's roles"),
    "trust.staff.deactivate": _("Closed a member of staff's access"),
    "trust.staff.reactivate": _("Reopened a member of staff's access"),
    "trust.staff.password_link": _("Made a link to choose a password"),
    "trust.staff.preferences": _("Changed own language or appearance"),
    "trust.centre.add": _("Added a centre"),
    "trust.centre.change": _("Changed a centre"),
    "trust.centre.close": _("Closed a centre"),
    "trust.audit.export": _("Exported the audit trail"),
    "trust.account.sign_in_failed": _("Sign-in failed: wrong password"),
    "trust.account.code_failed": _("Sign-in failed: wrong second factor"),
    "trust.account.locked_out": _("Sign-in locked after repeated failures"),
    "trust.account.password_chosen": _("Chose a new password"),
    "trust.account.factor_added": _("Added a second factor"),
    "trust.account.factor_removed": _("Removed a second factor"),
    "trust.account.factor_reset": _("Made new recovery codes"),
    "trust.subject.export": _("Exported everything held about a person"),
    "trust.subject.erase": _("Erased a person"),
}
