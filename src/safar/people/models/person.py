import datetime as dt

from django.db import models
from django.db.models import F, Q

from safar.kernel.clock import now
from safar.kernel.models import Record
from safar.people.enums import NameScript
from safar.people.rules import UNKNOWN_AGE_BAND, Birth
from safar.trust.models import Centre


class Person(Record):
    """Somebody who agreed that a centre keeps a file on them; all others are served without one."""

    client_number = models.CharField(max_length=20, unique=True)
    family_name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80, blank=True)
    patronymic = models.CharField(max_length=80, blank=True)
    preferred_name = models.CharField(max_length=80, blank=True)
    name_script = models.CharField(max_length=5, choices=NameScript.choices)
    sex = models.CharField(max_length=8, default="unknown")
    birth_year = models.SmallIntegerField(null=True, blank=True)
    birth_month = models.SmallIntegerField(null=True, blank=True)
    birth_day = models.SmallIntegerField(null=True, blank=True)
    age_band = models.CharField(max_length=8, default=UNKNOWN_AGE_BAND)
    citizenship = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=16, blank=True)
    district = models.CharField(max_length=24, blank=True)
    language = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=32, default="unknown")
    education = models.CharField(max_length=32, default="unknown")
    employment = models.CharField(max_length=32, blank=True)
    heard_via = models.CharField(max_length=40, blank=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField()
    # Names the person had before, each [family, given, patronymic]: a married woman is still found by her father's name.
    former_names = models.JSONField(default=list, blank=True)
    # RESTRICT and not PROTECT: a whole cluster is erased in one delete, part of one never.
    # Its own index holds the few merged files only: of one over everybody the planner thinks it chooses nothing.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="absorbed", db_index=False
    )
    keyed_at = models.DateTimeField(default=now, editable=False)
    keys_version = models.CharField(max_length=12, blank=True, editable=False)

    class Meta:
        ordering = ["family_name", "given_name", "id"]
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_day=None) | Q(birth_month__isnull=False), name="birth_day_needs_its_month"
            ),
            models.CheckConstraint(
                condition=Q(birth_month=None) | Q(birth_year__isnull=False), name="birth_month_needs_its_year"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="nobody_is_merged_into_themselves"
            ),
        ]
        indexes = [
            models.Index(fields=["registered_on"]),
            models.Index(fields=["birth_year"]),
            models.Index(fields=["keyed_at"]),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged_into"),
        ]

    def __str__(self) -> str:
        return self.client_number

    @property
    def full_name(self) -> str:
        """The name as written, family name first, as offices of the region write it."""
        return " ".join(part for part in (self.family_name, self.given_name, self.patronymic) if part)

    @property
    def birth(self) -> Birth:
        return Birth(self.birth_year, self.birth_month, self.birth_day, self.age_band)

    def age_band_on(self, day: dt.date) -> str:
        return self.birth.age_band_on(day)


class ClientCounter(models.Model):
    """The last client number a centre gave out in a year."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["centre", "year"], name="one_counter_a_centre_and_year")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.year}"
