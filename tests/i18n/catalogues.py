"""Reading of the catalogues for the tests beside this file."""

from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from safar.config.translations import LOCALE, read_catalogue

COMMAND = "Run: django-admin collect_messages, translate what is empty (docs/how-to/translate.md), compile_translations"
# What a reader of the public pages may meet. The desk is wider: a language of the desk may wait, the public may not.
PUBLIC = ("portal/", "ui/", "guide/", "messaging/", "awareness/", "field/")


def catalogue(language: str) -> Catalog:
    return read_catalogue(LOCALE / language / "LC_MESSAGES" / "django.po")


def texts(message: Message) -> list[str]:
    """Return the forms of a translation, an empty list when any is missing."""
    forms = list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]
    return [str(form) for form in forms] if all(forms) else []


def sources(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, (tuple, list)) else [message.id]


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


def translated(language: str) -> Iterator[Message]:
    return (message for message in messages(language) if texts(message))


def is_public(message: Message) -> bool:
    return any(place.startswith(PUBLIC) for place, _line in message.locations)
