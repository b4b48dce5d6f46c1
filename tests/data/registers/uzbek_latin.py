"""Uzbek Latin: one sheet, two-line heading, the year of birth, a consent column, months closed with "Jami"."""

import datetime as dt
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font

from tests.data.registers.shared import AS_OF, Builder, Human, Row, family_of, mangled, names_of, save, unique

UZ_PLACES = [
    ("Oltinkoʻl tumani", "UZ1703202"),
    ("Baliqchi tumani", "UZ1703206"),
    ("Izboskan t.", "UZ1703214"),
    ("Andijon viloyati, Boʻston tumani", "UZ1703209"),
]


def uzbek_latin(into: Path) -> None:
    build = Builder(20260301, "90 91 93 94 97 99")
    given = names_of("given_uz_latn.csv")
    males = [name for name, sex in given if sex == "m"]
    taken: set[tuple[str, str]] = set()
    humans = []
    for number in range(92):
        sex = build.pick(["male", "female"], [3, 2])

        def make(sex: str = sex) -> tuple[str, str, str]:
            own = build.pick([name for name, kind in given if kind == sex[0]])
            father = build.pick(males)
            return family_of(build.pick(males), sex), own, f"{father} {'oʻgʻli' if sex == 'male' else 'qizi'}"

        human = Human(number, sex, {"Latn": unique(make, taken)}, build.birth(), build.phone(), number % 4)
        human.first_age = AS_OF.year - human.birth.year  # the register knows the year alone
        humans.append(human)
    humans[1].phone = humans[0].phone  # two people of one household
    rows = build.visits(humans, build.workdays(dt.date(2026, 1, 5), dt.date(2026, 3, 31)), nameless=34, repeats=29)
    refused = {human.number for human in build.random.sample(humans, 9)}
    for row in rows:
        row.consent = row.human is not None and row.human.number not in refused
    book, tab = openpyxl.Workbook(), None
    tab = book.active
    tab.title = "Qabul jurnali"
    tab.append(["Migrantlar resurs markazi — murojaatlarni qayd etish jurnali, 2026-yil"])
    tab.merge_cells("A1:M1")
    tab.append(
        [
            "№",
            "Sana",
            "Murojaatchi haqida maʼlumot",
            None,
            None,
            None,
            None,
            None,
            "Murojaat",
            None,
            None,
            "Rozilik\n(ha/yoʻq)",
            "Izoh",
        ]
    )
    tab.append(
        [
            None,
            None,
            "F.I.Sh.",
            "Tug'ilgan yili",
            "Jinsi",
            "Telefon raqami",
            "Yashash joyi",
            None,
            "Turi: murojaat shakli",
            "Mavzusi",
            "Qaysi davlat",
            None,
            None,
        ]
    )
    for area in ("C2:H2", "I2:K2", "A2:A3", "B2:B3", "L2:L3", "M2:M3"):
        tab.merge_cells(area)
    for cell in (*tab[2], *tab[3]):
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
    _uzbek_rows(build, tab, rows)
    save(book, build.truth(rows), "uz_latin", into)


def _uzbek_rows(build: Builder, tab, rows: list[Row]) -> None:
    month = rows[0].day.month
    in_month = 0
    for position, row in enumerate(rows):
        if row.day.month != month:
            tab.append([None, "Jami", in_month])
            tab.append([])
            tab.append([])
            month, in_month = row.day.month, 0
        in_month += 1
        tab.append(_uzbek_cells(build, row, position, tab.max_row + 1))
    tab.append([None, "JAMI:", len(rows)])


def _uzbek_cells(build: Builder, row: Row, position: int, number: int) -> list[object]:
    day: object = build.pick(
        [row.day, f"{row.day:%d.%m.%Y}", f"{row.day:%d/%m/%y}", f"{row.day.day} {UZ_MONTHS[row.day.month - 1]} {row.day.year} yil",
         (row.day - dt.date(1899, 12, 30)).days, f"{row.day:%d.%m.%Y}y.", f"{row.day:%Y-%m-%d}"],
        [6, 4, 2, 2, 1, 1, 1],
    )  # fmt: skip
    if position in {17, 61, 103}:
        day, code = {
            17: ("o'tgan juma", "date_unreadable"),
            61: (None, "date_missing"),
            103: ("15.03.2027", "date_future"),
        }[position]
        row.blocked = True
        build.problem(0, number, "B", code, blocks=True)
    name = _latin_spelling(build, row.human.names["Latn"]) if row.human else build.pick([None, "anonim", "-"])
    birth: object = (
        (row.human.birth.year if row.human else AS_OF.year - row.age)
        if position % 3
        else str(row.human.birth.year if row.human else row.day.year - row.age) + "-yil"
    )
    if row.human is None:
        birth = row.day.year - row.age
    phone: object = mangled(build, row.human.phone) if row.human else None
    if row.human and position in {25, 80}:
        phone = {25: "9.98901E+11", 80: "yo'q raqam 12"}[position]
        build.problem(0, number, "F", {25: "phone_digits_lost", 80: "phone_unreadable"}[position], blocks=False)
    sex = build.pick({"male": ["erkak", "Erkak", "E", "erk."], "female": ["ayol", "Ayol", "A"]}[row.sex])
    sex = {"erk.": "erkak "}.get(sex, sex)
    place = UZ_PLACES[row.place][0]
    if position in {44, 120}:
        place = "Qayerdadir"
        build.problem(0, number, "G", "place_unknown", blocks=False)
    mode = {
        "in_person_office": "markazda",
        "phone": "telefon",
        "telegram": "Telegram",
        "in_person_outreach": "sayyor qabul",
    }[row.mode]
    topic = build.pick(UZ_TOPICS[row.topic])
    return [
        position + 1, day, name, birth, sex, phone, place, None, mode, topic, UZ_COUNTRIES[row.destination],
        build.pick(["ha", "Ha", "bor"]) if row.consent else build.pick(["yoʻq", "yo'q", None]), build.pick(["", "", "qayta keladi"]),
    ]  # fmt: skip


UZ_MONTHS = ("yanvar", "fevral", "mart")
UZ_COUNTRIES = {"RU": "Rossiya", "KZ": "Qozogʻiston", "KR": "Janubiy Koreya", "TR": "Turkiya", "": None}
UZ_TOPICS = {
    "contract": ["Mehnat shartnomasi", "shartnoma"],
    "visa_work_permit": ["viza", "Viza olish"],
    "patent_registration_RU": ["patent", "Patent va propiska"],
    "entry_ban_or_registry": ["kirish taqiqi", "reyestr"],
    "wage_claim": ["ish haqi berilmagan", "oylik"],
    "job_search_abroad": ["ish topish", "Ish qidirish"],
    "documents_passport": ["pasport", "hujjatlar"],
    "business_loan": ["kredit", "tadbirkorlik"],
    "other": ["uy masalasi", "gʻalati savol"],
}


def _latin_spelling(build: Builder, name: tuple[str, str, str]) -> str:
    """Spell a name as another clerk would: other apostrophes, capitals, spaces."""
    text = " ".join(name)
    return build.pick(
        [text, text.replace("ʻ", "'"), text.replace("ʻ", "`"), text.upper().replace("ʻ", "'"), f" {text}  "],
        [6, 4, 2, 2, 1],
    )
