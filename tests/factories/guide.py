import datetime as dt
from itertools import count

from safar.guide.actions import facts
from safar.guide.enums import Origin
from safar.guide.models import Fact, Guide
from safar.guide.rules import FactContent, FactPlace
from safar.kernel.actor import MACHINE

_NUMBERS = count(1)


def content(**fields) -> FactContent:
    defaults = {
        "title": {"en": "Fee", "uz": "Boj", "ru": "Пошлина"},
        "statement": {"en": "The fee is 10.", "uz": "Boj 10.", "ru": "Пошлина 10."},
        "source_title": "Gazette",
        "source_url": "https://example.org/gazette",
        "source_date": dt.date(2026, 1, 10),
    }
    return FactContent(**(defaults | fields))


def fact(
    *, key: str = "", valid_days: int = 180, source_date: dt.date | None = None, origin=Origin.CENTRE, **place
) -> Fact:
    defaults = {"kind": "fact", "destination": "KR", "section": "costs", "topics": ("contract",)}
    spot = FactPlace(key=key or f"fact-{next(_NUMBERS)}", **(defaults | place))
    told = content(valid_days=valid_days, **({"source_date": source_date} if source_date else {}))
    return facts.add(place=spot, content=told, origin=origin, by=MACHINE)


def guide(destination: str = "KR", **fields) -> Guide:
    defaults = {
        "title": {"en": "Korea", "uz": "Koreya", "ru": "Корея"},
        "lead": {"en": "How to go.", "uz": "Qanday borish."},
    }
    return Guide.objects.create(destination=destination, **(defaults | fields))
