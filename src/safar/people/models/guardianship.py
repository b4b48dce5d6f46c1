from django.db import models
from django.db.models import F, Q

from safar.kernel.models import Record
from safar.people.enums import GuardianBasis, GuardianRelation
from safar.people.models.person import Person
from safar.trust.models import Staff


class Guardianship(Record):
    """Why the file of a child may be kept: who agreed for the child, or who decided it for the child's protection.

    A guardian without a file, or whose file was erased, stands here by the relation alone.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guardianships")
    basis = models.CharField(max_length=12, choices=GuardianBasis.choices)
    relation = models.CharField(max_length=12, choices=GuardianRelation.choices, blank=True)
    guardian = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="wards")
    decided_by = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(basis=GuardianBasis.GUARDIAN) | ~Q(relation=""), name="guardian_has_a_relation"
            ),
            models.CheckConstraint(
                condition=~Q(basis=GuardianBasis.PROTECTION)
                | (~Q(decided_by="") & ~Q(reason="") & Q(decided_on__isnull=False)),
                name="protection_says_who_why_when",
            ),
            models.CheckConstraint(
                condition=Q(guardian=None) | ~Q(guardian=F("person")), name="nobody_is_their_own_guardian"
            ),
        ]

    def __str__(self) -> str:
        return self.basis
