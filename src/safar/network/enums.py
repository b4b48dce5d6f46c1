"""Closed sets of the network."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BundleState(TextChoices):
    """Where a bundle stands. Sending it to a hub is not built yet, so each one waits here until somebody takes it there."""

    WAITING = "waiting", _("Waiting")
