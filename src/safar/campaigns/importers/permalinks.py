"""A post's address is its key: ids are ruined by Excel, captions change, addresses stay."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

LONGEST = 500
_TRACKING = ("utm_", "fbclid", "igsh", "igshid", "mibextid", "rdid", "__cft__", "__tn__", "ref", "share_url", "sfnsn")
# Every host that leads to a platform, and the one its addresses are kept under. A website may be anywhere.
_HOSTS: dict[str, dict[str, str]] = {
    "facebook": {
        **dict.fromkeys(("www.facebook.com", "facebook.com", "m.facebook.com", "web.facebook.com"), "www.facebook.com"),
        "fb.watch": "fb.watch",
    },
    "instagram": dict.fromkeys(("www.instagram.com", "instagram.com"), "www.instagram.com"),
    "telegram": dict.fromkeys(("t.me", "telegram.me"), "t.me"),
    "tiktok": {
        **dict.fromkeys(("www.tiktok.com", "tiktok.com", "m.tiktok.com"), "www.tiktok.com"),
        "vm.tiktok.com": "vm.tiktok.com",
    },
    "youtube": {
        **dict.fromkeys(("www.youtube.com", "youtube.com", "m.youtube.com"), "www.youtube.com"),
        "youtu.be": "youtu.be",
    },
    "odnoklassniki": dict.fromkeys(("ok.ru", "www.ok.ru", "m.ok.ru"), "ok.ru"),
    "vk": dict.fromkeys(("vk.com", "m.vk.com", "vk.ru"), "vk.com"),
    "x": dict.fromkeys(("x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"), "x.com"),
}


def canonical(text: str, platform: str) -> str | None:
    """Return the address in the one form it is compared in, or None when it does not lead to a post on this platform."""
    text = text.strip()
    if not text or len(text) > LONGEST or any(letter.isspace() for letter in text):
        return None
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        named = (parts.hostname or "").lower()
    except ValueError:
        return None
    host = _HOSTS.get(platform, {named: named}).get(named)
    if parts.scheme not in {"http", "https"} or not host or not parts.path.strip("/"):
        return None
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith(_TRACKING)]
    address = urlunsplit(("https", host, parts.path.rstrip("/"), urlencode(kept), ""))
    return address if len(address) <= LONGEST else None  # encoding letters makes an address longer
