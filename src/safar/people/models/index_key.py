from django.db import models

from safar.people.models.person import Person


class IndexKey(models.Model):
    """One way into the registry for a name: a number that every spelling of it shares.

    `key` is negative for a pair of parts (equal or not) and positive for typing (a range of numbers is a beginning); rules in
    `people.rules`. `year` is the year of birth, 0 when it is not known.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="index_keys")
    key = models.BigIntegerField()
    year = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["key", "year"])]

    def __str__(self) -> str:
        return f"key {self.pk}"


class NearName(models.Model):
    """A skeleton of a name with one sign left out, so that a slip of the pen still finds the name; it names nobody."""

    variant = models.CharField(max_length=80)
    bones = models.CharField(max_length=80)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["variant", "bones"], name="one_row_a_variant_and_skeleton")]

    def __str__(self) -> str:
        return f"variant {self.pk}"
