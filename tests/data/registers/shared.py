"""What the three registers share: people, visits, the ways a cell is spoiled, and the count."""

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
BANDS = ((0, 17, "u18"), (18, 29, "18_29"), (30, 44, "30_44"), (45, 59, "45_59"), (60, 200, "60_plus"))
AS_OF = dt.date(2026, 3, 31)


@dataclass
class Human:
    number: int
    sex: str
    names: dict[str, tuple[str, str, str]]
    birth: dt.date
    phone: str
    place: int
    first_age: int | None = None


@dataclass
class Row:
    """One clean visit; `human` is None for somebody without a name; `lost` says what a spoiled cell loses."""

    day: dt.date
    human: Human | None
    sex: str
    age: int
    mode: str
    topic: str
    destination: str
    place: int
    consent: bool
    blocked: bool = False
    cells: dict[str, object] = field(default_factory=dict)


def names_of(file: str) -> list[tuple[str, str]]:
    lines = (HERE / "names" / file).read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(line.split(",")[:2]) for line in lines]


def band(age: int | None) -> str:
    return "unknown" if age is None else next(code for low, high, code in BANDS if low <= age <= high)


def age_on(birth: dt.date, day: dt.date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


class Builder:
    """What the three registers share: people, visits, mistakes and the count."""

    def __init__(self, seed: int, prefix: str) -> None:
        self.random = random.Random(seed)
        self.prefix = prefix
        self.problems: list[dict[str, object]] = []
        self.apart = 0

    def pick(self, choices, weights=None):
        return self.random.choices(choices, weights)[0]

    def birth(self) -> dt.date:
        return dt.date(self.random.randint(1962, 2007), self.random.randint(1, 12), self.random.randint(1, 28))

    def phone(self) -> str:
        return f"{self.pick(self.prefix.split())}{self.random.randint(1_000_000, 9_999_999)}"

    def workdays(self, first: dt.date, last: dt.date) -> list[dt.date]:
        days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
        return [day for day in days if day.weekday() < 6]

    def visits(self, humans: list[Human], days: list[dt.date], *, nameless: int, repeats: int) -> list[Row]:
        """Make a first visit of everybody, some repeats and some visits without a name, in order of the days."""
        everybody = [*humans, *self.random.choices(humans, k=repeats)]
        rows = [self.visit(human, self.pick(days)) for human in everybody]
        rows += [self.visit(None, self.pick(days)) for _ in range(nameless)]
        return sorted(rows, key=lambda row: row.day)

    def visit(self, human: Human | None, day: dt.date) -> Row:
        return Row(
            day=day,
            human=human,
            sex=human.sex if human else self.pick(["male", "female"], [2, 1]),
            age=age_on(human.birth, day) if human else self.random.randint(16, 64),
            mode=self.pick(["in_person_office", "phone", "telegram", "in_person_outreach"], [6, 3, 2, 1]),
            topic=self.pick(
                [
                    "contract",
                    "visa_work_permit",
                    "patent_registration_RU",
                    "entry_ban_or_registry",
                    "wage_claim",
                    "job_search_abroad",
                    "documents_passport",
                    "business_loan",
                    "other",
                ],
                [5, 4, 5, 4, 3, 5, 3, 2, 2],
            ),
            destination=self.pick(["RU", "KZ", "KR", "TR", ""], [8, 2, 3, 1, 2]),
            place=human.place if human else self.random.randrange(4),
            consent=True,
        )

    def problem(self, sheet: int, row: int, letter: str, code: str, *, blocks: bool) -> None:
        self.problems.append({"sheet": sheet, "row": row, "letter": letter, "code": code, "blocks": blocks})

    def truth(self, rows: list[Row]) -> dict[str, object]:
        counted = [row for row in rows if not row.blocked]
        named = [row for row in counted if row.human and row.consent]
        people = {row.human.number: row.human for row in named}
        without = [row for row in counted if not (row.human and row.consent)]
        return {
            "rows": len(rows),
            "refused": len(rows) - len(counted),
            "contacts": len(counted),
            "persons": len(people),
            "nameless": len(without),
            "by_mode": dict(Counter(row.mode for row in counted)),
            "by_topic": dict(Counter(row.topic for row in counted)),
            "by_destination": dict(Counter(row.destination for row in counted)),
            "persons_by_sex_and_age": cross((human.sex, band(self.known_age(human))) for human in people.values()),
            "nameless_by_sex_and_age": cross((row.sex, band(row.age)) for row in without),
            "unsure": self.apart,
            "problems": sorted(self.problems, key=lambda found: (found["sheet"], found["row"], found["letter"])),
        }

    def known_age(self, human: Human) -> int | None:
        """Return the age a register lets one know: by the birth, or as it was written at the first visit."""
        return human.first_age or age_on(human.birth, AS_OF)


def cross(pairs: Iterator[tuple[str, str]]) -> dict[str, int]:
    return dict(sorted(Counter("/".join(pair) for pair in pairs).items()))


def save(book: openpyxl.Workbook, truth: dict[str, object], name: str, into: Path) -> None:
    book.save(into / f"{name}.xlsx")
    (into / f"{name}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def unique(make: Callable[[], tuple[str, str, str]], taken: set[tuple[str, str]]) -> tuple[str, str, str]:
    """Return a name no other person of the register has, so that the truth about who is who is beyond doubt."""
    while True:
        name = make()
        if name[:2] not in taken:
            taken.add(name[:2])
            return name


def family_of(given: str, sex: str) -> str:
    root = given.rstrip("aoiu") if given[-1] in "aoiu" else given
    return root + ("ev" if root.endswith(("y", "j")) else "ov") + ("a" if sex == "female" else "")


def mangled(build: Builder, phone: str) -> object:
    """Write a number as people and Excel do."""
    return build.pick(
        [f"+998 {phone[:2]} {phone[2:5]} {phone[5:7]} {phone[7:]}", f"998{phone}", float(f"998{phone}"), int(phone), f"8 {phone[:2]} {phone[2:]}",
         f"({phone[:2]}) {phone[2:5]}-{phone[5:7]}-{phone[7:]}", f"{phone}.0", f"{phone[:2]}-{phone[2:]}; tel uy"],
    )  # fmt: skip
