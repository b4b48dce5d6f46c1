"""Uzbek Cyrillic and Russian by turns: a sheet a month, names in three columns, full dates of birth, no consent column."""

import datetime as dt
from pathlib import Path

import openpyxl

from tests.data.registers.shared import Builder, Human, Row, family_of, mangled, names_of, save, unique

TO_CYRILLIC = [
    ("oʻ", "ў"), ("gʻ", "ғ"), ("sh", "ш"), ("ch", "ч"), ("yo", "ё"), ("yu", "ю"), ("ya", "я"), ("ye", "е"), ("ʼ", "ъ"),
    *zip("abdfghijklmnopqrstuvxyzec", "абдфгҳижклмнопқрстувхйзес", strict=True),
]  # fmt: skip
AS_RUSSIANS_HEAR = [("ў", "у"), ("қ", "к"), ("ғ", "г"), ("ҳ", "х")]


def cyrillic(latin: str) -> str:
    text = latin.lower().replace("'", "ʻ")
    if text.startswith("e"):
        text = "э" + text[1:]
    for one, other in TO_CYRILLIC:
        text = text.replace(one, other)
    return text[:1].upper() + text[1:]


def russian(text: str) -> str:
    for one, other in AS_RUSSIANS_HEAR:
        text = text.replace(one, other).replace(one.upper(), other.upper())
    return text


CYR_PLACES = [
    ("Андижон вилояти", "Олтинкўл тумани"),
    ("Андижанская область", "Балыкчинский район"),
    ("Андижон", "Избоскан тумани"),
    ("Андижон вилояти", "Бўстон тумани"),
]


def uzbek_cyrillic(into: Path) -> None:
    build = Builder(20260302, "90 91 93 94 97 99")
    given = names_of("given_uz_latn.csv")
    males = [name for name, sex in given if sex == "m"]
    taken: set[tuple[str, str]] = set()
    humans = []
    for number in range(104):
        sex = build.pick(["male", "female"], [3, 2])

        def make(sex: str = sex) -> tuple[str, str, str]:
            own = build.pick([name for name, kind in given if kind == sex[0]])
            family = family_of(build.pick(males), sex)
            father = cyrillic(build.pick(males))
            return cyrillic(family), cyrillic(own), f"{father} {'ўғли' if sex == 'male' else 'қизи'}"

        written = unique(make, taken)
        names = {"uz": written, "ru": tuple(map(russian, written))}
        humans.append(Human(number, sex, names, build.birth(), build.phone(), number % 4))
    rows = build.visits(humans, build.workdays(dt.date(2026, 2, 2), dt.date(2026, 3, 31)), nameless=38, repeats=41)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet, month in enumerate((2, 3)):
        tab = book.create_sheet(("Февраль", "Март")[sheet])
        tab.append([])
        tab.append(
            [None, f"Журнал учета обращений граждан за {('февраль', 'март')[sheet]} 2026 г. / Фуқаролар мурожаати"]
        )
        tab.append(["т/р", "Фамилия\n(Familiya)", "Имя", "Отчество", "Дата рождения", "Пол", None, "Тел.", "Вилоят", "Туман / район", "Тема обращения",
                    "Страна назначения", "Форма обращения", "Дата обращения", "Примечание"])  # fmt: skip
        tab.append(list(range(1, 16)))
        for row in (row for row in rows if row.day.month == month):
            row.consent = row.human is not None
            tab.append(_cyrillic_cells(build, row, sheet, tab.max_row + 1))
        tab.append(["Итого:", None, None, tab.max_row - 4])
    notes = book.create_sheet("Заметки")
    notes.append(["Купить бумагу"])
    truth = build.truth(rows)
    save(book, truth, "uz_cyrillic", into)


CYR_TOPICS = {
    "contract": ["трудовой договор", "меҳнат шартномаси"],
    "visa_work_permit": ["виза", "разрешение на работу"],
    "patent_registration_RU": ["патент", "прописка"],
    "entry_ban_or_registry": ["запрет на въезд", "тақиқ"],
    "wage_claim": ["невыплата зарплаты", "иш ҳақи"],
    "job_search_abroad": ["поиск работы", "иш қидириш"],
    "documents_passport": ["паспорт", "ҳужжатлар"],
    "business_loan": ["кредит", "тадбиркорлик"],
    "other": ["соседи", "қўшнилар билан"],
}
CYR_COUNTRIES = {
    "RU": ["Россия", "РФ"],
    "KZ": ["Казахстан", "Қозоғистон"],
    "KR": ["Корея", "Южная Корея"],
    "TR": ["Турция", "Туркия"],
    "": [None, ""],
}
RU_MONTHS = ("января", "февраля", "марта")


def _cyrillic_cells(build: Builder, row: Row, sheet: int, number: int) -> list[object]:
    language = build.pick(["uz", "ru"])
    day: object = build.pick(
        [dt.datetime.combine(row.day, dt.time()), f"{row.day:%d.%m.%Y} г.", f"{row.day:%d.%m.%y}", f"{row.day.day} {RU_MONTHS[row.day.month - 1]} {row.day.year} г.",
         f"{row.day:%d-%m-%Y}", f"{row.day:%m/%d/%Y}" if row.day.day > 12 else f"{row.day:%d/%m/%Y}"],
        [6, 4, 3, 2, 2, 1],
    )  # fmt: skip
    key = (sheet, number)
    if key in {(0, 20), (1, 33)}:
        day, code = {(0, 20): ("31.02.2026", "date_unreadable"), (1, 33): ("-", "date_unreadable")}[key]
        row.blocked = True
        build.problem(sheet, number, "N", code, blocks=True)
    names: tuple[object, ...] = row.human.names[language] if row.human else (build.pick([None, "аноним"]), None, None)
    if row.human and build.random.random() < 0.2:  # a Latin letter in a Cyrillic word, which nobody sees
        names = (str(names[0]).replace("о", "o"), *names[1:])
    birth: object = None
    if row.human:
        birth = build.pick(
            [
                row.human.birth,
                f"{row.human.birth:%d.%m.%Y}",
                f"{row.human.birth:%d.%m.%Y} г.р.",
                (row.human.birth - dt.date(1899, 12, 30)).days,
            ]
        )
    else:
        birth = build.pick([f"{row.day.year - row.age} г.", row.day.year - row.age])
    sex = build.pick({"male": ["муж", "М", "эркак", "муж."], "female": ["жен", "Ж", "аёл", "жен."]}[row.sex])
    if row.human is None and build.random.random() < 0.08:
        row.sex, sex = "unknown", "мж"
        build.problem(sheet, number, "F", "sex_unknown", blocks=False)
    region, district = CYR_PLACES[row.place]
    topic = build.pick(CYR_TOPICS[row.topic])
    mode = {
        "in_person_office": ["лично", "офисда", None],
        "phone": ["звонок", "тел."],
        "telegram": ["телеграм", "тг"],
        "in_person_outreach": ["выезд", "сайёр"],
    }
    country = build.pick(CYR_COUNTRIES[row.destination])
    if row.destination == "KZ" and build.random.random() < 0.3:
        row.destination, country = "", "Атлантида"
        build.problem(sheet, number, "L", "destination_unknown", blocks=False)
    return [
        number - 4, *names, birth, sex, None, mangled(build, row.human.phone) if row.human else None, region, district, topic,
        country, build.pick(mode[row.mode]), day, build.pick([None, "повторно придет"]),
    ]  # fmt: skip
