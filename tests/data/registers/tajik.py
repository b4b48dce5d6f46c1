"""Tajik: one cell for name and one for place, ages instead of births, days written once and merged, two numbers a cell."""

import datetime as dt
from pathlib import Path

import openpyxl

from tests.data.registers.shared import Builder, Human, Row, names_of, save, unique

TJ_PLACES = ["шаҳри Хоруғ", "ноҳияи Ванҷ", "ноҳияи Ишкошим", "ноҳияи Дарвоз"]
TJ_COUNTRIES = {"RU": "Русия", "KZ": "Қазоқистон", "KR": "Кореяи Ҷанубӣ", "TR": "Туркия", "": None}
TJ_TOPICS = {
    "contract": ["шартномаи меҳнатӣ", "шартнома"],
    "visa_work_permit": ["раводид", "иҷозати кор"],
    "patent_registration_RU": ["патент", "бақайдгирӣ"],
    "entry_ban_or_registry": ["манъи вуруд", "манъи вуруд ба Русия"],
    "wage_claim": ["музди меҳнат", "музди меҳнат надоданд"],
    "job_search_abroad": ["ҷустуҷӯи кор"],
    "documents_passport": ["шиноснома", "ҳуҷҷат"],
    "business_loan": ["қарзи хурд", "соҳибкорӣ"],
    "other": ["масъалаи замин", "дигар"],
}
TJ_MODES = {"in_person_office": "ҳузурӣ", "phone": "занг", "telegram": "телеграм", "in_person_outreach": "дар маҳалла"}
TJ_MONTHS = ("январи", "феврали", "марти")


def tajik(into: Path) -> None:
    build = Builder(20260303, "90 91 92 93 98")
    given = names_of("given_tg_cyrl.csv")
    males = [name for name, sex in given if sex == "m"]
    taken: set[tuple[str, str]] = set()
    humans = []
    for number in range(88):
        sex = build.pick(["male", "female"], [4, 1])

        def make(sex: str = sex) -> tuple[str, str, str]:
            own = build.pick([name for name, kind in given if kind == sex[0]])
            root = build.pick([name for name in males if name[-1] not in "аоиуяюёйӣӯъ"])
            return root + ("ов" if sex == "male" else "ова"), own, ""

        humans.append(Human(number, sex, {"Cyrl": unique(make, taken)}, build.birth(), build.phone(), number % 4))
    rows = build.visits(humans, build.workdays(dt.date(2026, 3, 2), dt.date(2026, 3, 30)), nameless=30, repeats=26)
    for row in rows:
        row.consent = row.human is not None and row.human.number % 11 != 0
    rows += _two_who_may_be_one(build, humans)
    rows.sort(key=lambda row: row.day)
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "Март"
    tab.append(["Рӯзномаи қабули муроҷиаткунандагон"])
    tab.append(
        [
            "Рақам",
            "Санаи\nмуроҷиат",
            "Ному насаб",
            "Ҷинс",
            "Синну\nсол",
            "Рақами\nтелефон",
            "Суроға",
            "Масъала",
            "Кишвар",
            "Шакли муроҷиат",
            "Ризоият",
            "Имзо",
        ]
    )
    _tajik_rows(build, tab, rows)
    save(book, build.truth(rows), "tj_tajik", into)


def _two_who_may_be_one(build: Builder, humans: list[Human]) -> list[Row]:
    """Add somebody of the same name and age as another, without a number: nobody can say whether it is the same person."""
    twin = Human(900, humans[5].sex, humans[5].names, humans[5].birth, "", humans[5].place)
    build.apart = 1
    return [build.visit(twin, dt.date(2026, 3, 17))]


def _tajik_rows(build: Builder, tab, rows: list[Row]) -> None:
    first_of_day: dict[dt.date, int] = {}
    for position, row in enumerate(rows):
        number = tab.max_row + 1
        if row.human:
            row.human.first_age = row.human.first_age or row.age
        tab.append(_tajik_cells(build, row, position, number, is_first=row.day not in first_of_day))
        first_of_day.setdefault(row.day, number)
    last = tab.max_row
    days = sorted(first_of_day)
    for day, following in zip(days, [*days[1:], None], strict=True):
        start, end = first_of_day[day], (first_of_day[following] - 1 if following else last)
        if end > start and day.day % 2:
            tab.merge_cells(f"B{start}:B{end}")
    tab.append(["Ҳамагӣ", None, len(rows)])


def _tajik_cells(build: Builder, row: Row, position: int, number: int, *, is_first: bool) -> list[object]:
    written = f"{row.day.day} {TJ_MONTHS[row.day.month - 1]} соли {row.day.year}"
    day: object = build.pick([row.day, f"{row.day:%d.%m.%Y}", written, f"{row.day:%d,%m,%Y}"], [3, 3, 3, 1])
    if not is_first:
        day = None if row.day.day % 2 else "//"
    family, own = row.human.names["Cyrl"][:2] if row.human else ("", "")
    name = (
        build.pick([f"{family} {own}", f"{own} {family}", f"{family} {own}".upper()], [5, 2, 1])
        if row.human
        else build.pick([None, "беном"])
    )
    phone: object = None
    if row.human and row.human.phone:
        phone = build.pick(
            [
                f"+992 {row.human.phone}",
                float(f"992{row.human.phone}"),
                f"{row.human.phone} / 44 600 11 22",
                row.human.phone,
            ]
        )
    age: object = build.pick([row.age, f"{row.age} сола", str(row.age)])
    if row.human is None and position % 7 == 0:
        age, row.age = "ҷавон", None
        build.problem(0, number, "E", "age_unreadable", blocks=False)
    place = TJ_PLACES[row.place]
    consent = build.pick(["бале", "+", "ҳа"]) if row.consent else build.pick(["не", "нест", None])
    sex = build.pick({"male": ["мард", "М", "мард"], "female": ["зан", "Зан", "Ж"]}[row.sex])
    return [
        position + 1,
        day,
        name,
        sex,
        age,
        phone,
        place,
        build.pick(TJ_TOPICS[row.topic]),
        TJ_COUNTRIES[row.destination],
        TJ_MODES[row.mode],
        consent,
        None,
    ]
