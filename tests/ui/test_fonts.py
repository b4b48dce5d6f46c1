"""Every letter of every language of the region is in the fonts, for pages and for documents."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from safar import kernel, ui

PAGE_FONTS = Path(ui.__path__[0]) / "static" / "ui" / "fonts"
DOCUMENT_FONTS = Path(kernel.__path__[0]) / "fonts"
ALPHABETS = {
    "Uzbek, Latin": "abcdefghijklmnopqrstuvxyz" + "oʻgʻʼ",
    "Uzbek, Cyrillic": "абвгдеёжзийклмнопрстуфхцчшъэюяўқғҳ",
    "Karakalpak, Latin": "aábcdefgǵhiıjklmnńoópqrstuúvwxyz",
    "Karakalpak, Cyrillic": "аәбвгғдеёжзийкқлмнңоөпрстуүўфхҳцчшщъыьэюя",
    "Tajik": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    "Kyrgyz": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "Writing": "0123456789.,:;!?()-–—…«»“”‘’„/%+=№·×−≤≥→©§ \u00a0",
}


def _letters(alphabet: str) -> set[str]:
    # "İ" is what Python makes of no letter of ours; "ı" is written "I" when large.
    return {letter for letter in alphabet + alphabet.upper() if len(letter) == 1}


def _ranges(rule: str) -> set[int]:
    found: set[int] = set()
    for part in rule.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def _faces() -> list[tuple[str, str, set[int]]]:
    """Read the rules a browser reads: family, file, and which letters it will ask that file for."""
    sheet = (PAGE_FONTS.parent / "tokens.css").read_text()
    pattern = r'font-family: "([^"]+)";.*?url\("fonts/([^"]+)"\).*?unicode-range: ([^;]+);'
    return [(family, file, _ranges(rule)) for family, file, rule in re.findall(pattern, sheet, re.DOTALL)]


@pytest.mark.parametrize("family", ["Safar Sans", "Safar Serif"])
@pytest.mark.parametrize("language", ALPHABETS)
def test_a_page_draws_every_letter_in_its_own_font(family, language):
    drawn: set[int] = set()
    for of, file, asked in _faces():
        if of == family:
            drawn |= asked & set(TTFont(PAGE_FONTS / file).getBestCmap())
    assert {letter for letter in _letters(ALPHABETS[language]) if ord(letter) not in drawn} == set()


@pytest.mark.parametrize("family", ["Safar Sans", "Safar Serif"])
def test_no_letter_is_in_two_files_of_a_family(family):
    ranges = [asked for of, _file, asked in _faces() if of == family]
    assert len(ranges) == 5
    assert sum(len(one) for one in ranges) == len(set().union(*ranges))


@pytest.mark.parametrize("file", ["SafarSans-Regular.ttf", "SafarSans-Bold.ttf"])
@pytest.mark.parametrize("language", ALPHABETS)
def test_a_document_draws_every_letter(file, language):
    drawn = set(TTFont(DOCUMENT_FONTS / file).getBestCmap())
    assert {letter for letter in _letters(ALPHABETS[language]) if ord(letter) not in drawn} == set()


def test_the_document_fonts_are_small_and_carry_their_licence():
    assert sum(path.stat().st_size for path in DOCUMENT_FONTS.glob("*.ttf")) <= 2.5 * 1024 * 1024
    for folder in (PAGE_FONTS, DOCUMENT_FONTS):
        assert "SIL Open Font License" in (folder / "OFL.txt").read_text()
        assert "Reserved Font Name" in (folder / "NOTICE.txt").read_text()


@pytest.mark.parametrize(
    "path", sorted([*PAGE_FONTS.glob("*.woff2"), *DOCUMENT_FONTS.glob("*.ttf")]), ids=lambda path: path.name
)
def test_an_altered_font_does_not_bear_the_reserved_name(path):
    names = TTFont(path)["name"]
    assert [
        str(record) for record in names.names if record.nameID in (1, 3, 4, 6, 16) and "Source" in str(record)
    ] == []
