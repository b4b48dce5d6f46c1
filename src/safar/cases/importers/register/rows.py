"""One row of a register: what it says, what in it cannot be read, and which rows say nothing."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from safar.cases.importers.register import cells, words
from safar.cases.importers.register.reading import Column, Sheet, by_field
from safar.methods.names.parsing import parse_name
from safar.methods.names.parsing import words as name_words

FindPlace = Callable[[str, str], str | None]
_WORDS = frozenset({"sex", "mode", "category", "language", "heard_via"})
_PARTS_OF_TOPIC = ",;/+\n"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in one cell that cannot be read. `blocks`: the row is not taken over until it is mended."""

    sheet: int
    row: int
    letter: str
    code: str
    text: str = ""
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    family: str = ""
    given: str = ""
    patronymic: str = ""

    def __bool__(self) -> bool:
        return bool(self.family or self.given)


@dataclass(frozen=True, slots=True)
class Visit:
    """What one row says of one visit; codes where the words were known, `topic_text` keeps what was written."""

    sheet: int
    row: int
    day: dt.date
    name: Name = Name()
    sex: str = ""
    born: cells.Born | None = None
    age: int | None = None
    phones: tuple[str, ...] = ()
    region: str = ""
    district: str = ""
    mode: str = ""
    topics: tuple[str, ...] = ()
    topic_text: str = ""
    destination: str = ""
    consent: bool | None = None
    category: str = ""
    language: str = ""
    heard_via: str = ""
    note: str = ""


@dataclass(slots=True)
class Reading:
    """All rows of a workbook: visits, problems, and how many rows said nothing of a visit."""

    visits: list[Visit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: list[tuple[int, int]] = field(default_factory=list)
    empty: int = 0
    totals: int = 0
    headings: int = 0
    unknown_topics: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What reading needs from outside: the day, the country of phones, how a place is found, the labels of our codes.

    `find_place(text, within)` looks among countries when `within` is empty, else in that country or region;
    `find_region` among the regions only, because a column of regions means the region where a city has its name.
    """

    today: dt.date
    country: str
    find_place: FindPlace
    find_region: Callable[[str], str | None]
    region_of: Callable[[str], str]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def known(self, name: str) -> Mapping[str, str]:
        """Return folded word → code of a column: what registers write and what our code lists call it."""
        return {**self.labels.get(name, {}), **words.value_words(name)}


def read(sheets: Sequence[Sheet], around: Surroundings) -> Reading:
    """Read every row of every sheet."""
    reading = Reading()
    for sheet in sheets:
        last_day: dt.date | None = None
        for number, row in sheet.rows:
            kind = _kind_of(sheet, row)
            if kind:
                setattr(reading, kind, getattr(reading, kind) + 1)
                continue
            reader = _RowReader(sheet, number, around, reading, last_day)
            visit = reader.visit(row)
            last_day = reader.day or last_day
            if visit:
                reading.visits.append(visit)
            else:
                reading.refused.append((sheet.number, number))
    return reading


def _kind_of(sheet: Sheet, row: Sequence[object]) -> str | None:
    """Return `empty`, `totals` or `headings` for a row that is no visit, None for a visit."""
    texts = [text for value in row if (text := cells.text_of(value))]
    folded = [words.fold(text) for text in texts]
    if not texts or (len(texts) == 1 and _is_numbering(sheet, row)):
        return "empty"
    if any(text in words.totals() for text in folded[:3]):
        return "totals"
    if len(set(texts)) == 1 and not _is_date(texts[0]) and len(words.fold(texts[0])) > 2:  # noqa: PLR2004  (a ditto mark)
        return "headings"
    if [text for text in texts if text.isdecimal()] == texts and texts == [str(n) for n in range(1, len(texts) + 1)]:
        return "headings"
    headings = {words.fold(column.header) for column in sheet.columns if column.header}
    return "headings" if len(headings & set(folded)) >= min(3, len(headings)) else None


def _is_date(text: str) -> bool:
    try:
        return cells.date_of(text) is not None
    except cells.UnreadableError:
        return False


def _is_numbering(sheet: Sheet, row: Sequence[object]) -> bool:
    """Rows numbered in advance for visits that never came."""
    return any(column.field == "number" and cells.text_of(row[column.index]) for column in sheet.columns)


class _RowReader:
    """Reads one row, collecting every problem instead of stopping at the first."""

    def __init__(
        self, sheet: Sheet, number: int, around: Surroundings, reading: Reading, last_day: dt.date | None
    ) -> None:
        self.sheet, self.number, self.around, self.reading, self.last_day = sheet, number, around, reading, last_day
        self.day: dt.date | None = None
        self.values: dict[str, Any] = {}

    def visit(self, row: Sequence[object]) -> Visit | None:
        found = list(by_field(self.sheet, row))
        self.day = self._day([pair for pair in found if pair[0].field == "date"])
        on = self.day or self.around.today
        for column, value in found:
            if column.field != "date":
                self._cell(column, value, on)
        if self.day is None:
            return None
        visit = self._assembled(self.day)
        if not self._says_something(visit):
            self._problem(found[0][0].letter, "only_a_date", blocks=True)
            return None
        return visit

    def _day(self, dated: list[tuple[Column, object]]) -> dt.date | None:
        if not dated:
            self._problem("A", "no_date_column", blocks=True)
            return None
        column, value = dated[0]
        try:
            is_ditto = isinstance(value, str) and (
                value.strip() in words.ditto_marks() or words.fold(value) in words.ditto_marks()
            )
            day = self.last_day if is_ditto else cells.date_of(value)
        except cells.UnreadableError as error:
            self._problem(column.letter, error.code, error.text, blocks=True)
            return None
        code = "date_missing" if day is None else self._wrong_day(day)
        if code:
            self._problem(column.letter, code, cells.text_of(value), blocks=True)
            return None
        return day

    def _wrong_day(self, day: dt.date) -> str | None:
        if day > self.around.today:
            return "date_future"
        return "date_too_early" if day.year < 2005 else None  # noqa: PLR2004  (before there were such centres)

    def _cell(self, column: Column, value: object, on: dt.date) -> None:
        try:
            self._read(column.field, value, on)
        except cells.UnreadableError as error:
            self._problem(column.letter, error.code, error.text)

    def _read(self, name: str, value: object, on: dt.date) -> None:
        text = " ".join(cells.text_of(value).split())
        readers: Mapping[str, Callable[[], object]] = {
            "birth": lambda: cells.birth_of(value, on),
            "age": lambda: cells.age_of(value),
            "consent": lambda: cells.consent_of(value),
            "destination": lambda: self._destination(value),
            "region": lambda: self._region(text),
            "district": lambda: text,
            "place": lambda: text,
        }
        if name == "phone":
            self.values["phone"] = [*self.values.get("phone", ()), *cells.phones_of(value, self.around.country)]
        elif name in {"topic", "note"}:
            self.values[name] = [*self.values.get(name, ()), *([text] if text else [])]
        elif name in {"full_name", "family_name", "given_name", "patronymic"}:
            self.values[name] = text
        elif name in _WORDS:
            self.values[name] = cells.word_of(value, name, self.around.labels.get(name))
        else:
            self.values[name] = readers[name]()

    def _destination(self, value: object) -> str:
        text = cells.text_of(value)
        if not text:
            return ""
        known = words.longest(words.fold(text), self.around.known("destination"))
        code = known or self.around.find_place(text, "")
        if not code:
            raise cells.UnreadableError("destination_unknown", text)
        return code

    def _region(self, text: str) -> str:
        if not text:
            return ""
        code = self.around.find_region(text)
        if not code:
            raise cells.UnreadableError("region_unknown", text)
        return code

    def _assembled(self, day: dt.date) -> Visit:
        held = self.values
        topics, unknown = _topics(held.get("topic", ()), self.around.known("topic"))
        for text in unknown:
            self.reading.unknown_topics[text] = self.reading.unknown_topics.get(text, 0) + 1
        region, district = self._where()
        return Visit(
            self.sheet.number,
            self.number,
            day,
            name=_name(held),
            born=held.get("birth"),
            age=held.get("age"),
            phones=tuple(held.get("phone", ())),
            region=region,
            district=district,
            topics=topics,
            topic_text="; ".join(unknown)[:200],
            consent=held.get("consent"),
            note="\n".join(held.get("note", ())),
            sex=held.get("sex") or "",
            mode=held.get("mode") or "",
            destination=held.get("destination") or "",
            category=held.get("category") or "",
            language=held.get("language") or "",
            heard_via=held.get("heard_via") or "",
        )

    def _where(self) -> tuple[str, str]:
        """Return (region, district) from whichever of the three columns the register has."""
        region = self.values.get("region") or ""
        for name in ("district", "place"):
            if not (text := self.values.get(name)):
                continue
            code = _found_place(text, region, self.around)
            if code is None:
                self._problem(self._letter_of(name), f"{name}_unknown", text)
            elif self.around.region_of(code) == code:
                region = region or code
            else:
                return self.around.region_of(code), code
        return region, ""

    def _letter_of(self, name: str) -> str:
        return next(column.letter for column in self.sheet.columns if column.field == name)

    def _says_something(self, visit: Visit) -> bool:
        told = (visit.name, visit.phones, visit.topics, visit.topic_text, visit.note, visit.sex, visit.born, visit.age)
        return any(told)

    def _problem(self, letter: str, code: str, text: str = "", *, blocks: bool = False) -> None:
        self.reading.problems.append(Problem(self.sheet.number, self.number, letter, code, text[:60], blocks))


def _found_place(text: str, region: str, around: Surroundings) -> str | None:
    """Return the narrowest place a text names: the whole, else its parts from the last to the first."""
    parts = [text, *reversed([part.strip() for part in text.replace(";", ",").split(",")])]
    for part in parts:
        code = around.find_place(part, region) if region else None
        if code := code or around.find_place(part, around.country):
            return code
    return None


def _name(held: Mapping[str, Any]) -> Name:
    """Return the name in parts, as written: a name in one field is taken apart, words for son and daughter stay."""
    family, given, patronymic = (held.get(key) or "" for key in ("family_name", "given_name", "patronymic"))
    full = held.get("full_name") or ""
    if words.fold(full or family or given) in words.nameless() or not any(map(str.isalpha, full + family + given)):
        return Name()
    if full:
        if given:  # a heading "Name" beside "First name" means the family name
            return Name(full, given, patronymic)
        return split_name(f"{full} {patronymic}".strip())
    return Name(family, given, patronymic)


def split_name(full: str) -> Name:
    """Return the parts of a name written into one cell, every word spelled as it stands there."""
    parsed = parse_name(full)
    parts: dict[str, list[str]] = {"family": [], "given": [], "patronymic": []}
    left = {"family": parsed.family.split(), "given": parsed.given.split()}
    for token in full.replace(",", " ").split():
        plain = "".join(name_words(token))
        part = next((part for part, tokens in left.items() if plain in tokens), "patronymic")
        if part in left:
            left[part].remove(plain)
        parts[part].append(token)
    return Name(*(" ".join(tokens) for tokens in parts.values()))


def _topics(texts: Sequence[str], listed: Mapping[str, str]) -> tuple[tuple[str, ...], list[str]]:
    """Return (codes without doubles, texts nobody listed); what is not known becomes `other` and keeps its words."""
    known, unknown = [], []
    for part in _split(texts, listed):
        code = words.longest(words.fold(part), listed)
        known.append(code or "other")
        if code is None:
            unknown.append(part)
    return tuple(dict.fromkeys(known)), unknown


def _split(texts: Sequence[str], listed: Mapping[str, str]) -> Iterator[str]:
    for text in texts:
        if words.fold(text) in listed:
            yield text
            continue
        for sign in _PARTS_OF_TOPIC:
            text = text.replace(sign, ",")  # noqa: PLW2901
        yield from (part.strip() for part in text.split(",") if part.strip())
