import pytest
from django.core.cache import cache
from django.test import Client

from safar.guide.actions import content
from safar.kernel.actor import MACHINE
from safar.trust.models import Centre
from tests.factories import awareness, trust

LANGUAGES = ["uz", "uz-cyrl", "ru", "en"]
CACHEABLE = ["", "centres/", "sessions/", "guide/", "guide/kr/", "guide/ru/", "about/"]
FORMS = ["check-offer/", "ask/", "visit/", "answer/"]


@pytest.fixture
def office(db: None) -> Centre:
    """Give the main centre of the public pages, with everything a page can show of it."""
    return trust.centre(
        "TSH",
        name={"en": "Tashkent centre", "ru": "Ташкентский центр", "uz": "Toshkent markazi"},
        hours={"en": "Monday to Friday 9:00–18:00", "ru": "Пн–пт 9:00–18:00", "uz": "Dushanba–juma 9:00–18:00"},
        address={"en": "1 Sample Street", "ru": "Примерная улица, 1", "uz": "Namuna koʻchasi, 1"},
        phone="+998 71 200 00 00",
        latitude=41.31,
        longitude=69.28,
    )


@pytest.fixture
def site(office: Centre):
    """Give the public pages with a guide and a session to come."""
    content.load(by=MACHINE)
    return awareness.upcoming(office, title="Going to Korea", venue="College hall", region="UZ-TK", capacity=2)


@pytest.fixture
def visitor(db: None) -> Client:
    """Give a browser that checks forms as a real one is checked."""
    cache.clear()
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def filled(visitor: Client):
    """Open a form, fill it in and send it with its hidden fields, as a browser does."""

    def send(address: str, **fields):
        page = visitor.get(address)
        hidden = {"csrfmiddlewaretoken": page.cookies["csrftoken"].value} if page.cookies else {}
        if page.context and "form_key" in page.context:
            hidden["form_key"] = page.context["form_key"]
        return visitor.post(address, hidden | fields)

    return send
