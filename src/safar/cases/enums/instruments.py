"""Closed sets of assessments: where an instrument comes from, how answers came in, and the states with their moves as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Origin(TextChoices):
    SHIPPED = "shipped", _("Comes with Safar")
    CENTRE = "centre", _("Added by a centre")


class VersionState(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("In use")
    REPLACED = "replaced", _("Replaced by a newer version")
    RETIRED = "retired", _("No longer used")


VERSION_MOVES: dict[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.PUBLISHED, VersionState.RETIRED}),
    VersionState.PUBLISHED: frozenset({VersionState.REPLACED, VersionState.RETIRED}),
    # What was given under an old version stays readable under it; it is never asked again.
    VersionState.REPLACED: frozenset(),
    VersionState.RETIRED: frozenset({VersionState.PUBLISHED}),
}


class HowFilled(TextChoices):
    SCREEN = "screen", _("Filled on the screen")
    PAPER = "paper", _("Keyed from paper")
    IMPORT = "import", _("Imported")


class AssessmentState(TextChoices):
    DONE = "done", _("Filled")
    AWAITING = "awaiting", _("Waits for the supervisor")
    WATCHED = "watched", _("Talk again")
    OFFERED = "offered", _("Referral offered to the person")
    NO_STEP = "no_step", _("No further step for now")
    VOIDED = "voided", _("Filled by mistake")


ASSESSMENT_MOVES: dict[AssessmentState, frozenset[AssessmentState]] = {
    AssessmentState.DONE: frozenset({AssessmentState.VOIDED}),
    AssessmentState.AWAITING: frozenset(
        {AssessmentState.WATCHED, AssessmentState.OFFERED, AssessmentState.NO_STEP, AssessmentState.VOIDED}
    ),
    AssessmentState.WATCHED: frozenset({AssessmentState.OFFERED, AssessmentState.NO_STEP}),
    AssessmentState.OFFERED: frozenset({AssessmentState.WATCHED, AssessmentState.NO_STEP}),
    AssessmentState.NO_STEP: frozenset({AssessmentState.WATCHED, AssessmentState.OFFERED}),
    AssessmentState.VOIDED: frozenset(),
}
DECISIONS = frozenset({AssessmentState.WATCHED, AssessmentState.OFFERED, AssessmentState.NO_STEP})


class Subject(TextChoices):
    PERSON = "person", _("A person with a file")
    CASE = "case", _("A case file")
    CONTACT = "contact", _("A contact")
