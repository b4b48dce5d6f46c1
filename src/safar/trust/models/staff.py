from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from safar.kernel.models import Record
from safar.trust.enums import Theme
from safar.trust.models.centre import Centre


class StaffManager(BaseUserManager["Staff"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Staff":
        staff = self.model(email=self.normalize_email(email).lower(), **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff

    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(email__iexact=username)


class Staff(Record, AbstractBaseUser):
    """A member of a centre's team or of a partner authority who may sign in."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    centre = models.ForeignKey(Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    language = models.CharField(max_length=8, default="en")
    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.SYSTEM)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = StaffManager()

    class Meta:
        ordering = ["full_name", "id"]
        verbose_name_plural = "staff"

    def __str__(self) -> str:
        return self.full_name


class RoleAssignment(Record):
    """A role a member of staff holds, since when, and until when."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(max_length=32)
    granted_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "role"], condition=models.Q(ended_at=None), name="one_open_assignment_a_role"
            ),
        ]

    def __str__(self) -> str:
        return self.role
