"""Text that exists in several languages at once, such as the name of a place or a centre."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.utils.translation import get_language

FALLBACKS = {
    "uz-cyrl": ("uz", "ru", "en"),
    "uz": ("uz-cyrl", "ru", "en"),
    "kaa": ("uz", "ru", "en"),
    "tg": ("ru", "en"),
    "ky": ("ru", "en"),
    "ru": ("en",),
}


class Multilingual(Mapping[str, str]):
    """An unchanging map from language code to text; `str()` gives the reader's language or the nearest we have."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._texts = {language: text for language, text in (texts or {}).items() if text}

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __str__(self) -> str:
        return self.text(get_language() or "en")

    def __repr__(self) -> str:
        return f"Multilingual({self._texts!r})"

    def language_used(self, language: str) -> str:
        """Return the language `text()` would answer in, so that a page can mark it with `lang`."""
        for candidate in (language, *FALLBACKS.get(language, ()), "en"):
            if candidate in self._texts:
                return candidate
        return next(iter(self._texts), "en")

    def text(self, language: str) -> str:
        """Return the text in `language`, else in the nearest language a reader of it is likely to read, else any."""
        return self._texts.get(self.language_used(language), "")


class MultilingualField(models.JSONField):
    """Stores a Multilingual as a JSON object keyed by language code."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Multilingual:
        return Multilingual(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Multilingual:
        return value if isinstance(value, Multilingual) else Multilingual(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(dict(value) if value is not None else {})

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002  (Django's signature)
        return super().get_db_prep_value(dict(value) if isinstance(value, Mapping) else value, connection, prepared)
