"""What a written name sounds like, in about twenty signs that are the same from every script and spelling habit.

Consonants: one sign a sound, where x kh h ҳ х are h, q k қ к are k, gh gʻ ғ г are g, j zh dzh ж ҷ дж are j; c stands for ch,
x for sh. Vowels: three classes, a (a, o), u (oʻ, u, ў, ӯ, ө, ү), i (i, e, ы); y is a glide. O marks a Latin o that may be
an oʻ whose apostrophe was lost.
"""

import re
import unicodedata
from functools import lru_cache

from safar.methods.names.scripts import APOSTROPHE, TURNED_COMMA, normalise

VOWELS = "aiuO"

_CYRILLIC = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "yi", "ё": "ya", "ж": "j", "җ": "j",
    "ҷ": "j", "з": "z", "и": "i", "ӣ": "i", "і": "i", "й": "y", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n",
    "ң": "n", "ҥ": "n", "о": "a", "ө": "u", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ӯ": "u",
    "ү": "u", "ұ": "u", "ф": "f", "х": "h", "ҳ": "h", "һ": "h", "ц": "s", "ч": "c", "ш": "x", "щ": "x", "ъ": "",
    "ы": "i", "ь": "", "э": "i", "ю": "yu", "я": "ya",
}  # fmt: skip
_CYRILLIC_PAIRS = (("дж", "ж"), ("тс", "ц"))
# Longest first: dzh before zh, zh before z. The last rows are letters that only other languages put into these names.
_LATIN = (
    ("dzh", "j"), ("s" + APOSTROPHE + "h", "sh"), ("shch", "x"), ("o" + TURNED_COMMA, "u"), ("g" + TURNED_COMMA, "g"),
    ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("sh", "x"), ("ch", "c"), ("ts", "s"),  ("ph", "f"),
    ("tsch", "c"), ("schtsch", "x"), ("chtch", "x"), ("dsch", "j"), ("sch", "x"), ("tch", "c"), ("cz", "c"), ("dž", "j"), ("dż", "j"), ("ou", "u"),
    ("a", "a"), ("b", "b"), ("c", "k"), ("d", "d"), ("e", "i"), ("f", "f"), ("g", "g"), ("h", "h"), ("i", "i"),
    ("j", "j"), ("k", "k"), ("l", "l"), ("m", "m"), ("n", "n"), ("o", "a"), ("p", "p"), ("q", "k"), ("r", "r"),
    ("s", "s"), ("t", "t"), ("u", "u"), ("v", "v"), ("w", "v"), ("x", "h"), ("y", "y"), ("z", "z"), ("ə", "a"),
    ("ı", "i"), ("ö", "u"), ("ü", "u"), ("ş", "x"), ("ç", "c"), ("ğ", "g"), ("ǵ", "g"), ("ñ", "n"), ("ŋ", "n"),
    ("á", "a"), ("č", "c"), ("š", "x"), ("ž", "j"), ("ż", "j"), ("ǰ", "j"), ("ł", "l"), ("ß", "s"), ("æ", "a"), ("ø", "u"),
)  # fmt: skip
_LATIN_TABLE = dict(_LATIN)
LATIN = tuple(_LATIN_TABLE)
"""The letters and groups of letters of the Latin alphabets that stand for one sound each."""
_LATIN_UNIT = re.compile("|".join(re.escape(written) for written, _ in sorted(_LATIN, key=lambda pair: -len(pair[0]))))
_ONE_SCRIPT = re.compile(f"(?P<cyrillic>[{''.join(_CYRILLIC)}]+)|[^{''.join(_CYRILLIC)}]+")
# Ahmadjon, and so Ahmadjonov, is Ahmad with the courtesy -jon, while in Алиджон the дж is one sound: only these names end in d themselves.
_TITLE_AFTER_D = re.compile(r"(?P<name>.+[dд])(?P<title>(?:j|zh|ж|ҷ)[oaоа][nн](?:[oо][vwв].*)?)")
_NAMES_IN_D = frozenset(
    [
        "ahmad",
        "muhamad",
        "mahmud",
        "murad",
        "said",
        "umid",
        "farhad",
        "hurxid",
        "jamxid",
        "bihzad",
        "abid",
        "vahid",
        "raxid",
        "hamid",
        "majid",
        "navid",
        "asad",
        "davud",
        "halid",
    ]
)
_SIGNED = re.compile(f"[{TURNED_COMMA}{APOSTROPHE}ўөӯ]")
_RUN = re.compile("[aiuOy]+")
_LAST_RUN = re.compile("(?<=[^aiuOy])[aiuO][iy]*(?P<last>[aO])$")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(50_000)
def phonemes(token: str, *, open_o: bool = False) -> str:
    """Return the sounds of one written token, glides and double letters kept; empty for scripts we do not read.

    With `open_o` an o is O where it may be an oʻ: in a Latin token that shows no apostrophe at all, because passports drop them
    (OTKIR, TOXTAYEV), and in a Cyrillic one without ў, ө, ӯ, because Russian writes о for them (Ходжаев, Омурбек).
    """
    text = normalise(token).lower()
    titled = _TITLE_AFTER_D.fullmatch(text)
    if titled and collapsed(phonemes(titled["name"])).endswith(tuple(_NAMES_IN_D)):
        return phonemes(titled["name"], open_o=open_o) + phonemes(titled["title"])
    lost = open_o and not _SIGNED.search(text)
    for written, meant in _CYRILLIC_PAIRS:
        text = text.replace(written, meant)
    return "".join(
        "".join("O" if lost and letter == "о" else _CYRILLIC[letter] for letter in piece.group())
        if piece.group("cyrillic")
        else _latin_sounds(piece.group(), open_o=lost)
        for piece in _ONE_SCRIPT.finditer(text)
    )


def _latin_sounds(text: str, *, open_o: bool) -> str:
    plain = "".join(letter if letter in _LATIN_TABLE else _without_marks(letter) for letter in text)
    return "".join(
        "O" if open_o and unit.group() == "o" else _LATIN_TABLE[unit.group()] for unit in _LATIN_UNIT.finditer(plain)
    )


def collapsed(sounds: str, *, keep_ending: bool = False) -> str:
    """Return sounds with every run of vowels and glides as one vowel and every double letter once.

    The first vowel of a run stands for it (Doniyor, Дониёр, DONIER: i). A leading i before another vowel is the glide that
    passports write for й (IULDASHEV), and a y between consonants is a vowel (Rysbek).
    With `keep_ending` a last run of two vowels keeps both, so that Aliya is not Ali.
    """
    ending = _LAST_RUN.search(sounds) if keep_ending else None
    if ending:
        return collapsed(sounds[: ending.start() + 1]) + ending["last"]
    return _DOUBLED.sub(r"\1", _RUN.sub(lambda run: _one_vowel(run.group(), first=run.start() == 0), sounds))


def _one_vowel(run: str, *, first: bool) -> str:
    vowels = run.replace("y", "")
    if not vowels:
        return "i"
    if first and vowels[0] == "i" and len(vowels) > 1:
        return vowels[1]
    return vowels[0]


def _without_marks(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]
