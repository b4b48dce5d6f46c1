"""A post's address is its key: ids are ruined by Excel, captions change, addresses stay."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

LONGEST = 500
_TRACKING = ("utm_", "fbclid", "igsh", "igshid", "mibextid", "rdid", "__cft__", "__tn__", "ref", "share_url", "sfnsn")


def canonical(text: str, hosts: dict[str, str]) -> str | None:
    """Return the address in the one form it is compared in, or None when it does not lead to a post on these hosts.

    `hosts` maps every host that is accepted to the one that is kept, such as m.facebook.com to www.facebook.com.
    """
    text = text.strip()
    if not text or len(text) > LONGEST or any(letter.isspace() for letter in text):
        return None
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = hosts.get((parts.hostname or "").lower())
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or host is None or not parts.path.strip("/"):
        return None
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith(_TRACKING)]
    return urlunsplit(("https", host, parts.path.rstrip("/"), urlencode(kept), ""))
