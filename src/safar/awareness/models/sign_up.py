from django.db import models

from safar.awareness.models.session import Session
from safar.kernel.models import Record


class SignUp(Record):
    """A place in a public session taken from the portal; name and phone are given only by those who want to be told of changes."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="sign_ups")
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=12)
    reference = models.CharField(max_length=12, unique=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.reference
