"""Code lists: stable codes with labels in the languages of staff and clients.

A retired value leaves the choices and stays valid on the records that carry it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict, Field

from safar.kernel import clock
from safar.kernel.multilingual import Multilingual
from safar.methods.names.transliteration import to_cyrillic
from safar.reference import datafiles
from safar.reference.queries import places

ROLL_UPS = ("in_person", "phone", "online")


class CodeFile(BaseModel):
    """One value as a list file states it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[A-Za-z0-9_-]+$")
    label: dict[str, str]
    hint: dict[str, str] = {}
    retired: date | None = None
    roll_up: str = ""
    sensitive: bool = False
    quick: bool = False
    takes_suffix: bool = False
    maps_to: str = ""


class CodeListFile(BaseModel):
    """One file of `data/codes/`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    list: str
    version: str
    source: str
    adds_countries: bool = False
    verify: str = ""
    values: tuple[CodeFile, ...]


@dataclass(frozen=True)
class Code:
    """One value: `quick` ones come first in long lists, `roll_up` is the reporting mode, `maps_to` a published standard."""

    code: str
    label: Multilingual
    hint: Multilingual
    retired: date | None = None
    roll_up: str = ""
    sensitive: bool = False
    quick: bool = False
    takes_suffix: bool = False
    maps_to: str = ""


@dataclass(frozen=True)
class CodeList:
    name: str
    version: str
    source: str
    values: tuple[Code, ...]

    @cached_property
    def _by_code(self) -> dict[str, Code]:
        return {value.code: value for value in self.values}

    @property
    def active(self) -> tuple[Code, ...]:
        """Return the values a form may offer today."""
        today = clock.today()
        return tuple(value for value in self.values if value.retired is None or value.retired > today)

    @property
    def quick(self) -> tuple[Code, ...]:
        """Return the active values that most contacts need, for a short first choice."""
        return tuple(value for value in self.active if value.quick)

    def get(self, code: str) -> Code | None:
        """Return the value of `code`; `influencer:anna` is found as `influencer` where a list allows a suffix."""
        found = self._by_code.get(code)
        if found is None and ":" in code:
            base = self._by_code.get(code.split(":", 1)[0])
            return base if base and base.takes_suffix else None
        return found

    def label(self, code: str) -> Multilingual:
        """Return the label of a code; a code this version does not know shows as itself rather than break a page."""
        found = self.get(code)
        return found.label if found else Multilingual({"en": code})

    def choices(self, include: Iterable[str] = ()) -> list[tuple[str, str]]:
        """Return (code, label in the reader's language) of the active values, and of `include` although retired.

        A form passes the code a record already carries, so that saving an old record does not lose it.
        """
        offered = {value.code for value in self.active}
        kept = [code for code in include if code and code not in offered]
        return [(value.code, str(value.label)) for value in self.active] + [
            (code, str(self.label(code))) for code in kept
        ]


def list_names() -> list[str]:
    return datafiles.names_in("codes", ".yaml")


@cache
def code_list(name: str) -> CodeList:
    """Return a code list by name; raises LookupError for a name no file has."""
    if name not in list_names():
        raise LookupError(f"There is no code list {name!r}")
    listed = CodeListFile.model_validate(datafiles.read_yaml(f"codes/{name}.yaml"))
    values = tuple(_code(value) for value in listed.values)
    if listed.adds_countries:
        values = _with_countries(values)
    return CodeList(name=listed.list, version=listed.version, source=listed.source, values=values)


def is_known(list_name: str, code: str) -> bool:
    """Whether a record may carry `code`: retired values count, since old records keep them."""
    return code_list(list_name).get(code) is not None


def is_active(list_name: str, code: str) -> bool:
    """Whether a new record may carry `code` today."""
    found = code_list(list_name).get(code)
    return found in code_list(list_name).active


def multilingual(texts: dict[str, str]) -> Multilingual:
    """Return texts with the Uzbek Cyrillic one derived by rule where nobody wrote it."""
    if "uz" in texts and "uz-cyrl" not in texts:
        texts = {**texts, "uz-cyrl": to_cyrillic(texts["uz"])}
    return Multilingual(texts)


def _code(value: CodeFile) -> Code:
    fields = {**value.model_dump(), "label": multilingual(value.label), "hint": multilingual(value.hint)}
    return Code(**fields)


def _with_countries(values: tuple[Code, ...]) -> tuple[Code, ...]:
    """Name the quick countries from the table of countries and append all others, so that names live in one place."""
    named = tuple(
        Code(code=value.code, label=places.place(value.code).name, hint=value.hint, quick=True)
        if len(value.code) == 2  # noqa: PLR2004  (alpha-2 codes)
        else value
        for value in values
    )
    listed = {value.code for value in values}
    rest = sorted((place for place in places.countries() if place.code not in listed), key=lambda place: place.code)
    return named + tuple(Code(code=place.code, label=place.name, hint=Multilingual()) for place in rest)
