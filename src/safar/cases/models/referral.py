import datetime as dt

from django.db import models
from django.db.models import Q

from safar.cases.enums.referrals import ClientAnswer, LinkEnd, ReferralState, Via
from safar.cases.models.case_file import CaseFile
from safar.cases.models.contact import Contact
from safar.cases.rules.referrals import TELLING_SERVICES
from safar.kernel.models import Record
from safar.partners.models import Partner
from safar.people.enums import SharedField
from safar.people.models import Person
from safar.trust.models import Centre, Staff


class Referral(Record):
    """A request to another institution or centre to serve somebody, followed until the client says what came of it.

    `fields` is what is told of the person. One that has left names the consent it left under. `due_on` is always the next
    date: by when the recipient answers, the service starts, or the client is asked.
    """

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    former_person_key = models.UUIDField(null=True, blank=True)
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals", db_index=False
    )
    case_file = models.ForeignKey(
        CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals", db_index=False
    )
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=32)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Another centre of this node, which works on it at its own desk.
    to_centre = models.ForeignKey(Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=120)
    urgency = models.CharField(max_length=16, default="routine")
    state = models.CharField(max_length=16, choices=ReferralState.choices, default=ReferralState.DRAFT)
    due_on = models.DateField()
    text = models.TextField(blank=True)
    fields = models.JSONField(default=list, blank=True)
    abroad = models.BooleanField(default=False)
    # A key, no foreign key: decisions end by their own term, and that there was one is what counts here.
    consent_key = models.UUIDField(null=True, blank=True)
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    proposed_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    # How it ended as a service; the state goes on to what the client said.
    outcome = models.CharField(max_length=16, choices=ReferralState.choices, blank=True)
    client_answer = models.CharField(max_length=12, choices=ClientAnswer.choices, blank=True)

    class Meta:
        ordering = ["-made_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(contact__isnull=False) | Q(former_person_key__isnull=False),
                name="referral_is_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(sent_at=None) | Q(consent_key__isnull=False),
                name="sent_referral_names_its_consent",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "state", "due_on"]),
            models.Index(fields=["to_centre", "state"]),
            models.Index(fields=["centre", "sent_on"]),
            # Most referrals have only one of the two: of an index full of nothing the planner thinks it chooses nothing.
            models.Index(fields=["contact"], condition=Q(contact__isnull=False), name="referral_of_contact"),
            models.Index(fields=["case_file"], condition=Q(case_file__isnull=False), name="referral_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.made_on}"

    @property
    def told(self) -> frozenset[str]:
        """What this referral tells of the person: the fields chosen, and the need as soon as there are words about it.

        Some services tell the need by their name alone: a shelter, the mechanism for victims of trafficking.
        """
        tells_need = self.text or self.service in TELLING_SERVICES
        return frozenset(self.fields) | ({SharedField.NEED} if tells_need else frozenset())


class ReferralMove(Record):
    """One step of a referral: from which state to which, when, why, and who wrote it; a proposed day changes no state.

    A step somebody else wrote is news to the sender until they have seen it.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=16, choices=ReferralState.choices, blank=True)
    to_state = models.CharField(max_length=16, choices=ReferralState.choices)
    moved_on = models.DateField()
    reason_code = models.CharField(max_length=32, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    proposed_on = models.DateField(null=True, blank=True)
    via = models.CharField(max_length=8, choices=Via.choices, default=Via.DESK)
    seen_at = models.DateTimeField(null=True, blank=True)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [
            models.Index(fields=["referral"], condition=Q(seen_at=None) & ~Q(via=Via.DESK), name="referral_move_unseen")
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"

    @property
    def is_news(self) -> bool:
        return self.via != Via.DESK and self.seen_at is None


class ReferralLink(Record):
    """The one way into one referral for a recipient without an account, until its last day, until it is revoked or the referral is over.

    Only hashes are kept of what opens it: of the token, of the code told by phone, and of the key in the browser that opened it
    first.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, blank=True)
    browser_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=12)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=12, choices=LinkEnd.choices, blank=True)
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at=None), name="one_link_a_referral_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return f"{self.language} {self.expires_at:%Y-%m-%d}"

    def is_live_at(self, moment: dt.datetime) -> bool:
        return self.ended_at is None and moment < self.expires_at
