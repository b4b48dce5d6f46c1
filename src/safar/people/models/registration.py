from django.db import models

from safar.kernel.models import Record
from safar.people.enums import LinkVerb, RegistrationSource
from safar.trust.models import Centre, Staff


class Registration(Record):
    """What was given when somebody was registered, word for word; the database refuses to change it."""

    # A key and no foreign key: the registration is erased after the file, under `kernel.database.removal`.
    person_key = models.UUIDField(db_index=True)
    source = models.CharField(max_length=8, choices=RegistrationSource.choices, default=RegistrationSource.DESK)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField()
    family_name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80, blank=True)
    patronymic = models.CharField(max_length=80, blank=True)
    sex = models.CharField(max_length=8, default="unknown")
    birth_year = models.SmallIntegerField(null=True, blank=True)
    birth_month = models.SmallIntegerField(null=True, blank=True)
    birth_day = models.SmallIntegerField(null=True, blank=True)
    region = models.CharField(max_length=16, blank=True)
    district = models.CharField(max_length=24, blank=True)
    phone_tails = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"registration {self.pk}"


class IdentityLink(Record):
    """One line of the append-only ledger that says which file a registration belongs to, who said so and on what evidence."""

    registration = models.ForeignKey(
        Registration, on_delete=models.DO_NOTHING, db_constraint=False, related_name="links"
    )
    person_key = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=8, choices=LinkVerb.choices)
    merge_key = models.UUIDField(null=True, blank=True)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    bits = models.FloatField(null=True, blank=True)
    probability = models.FloatField(null=True, blank=True)
    model_version = models.CharField(max_length=32, blank=True)
    keys_version = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.registration_id}"
