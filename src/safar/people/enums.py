"""Closed sets of the registry; open lists such as citizenship or education are codes of `reference`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NameScript(TextChoices):
    """The script a name was written in, so that it is shown back as the person writes it."""

    LATIN = "Latn", _("Latin")
    CYRILLIC = "Cyrl", _("Cyrillic")
    ARABIC = "Arab", _("Arabic")
    MIXED = "mixed", _("Mixed")


class ConsentPurpose(TextChoices):
    """What a person may say yes or no to, each apart; only the first is needed to keep a file."""

    KEEP_FILE = "keep_file", _("Keep a file")
    BE_CONTACTED = "be_contacted", _("Be contacted")
    SHARE = "share", _("Share with a named recipient")
    FOLLOW_UP = "follow_up", _("Follow-up research")


class ConsentMethod(TextChoices):
    """How consent was given; spoken consent is certified by the worker who heard it."""

    WRITTEN = "written", _("In writing")
    VOICE = "voice", _("Recorded voice")
    VERBAL = "verbal_certified", _("Spoken, certified by the worker")


class SpokenBy(TextChoices):
    """Who gave or refused the consent."""

    SELF = "self", _("The person")
    GUARDIAN = "guardian", _("Parent or guardian")
    REPRESENTATIVE = "representative", _("Somebody the person authorised")


class SharedField(TextChoices):
    """What may be told to a recipient, each item only when the person named it."""

    NAME = "name", _("Name")
    BIRTH = "birth", _("Date of birth or age")
    SEX = "sex", _("Sex")
    PHONE = "phone", _("Phone")
    PLACE = "place", _("Place of residence")
    CITIZENSHIP = "citizenship", _("Citizenship")
    LANGUAGE = "language", _("Language and script")
    EDUCATION = "education", _("Education")
    EMPLOYMENT = "employment", _("Employment")
    NEED = "need", _("What the person needs, in the words of the referral")


class ContactKind(TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    TELEGRAM = "telegram", _("Telegram")


class Safety(TextChoices):
    """Whether using a contact point can put the person in danger, for example when a relative answers."""

    SAFE = "safe", _("Safe to use")
    ASK_FIRST = "ask_first", _("Only at the times agreed")
    UNSAFE = "unsafe", _("Do not use")


class AnsweredBy(TextChoices):
    """Who takes the phone or reads the screen besides the person."""

    UNKNOWN = "unknown", _("Not known")
    PERSON = "person", _("Only the person")
    FAMILY = "family", _("Family members too")
    OTHERS = "others", _("Others too: employer, neighbour, shared phone")


class Wording(TextChoices):
    """Which words may be used at a contact point; neutral unless the person says otherwise."""

    NEUTRAL = "neutral", _("Neutral: nothing of migration or the centre")
    CODE_WORD = "code_word", _("Only the word agreed")
    OPEN = "open", _("We may say who we are")


class ContactRefusal(TextChoices):
    """Why the consent gate says no, in words for the colleague who asked."""

    NO_FILE_CONSENT = "no_file_consent", _("The person no longer agrees that a file is kept.")
    NO_CONSENT = "no_consent", _("The person has not agreed to be contacted.")
    NO_SHARING = "no_sharing", _("The person has not agreed to share anything with this recipient.")
    NO_FOLLOW_UP = "no_follow_up", _("The person has not agreed to be asked later how it went.")
    FIELDS = "fields", _("The person has not agreed to share all of this with the recipient.")
    ABROAD = "abroad", _("The person has not agreed that this goes abroad.")
    NO_CONTACT_POINT = "no_contact_point", _("There is no address for this channel.")
    NOT_SAFE = "not_safe", _("Writing to this address may harm the person.")
    NOT_NOW = "not_now", _("Not at this hour: the person named other days or hours.")
    WORDS = "words", _("The text says more than was agreed with the person.")


class HouseholdRole(TextChoices):
    """What somebody is in a household; the law of families is not ours to keep."""

    HEAD = "head", _("Head of the household")
    SPOUSE = "spouse", _("Husband or wife")
    CHILD = "child", _("Son or daughter")
    PARENT = "parent", _("Father or mother")
    OTHER = "other", _("Other relative")


class GuardianBasis(TextChoices):
    """Why the file of a child may be kept."""

    GUARDIAN = "guardian", _("A parent or guardian agreed")
    PROTECTION = "protection", _("It was decided for the child's protection")


class GuardianRelation(TextChoices):
    """What the guardian is to the child."""

    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    GRANDPARENT = "grandparent", _("Grandmother or grandfather")
    SIBLING = "sibling", _("Grown-up sister or brother")
    RELATIVE = "relative", _("Another relative")
    APPOINTED = "appointed", _("Guardian appointed by an office or a court")


class RegistrationSource(TextChoices):
    """How the details of a registration came to the centre."""

    DESK = "desk", _("At the desk")
    IMPORT = "import", _("From a register kept in Excel")
    SIGN_UP = "sign_up", _("From a sign-up to a session")
    FIELD = "field", _("In the field, without network")


class LinkVerb(TextChoices):
    """A line of the identity ledger: the registration belongs to a file from now on, or no longer."""

    LINK = "link", _("Linked")
    UNLINK = "unlink", _("Unlinked")


class CandidateState(TextChoices):
    """What became of two files that look like one person."""

    OPEN = "open", _("To be looked at")
    NOT_SURE = "not_sure", _("Not sure")
    NOT_SAME = "not_same", _("Not the same person")
    MERGED = "merged", _("One person")


class MergeState(TextChoices):
    """Where a merge stands."""

    WAITING = "waiting", _("Waits for a second person")
    REFUSED = "refused", _("Refused by the second person")
    DONE = "done", _("Merged")
    UNDONE = "undone", _("Undone")


MERGE_TRANSITIONS: dict[str, frozenset[str]] = {
    MergeState.WAITING: frozenset({MergeState.DONE, MergeState.REFUSED}),
    MergeState.DONE: frozenset({MergeState.UNDONE}),
    MergeState.REFUSED: frozenset(),
    MergeState.UNDONE: frozenset(),
}
