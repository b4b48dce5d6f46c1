"""What every page template may rely on."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

_THEMES = {"light", "dark"}


@dataclass(frozen=True, slots=True)
class Language:
    """A language the page can be read in; `url` is this same page in it where addresses carry the language."""

    code: str
    tag: str
    name: str
    url: str
    is_current: bool


def language_tag(code: str) -> str:
    """Write a language code as HTML wants it: the script of Uzbek in Cyrillic is a subtag with a capital."""
    first, _, script = code.partition("-")
    return f"{first}-{script.title()}" if script else first


def _languages(request: HttpRequest) -> list[Language]:
    current = get_language()
    return [
        Language(
            code=code,
            tag=language_tag(code),
            name=str(get_language_info(code)["name_local"]).capitalize(),
            url=translate_url(request.path, code),
            is_current=code == current,
        )
        for code, _name in settings.LANGUAGES
    ]


def page(request: HttpRequest) -> dict[str, Any]:
    """Add the demo flag, the languages, and the theme chosen at the desk."""
    at_desk = request.path.startswith("/desk/")
    theme = request.COOKIES.get("theme", "") if at_desk else ""
    return {
        "is_demo": settings.SAFAR_IS_DEMO,
        "at_desk": at_desk,
        "languages": SimpleLazyObject(lambda: _languages(request)),
        "theme": theme if theme in _THEMES else "",
    }
