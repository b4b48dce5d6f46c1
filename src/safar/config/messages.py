"""Finds every message in code and templates without GNU gettext, which a fresh machine does not have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import write_po
from django.utils.translation.template import templatize

from safar.config.translations import LOCALE, NO_PLURAL, read_catalogue

PACKAGE = Path(__file__).resolve().parents[1]
_HEADER_NOISE = re.compile(
    r'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team'
    r"|Generated-By):.*\n",
    re.MULTILINE,
)
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# What Django's templatize leaves of a template besides its messages: letters x of the same length, not Python.
_CALL = re.compile(
    r"""\b(?:gettext|ngettext|pgettext|npgettext|_)\((?:[^()"']|u?"(?:\\.|[^"\\])*"|u?'(?:\\.|[^'\\])*')*\)"""
)


@dataclass(slots=True)
class Message:
    """A message and the files it stands in; `plural` is empty for messages without number."""

    text: str
    plural: str = ""
    context: str = ""
    places: set[str] = field(default_factory=set)

    @property
    def identity(self) -> str | tuple[str, str]:
        return (self.text, self.plural) if self.plural else self.text


def collect(package: Path = PACKAGE) -> dict[tuple[str, str], Message]:
    """Return every message by (context, text)."""
    found: dict[tuple[str, str], Message] = {}
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")]):
        if "migrations" in path.parts or (path.suffix == ".txt" and "templates" not in path.parts):
            continue
        for context, text, plural in _messages_in(path):
            message = found.setdefault((context, text), Message(text, plural, context))
            message.plural = message.plural or plural
            message.places.add(str(path.relative_to(package)))
    return found


def _messages_in(path: Path) -> Iterator[tuple[str, str, str]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = "\n".join(match.group() for match in _CALL.finditer(templatize(source)))
    for _line, function, arguments, _comments in extract_python(BytesIO(source.encode()), _KEYWORDS, [], {}):
        found = arguments if isinstance(arguments, (tuple, list)) else (arguments,)
        texts = [text for text in found if isinstance(text, str)]
        if not texts or not texts[0]:
            continue
        context = texts.pop(0) if "pgettext" in str(function) else ""
        yield context, texts[0], texts[1] if len(texts) > 1 and str(function).startswith("n") else ""


def update(language: str, package: Path = PACKAGE) -> Catalog:
    """Bring a language's catalogue up to date: new messages empty, gone ones dropped, translations kept."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    held = read_catalogue(path) if path.exists() else Catalog(locale=language)
    fresh = _empty(language)
    for message in sorted(collect(package).values(), key=lambda message: (min(message.places), message.text)):
        kept = held.get(message.identity, message.context or None)
        fresh.add(
            message.identity,
            string=kept.string if kept else None,
            locations=[(place, 0) for place in sorted(message.places)],
            context=message.context or None,
        )
    write_catalogue(fresh, path)
    return fresh


def _empty(language: str) -> Catalog:
    catalogue = Catalog(locale=language, header_comment=f"# Safar in {language}: docs/how-to/translate.md", fuzzy=False)
    if language.startswith("uz"):
        catalogue.mime_headers = [("Plural-Forms", NO_PLURAL)]
    return catalogue


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """Write with a header of three lines: Babel's own names addresses nobody reads and a date that changes every diff."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=120, include_lineno=False)
    text = _HEADER_NOISE.sub("", buffer.getvalue().decode())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
