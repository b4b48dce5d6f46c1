"""Real names and the habits in which clerks respell them; written apart from the code under test."""

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"
# ICAO Doc 9303 part 3, as passports of the region print Cyrillic names.
ICAO = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳҷӣӯңөү",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "ie",
            "y",
            "_",
            "e",
            "iu",
            "ia",
            "u",
            "k",
            "g",
            "kh",
            "zh",
            "i",
            "u",
            "n",
            "o",
            "u",
        ],
        strict=True,
    )
)
RUSSIAN = (("ж", "дж"), ("ў", "у"), ("қ", "к"), ("ғ", "г"), ("ҳ", "х"), ("ъ", ""))


def names(file: str) -> list[str]:
    with (DATA / file).open(encoding="utf-8") as lines:
        return [row["name"] for row in csv.DictReader(lines)]


def uzbek() -> list[str]:
    return names("given_uz_latn.csv") + names("given_uz_latn_newborn_top100.csv")


def in_passport(cyrillic: str) -> str:
    return "".join(ICAO.get(letter, letter) for letter in cyrillic.lower()).replace("_", "").upper()


def in_russian(uzbek_cyrillic: str) -> str:
    spelled = uzbek_cyrillic.lower()
    for uzbek_letter, russian in RUSSIAN:
        spelled = spelled.replace(uzbek_letter, russian)
    return spelled.capitalize()
