from django.db import models
from django.db.models import Q

from safar.cases.enums.contacts import FlagKind, NamelessReason, RevisionKind
from safar.kernel.models import Record
from safar.people.models import Person
from safar.trust.models import Centre, Staff


class Contact(Record):
    """One conversation of a counsellor with somebody who asked, with a file or without a name.

    Sex, age band, place and category stand here only for people without a file, or whose file was erased since; of others
    the registry knows them.
    Whether it is a person's first contact is never typed: it follows from the contacts before it.
    """

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts")
    # After a person's file has been erased their contacts stay countable as one person, under a key that leads nowhere.
    former_person_key = models.UUIDField(null=True, blank=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    occurred_at = models.DateTimeField()
    duration_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    mode = models.CharField(max_length=24)
    initiator = models.CharField(max_length=24, default="self")
    who_asked = models.CharField(max_length=12, default="self")
    language = models.CharField(max_length=12, blank=True)
    sex = models.CharField(max_length=8, blank=True)
    age_band = models.CharField(max_length=8, blank=True)
    region = models.CharField(max_length=16, blank=True)
    district = models.CharField(max_length=24, blank=True)
    category = models.CharField(max_length=32, blank=True)
    nameless_reason = models.CharField(max_length=16, choices=NamelessReason.choices, blank=True)
    primary_topic = models.CharField(max_length=32)
    topic_text = models.CharField(max_length=200, blank=True)
    destination = models.CharField(max_length=16, blank=True)
    checked_items = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    next_step = models.CharField(max_length=24, default="none")
    follow_up_on = models.DateField(null=True, blank=True)
    follow_up_done_at = models.DateTimeField(null=True, blank=True)
    follow_up_outcome = models.CharField(max_length=24, blank=True)
    heard_via = models.CharField(max_length=40, blank=True)
    campaign_code = models.CharField(max_length=40, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-occurred_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up_done_at=None) | Q(follow_up_on__isnull=False), name="done_follow_up_had_a_date"
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(former_person_key=None), name="contact_has_a_person_or_had_one"
            ),
        ]
        indexes = [
            # What is counted every day is counted from the index alone, so more stands in it than is looked up by.
            models.Index(fields=["centre", "occurred_at", "counsellor", "voided_at"]),
            models.Index(fields=["person", "occurred_at", "voided_at"]),
            models.Index(fields=["counsellor", "recorded_at"]),
            models.Index(
                fields=["former_person_key", "occurred_at"],
                condition=Q(former_person_key__isnull=False),
                name="contact_former_person",
            ),
            # Without the second condition it would hold every contact nobody was to be followed up after.
            models.Index(
                fields=["centre", "follow_up_on", "person", "counsellor", "voided_at"],
                condition=Q(follow_up_done_at=None, follow_up_on__isnull=False),
                name="contact_follow_up_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occurred_at:%Y-%m-%d} {self.mode}"

    @property
    def is_named(self) -> bool:
        return self.person_id is not None

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None


class ContactTopic(models.Model):
    """One topic of a contact; the primary one is among them."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=32)
    primary = models.BooleanField(default=False)

    class Meta:
        ordering = ["-primary", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "topic"], name="one_row_a_contact_and_topic"),
            models.UniqueConstraint(fields=["contact"], condition=Q(primary=True), name="one_primary_topic_a_contact"),
        ]

    def __str__(self) -> str:
        return self.topic


class ContactAdvice(models.Model):
    """One answer card the client was told, in the version that held on that day."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="advice")
    # The guide's key and version, no foreign key: what was said stays readable whatever the guide removes later.
    fact_key = models.CharField(max_length=80)
    fact_version = models.UUIDField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["contact", "fact_key"], name="one_row_a_contact_and_fact")]

    def __str__(self) -> str:
        return self.fact_key


class ContactFlag(models.Model):
    """One red flag seen in a contact, about the person or about an offer."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="red_flags")
    kind = models.CharField(max_length=20, choices=FlagKind.choices)
    code = models.CharField(max_length=32)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["contact", "kind", "code"], name="one_row_a_contact_and_flag")]

    def __str__(self) -> str:
        return self.code


class ContactRevision(Record):
    """What a contact said before it was corrected or voided, by whom it was changed and why."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="revisions")
    kind = models.CharField(max_length=12, choices=RevisionKind.choices)
    changed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    old_values = models.JSONField(default=dict)

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.recorded_at:%Y-%m-%d}"
