import xml.etree.ElementTree as ET

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("ru-RU,ru;q=0.9", "ru"),
        ("uz-Cyrl-UZ", "uz-cyrl"),
        ("uz", "uz"),
        ("fr-FR,fr;q=0.9,en;q=0.5", "en"),
        ("fr", "uz"),
        ("*", "uz"),
        ("", "uz"),
        ("x;;;q=zz", "uz"),
    ],
)
def test_the_way_in_follows_the_browsers_language_and_else_the_countrys(visitor, asked, given):
    response = visitor.get("/", headers={"Accept-Language": asked})
    assert (response.status_code, response["Location"]) == (302, f"/{given}/")
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


def test_robots_may_read_the_public_pages_and_nothing_else(visitor, settings):
    settings.SAFAR_IS_DEMO = False
    text = visitor.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in text
    assert "Disallow: /\n" not in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
    settings.SAFAR_IS_DEMO = True
    assert "Disallow: /\n" in visitor.get("/robots.txt").content.decode()


def test_the_sitemap_lists_every_page_in_every_language_and_each_opens(visitor, site):
    tree = ET.fromstring(visitor.get("/sitemap.xml").content)  # noqa: S314  (what we wrote ourselves)
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    addresses = [node.text for node in tree.findall("s:url/s:loc", spaces)]
    assert len(addresses) == len(set(addresses)) == 11 * 4
    assert all(len(node.findall("x:link", spaces)) == 4 for node in tree.findall("s:url", spaces))
    for address in addresses:
        assert visitor.get(address.removeprefix("http://testserver")).status_code == 200


def test_the_security_text_names_an_address_or_is_honestly_absent(visitor, settings):
    assert visitor.get("/.well-known/security.txt").status_code == 404
    settings.SAFAR_SECURITY_CONTACT = "mailto:security@example.org"
    response = visitor.get("/.well-known/security.txt")
    text = response.content.decode()
    assert text.startswith("Contact: mailto:security@example.org\nExpires: ")
    assert "Preferred-Languages: uz, uz-Cyrl, ru, en" in text
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("address", ["/desk/no-such-page/", "/favicon.ico", "/static/gone.css", "/api/v9/"])
def test_what_is_missing_outside_the_public_pages_is_not_led_into_them(visitor, address):
    response = visitor.get(address)
    assert response.get("Location", "").startswith("/desk/account/") or response.status_code == 404


def test_an_address_without_a_language_is_led_to_one(visitor, office):
    assert visitor.get("/centres/", headers={"Accept-Language": "ru"})["Location"] == "/ru/centres/"
