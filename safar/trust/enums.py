"""Closed sets of the trust domain."""

from django.db.models import TextChoices
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


class Theme(TextChoices):
    SYSTEM = "system", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
