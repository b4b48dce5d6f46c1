"""What is true of a person whatever stores them: ages, partial birth dates, what a registration must hold."""

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

AGE_BANDS: tuple[tuple[str, int, int], ...] = (
    ("u18", 0, 17),
    ("18_29", 18, 29),
    ("30_44", 30, 44),
    ("45_59", 45, 59),
    ("60_plus", 60, 130),
)
UNKNOWN_AGE_BAND = "unknown"
MINOR_AGE_BAND = "u18"
OLDEST = 110
MOST_DEPENDANTS = 30


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date as well as it is known: a day, a month, a year, or only the age band the person fits in."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    age_band: str = UNKNOWN_AGE_BAND

    def problem(self, today: dt.date) -> str | None:
        """Return the code of what is wrong: `incomplete`, `impossible`, `future` or `too_old`; None when nothing is."""
        if (self.day and not self.month) or (self.month and not self.year):
            return "incomplete"
        if self.year is None:
            return None
        try:
            earliest = dt.date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return "impossible"
        if earliest > today:
            return "future"
        return "too_old" if today.year - self.year > OLDEST else None

    def age_on(self, day: dt.date) -> int | None:
        """Return completed years; with only a year known, the age reached during that calendar year."""
        if self.year is None:
            return None
        if self.month is None:
            return day.year - self.year
        had_birthday = (day.month, day.day) >= (self.month, self.day or 1)
        return day.year - self.year - (0 if had_birthday else 1)

    def age_band_on(self, day: dt.date) -> str:
        """Return the band of the age on that day, else the band that was recorded."""
        age = self.age_on(day)
        return self.age_band if age is None else band_of(age)

    def written(self) -> str:
        """Return what is known in ISO notation, shortened to what is known: a day, a month, a year, or the age band."""
        if self.year is None:
            return "" if self.age_band == UNKNOWN_AGE_BAND else self.age_band
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def is_minor_on(self, day: dt.date) -> bool:
        """Return whether the person is a child on that day, as well as it is known."""
        return self.age_band_on(day) == MINOR_AGE_BAND


def band_of(age: int) -> str:
    return next((code for code, lowest, highest in AGE_BANDS if lowest <= age <= highest), UNKNOWN_AGE_BAND)


HOURS = 24
WEEKDAYS = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class SafeContact:
    """What was agreed on one contact point: days (1 Monday to 7 Sunday) and hours, who else answers, and which words."""

    days: Sequence[int] = ()
    from_hour: int | None = None
    until_hour: int | None = None
    answered_by: str = "unknown"
    ask_for: str = ""
    wording: str = "neutral"
    code_word: str = ""

    def problems(self) -> dict[str, str]:
        """Return field → code of what cannot be: `unknown`, `half`, `empty`, `missing` or `tells`."""
        found: dict[str, str] = {}
        if not set(self.days) <= set(WEEKDAYS):
            found["days"] = "unknown"
        if (self.from_hour is None) is not (self.until_hour is None):
            found["until_hour"] = "half"
        elif not 0 <= (self.from_hour or 0) < (HOURS if self.until_hour is None else self.until_hour) <= HOURS:
            found["until_hour"] = "empty"
        if self.wording == "code_word" and not self.code_word.strip():
            found["code_word"] = "missing"
        elif telling_words(self.code_word):
            found["code_word"] = "tells"
        return found

    @property
    def has_hours(self) -> bool:
        """Return whether days or hours were agreed, to which even a machine can keep."""
        return bool(self.days) or self.from_hour is not None

    def is_open(self, local: dt.datetime) -> bool:
        """Return whether a moment, in the time of the person, lies within the days and hours agreed."""
        if self.days and local.isoweekday() not in self.days:
            return False
        if self.from_hour is None or self.until_hour is None:
            return True
        return self.from_hour <= local.hour < self.until_hour

    def allows(self, words: str) -> bool:
        """Return whether a text may be sent or said here; an open wording allows any."""
        if self.wording == "open":
            return True
        if telling_words(words):
            return False
        return self.wording != "code_word" or (bool(self.code_word) and self.code_word.casefold() in words.casefold())


# Stems in every language we serve, looked for in every text: a message in one language can name a place in another.
_TELLING = (
    *("migra", "abroad", "overseas", "visa", "deport", "traffick", "returnee", "reintegrat", "embassy", "patent"),
    *("muhojir", "chet el", "xorij", "viza", "elchixona", "odam savdo", "deportatsiya", "qaytgan"),
    *("муҳожир", "чет эл", "хориж", "виза", "элчихона", "одам савдо", "қайтган", "мигра", "мигрант", "патент"),
    *("за границ", "за рубеж", "зарубеж", "депорт", "посольств", "торговл", "реинтегр", "возвращен"),
    *("муҳоҷир", "хориҷ", "раводид", "сафорат", "бозгашт"),
    *("чет өлк", "чет жак", "элчилик", "кайтып кел"),
    *("shet el", "shet ma", "elshixana"),
)


def telling_words(text: str) -> list[str]:
    """Return what in a text tells others that the person deals with migration, by stem; empty for a neutral text."""
    plain = " ".join(text.casefold().split())
    return [stem for stem in _TELLING if stem in plain]


@dataclass(frozen=True, slots=True)
class Use:
    """One use of what is known of a person, as the consent gate is asked about it.

    For sharing the recipient, the fields and whether they lie abroad; for contacting the channel, the moment in the
    person's time, and the words.
    """

    purpose: str
    recipient: str = ""
    fields: frozenset[str] = frozenset()
    abroad: bool = False
    channel: str = ""
    at: dt.datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ContactPointDetails:
    """One way to reach a person; `value` as typed, normalised by the action."""

    kind: str
    value: str
    safety: str = "safe"
    safe_times: str = ""
    # None leaves what was agreed before as it stands.
    agreed: "SafeContact | None" = None


@dataclass(frozen=True, slots=True)
class ConsentDetails:
    """One decision of the person; `granted=False` records that they said no, so that nobody asks again and again."""

    purpose: str
    granted: bool
    text_version: str
    language: str
    method: str = "verbal_certified"
    recipient: str = ""
    expires_on: dt.date | None = None
    fields: Sequence[str] = ()
    abroad: bool = False
    spoken_by: str = "self"


@dataclass(frozen=True, slots=True)
class GuardianDetails:
    """Why the file of a child may be kept: who cares for the child and agreed, or who decided that it protects the child.

    A guardian may have a file, named by client number, or stand by without a name. `is_not_known` is for registers kept on
    paper before: the child's file then says that a guardian is missing.
    """

    basis: str = ""
    relation: str = ""
    number: str = ""
    decided_by: str = ""
    reason: str = ""
    decided_on: dt.date | None = None
    is_not_known: bool = False


GUARDIAN_NOT_KNOWN = GuardianDetails(is_not_known=True)


@dataclass(frozen=True, slots=True)
class Dependants:
    """Those of a household who have no file of their own: counted, never named."""

    men: int = 0
    women: int = 0
    boys: int = 0
    girls: int = 0

    def problem(self) -> str | None:
        """Return `negative` or `too_many`; None when the counts can be true."""
        counts = (self.men, self.women, self.boys, self.girls)
        if min(counts) < 0:
            return "negative"
        return "too_many" if max(counts) > MOST_DEPENDANTS else None


@dataclass(frozen=True, slots=True)
class HouseholdDetails:
    """How a household is called, where it lives (a place code), and who of it is only counted."""

    label: str
    place: str = ""
    dependants: Dependants = field(default_factory=Dependants)


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What a registration holds: names as the person writes them, codes of `reference`, place codes."""

    family_name: str
    given_name: str
    patronymic: str = ""
    preferred_name: str = ""
    sex: str = "unknown"
    birth: Birth = field(default_factory=Birth)
    citizenship: str = ""
    region: str = ""
    district: str = ""
    language: str = ""
    category: str = "unknown"
    education: str = "unknown"
    employment: str = ""
    heard_via: str = ""
    contact_points: Sequence[ContactPointDetails] = ()
    guardian: GuardianDetails | None = None


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def pair_of(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Return two keys in the one order in which a pair is stored."""
    return (one, other) if one.bytes < other.bytes else (other, one)


def tidy_name(text: str) -> str:
    """Return the name with outer and doubled spaces gone; nothing else, because it is the person's spelling."""
    return " ".join(text.split())


def phone_tail(e164: str) -> str:
    """Return the last nine digits: the part of a number people remember, whatever prefix they typed."""
    return "".join(character for character in e164 if character.isdigit())[-9:]


# Crockford's alphabet: no I, L, O that are read as digits, and no U.
_CARD_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CARD_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": "", " ": ""})
CARD_LENGTH = 16  # 80 bits: nobody hits a card of a million by guessing


def card_code(bits: int) -> str:
    """Return the code of a client card for a random number of 80 bits."""
    return "".join(_CARD_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(CARD_LENGTH)))


def is_card_code(code: str) -> bool:
    """Return whether a code can be told from a name and from a phone number: it holds digits and letters."""
    return (
        len(code) == CARD_LENGTH
        and set(code) <= set(_CARD_ALPHABET)
        and any(character.isdigit() for character in code)
        and any(character.isalpha() for character in code)
    )


def read_card_code(typed: str) -> str | None:
    """Return the code as it was given out, however it was typed or scanned; None when the text is no code."""
    code = typed.strip().upper().translate(_CARD_READ_AS)
    return code if is_card_code(code) else None


def written_card_code(code: str) -> str:
    """Return the code in groups of four, which can be read aloud and typed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
