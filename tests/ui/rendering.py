"""Renders a snippet that uses components, as a page would."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

VOID = {"input", "br", "hr", "img", "meta", "link"}


def request(path: str = "/desk/x/") -> HttpRequest:
    return RequestFactory().get(path)


def render(snippet: str, asked: HttpRequest | None = None, **context: Any) -> str:
    template = engines["django"].from_string(CottonCompiler().process("{% load ui %}" + snippet))
    return template.render(context, asked or request())


class Elements(HTMLParser):
    """All start tags in order, as (name, attributes); unclosed and unopened tags are mistakes."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(markup)
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says an attribute twice: {names}"
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def all(self, tag: str, **wanted: str | None) -> list[dict[str, str | None]]:
        named = {key.rstrip("_").replace("_", "-"): value for key, value in wanted.items()}
        return [attrs for name, attrs in self.found if name == tag and named.items() <= attrs.items()]

    def one(self, tag: str, **wanted: str | None) -> dict[str, str | None]:
        (only,) = self.all(tag, **wanted)
        return only
