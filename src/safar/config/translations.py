"""Catalogues: compiles every language and derives Uzbek in Cyrillic from the Latin one by rule."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import django
import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from safar.methods.names.scripts import normalise_apostrophes
from safar.methods.names.transliteration import to_cyrillic

LOCALE = Path(__file__).resolve().parents[1] / "locale"
# Uzbek counts "5 ta xabar": the noun stays singular, so Django's own Uzbek catalogue has one form, and so have ours.
NO_PLURAL = "nplurals=1; plural=0;"
DJANGO_LOCALE = Path(django.__file__).parent / "conf" / "locale"
# What must come through unchanged: placeholders, HTML tags and entities, addresses, and words in capitals such as PDF.
_KEEP = re.compile(
    r"(%\([a-z_]+\)[a-z]|%[sd]|\{[a-z_]*\}|<[^>]+>|&[a-z]+;|https?://\S*|\b[A-Z]{2,}\b|\w*@\w+\S*|\B\.[a-z]{3,4}\b)"
)
_WORD = re.compile(r"[A-Za-zʻʼ]+(?:['`’‘][A-Za-zʻʼ]+)*")


@cache
def exceptions() -> dict[str, dict[str, str]]:
    """Return what people corrected by hand: `messages` by msgid, `words` by their Latin stem, `latin` words to leave."""
    listed = yaml.safe_load((LOCALE / "uz_Cyrl_exceptions.yaml").read_text(encoding="utf-8"))
    return {"messages": listed["messages"], "words": listed["words"], "latin": dict.fromkeys(listed["latin"], "")}


def message_to_cyrillic(text: str) -> str:
    """Transliterate a message, leaving placeholders, markup and names of products as they are."""
    return "".join(
        part if index % 2 else _WORD.sub(lambda match: _word(match.group()), part)
        for index, part in enumerate(_KEEP.split(text))
    )


def _word(word: str) -> str:
    listed = exceptions()
    if word in listed["latin"]:
        return word
    for length in range(len(word), 2, -1):
        stem = listed["words"].get(word[:length].lower())
        if stem:
            # No Uzbek ending begins with e, the one letter that depends on what stands before it.
            return (stem.capitalize() if word[0].isupper() else stem) + to_cyrillic(word[length:])
    return to_cyrillic(word)


def read_catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def derived(latin: Catalog) -> Catalog:
    """Return the Cyrillic catalogue of a Latin one; messages without a translation stay without."""
    catalogue = Catalog(locale="uz_Cyrl", domain="django")
    catalogue.mime_headers = [("Plural-Forms", NO_PLURAL)]
    for message in latin:
        if not message.id:
            continue
        msgid = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        corrected = exceptions()["messages"].get(msgid)
        cyrillic = (
            tuple(corrected or message_to_cyrillic(text) for text in message.string)
            if isinstance(message.string, (tuple, list))
            else corrected or message_to_cyrillic(message.string or "")
        )
        catalogue.add(message.id, string=cyrillic, context=message.context, flags=message.flags)
    return catalogue


def _house_spelling(catalogue: Catalog) -> Catalog:
    """Write every apostrophe inside a word as U+02BB after o and g, and as U+02BC elsewhere."""
    for message in catalogue:
        if not message.id:
            continue
        texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        spelt = tuple(_WORD.sub(lambda match: normalise_apostrophes(match.group()), text or "") for text in texts)
        message.string = spelt if isinstance(message.string, (tuple, list)) else spelt[0]
    return catalogue


def compile_all() -> list[Path]:
    """Write a .mo beside every .po, and the derived Cyrillic one; return what was written."""
    sources = sorted(source for source in LOCALE.glob("*/LC_MESSAGES/django.po") if "uz" not in source.parts)
    written = [_write(read_catalogue(source), source.with_suffix(".mo")) for source in sources]
    # Django looks its own strings up in its own folder, which has no uz_Cyrl and writes oʻ with a quotation mark: they
    # travel in ours, ours winning.
    latin = _house_spelling(read_catalogue(DJANGO_LOCALE / "uz" / "LC_MESSAGES" / "django.po"))
    for message in read_catalogue(LOCALE / "uz" / "LC_MESSAGES" / "django.po"):
        if message.id and (message.string and all(message.string)):
            latin[message.id] = message
    written.append(_write(latin, LOCALE / "uz" / "LC_MESSAGES" / "django.mo"))
    written.append(_write(derived(latin), LOCALE / "uz_Cyrl" / "LC_MESSAGES" / "django.mo"))
    return written


def _write(catalogue: Catalog, path: Path) -> Path:
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != buffer.getvalue():
        path.write_bytes(buffer.getvalue())
    return path
