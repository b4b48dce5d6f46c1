"""What an action on instruments and assessments takes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class InstrumentUpload:
    """A workbook with what belongs to it: scoring as YAML text, and files the form names (lists, pictures)."""

    content: bytes
    file_name: str
    code: str = ""
    scoring: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    subjects: tuple[str, ...] = ("person", "case", "contact")
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """Whom an assessment is about: a person, a case file or a contact; one of them at least."""

    person_id: UUID | None = None
    case_id: UUID | None = None
    contact_id: UUID | None = None

    @property
    def subject(self) -> str:
        return "case" if self.case_id else "contact" if self.contact_id else "person" if self.person_id else ""


@dataclass(frozen=True, slots=True)
class Filled:
    """Answers as given: by path, in the words of the form; the language they were asked in."""

    answers: Mapping[str, str]
    language: str = ""
    how: str = "screen"
    completed_on: dt.date | None = None
    submission: str = ""
