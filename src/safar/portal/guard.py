"""Keeps machines and hammering off the forms without watching people: no picture puzzles, no cookie, no stored address."""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from safar.kernel.clock import today

HOUR = 3600
HONEYPOT = "website"
# A whole college may sit behind one address and sign up in one lesson; a code must not be guessable in an hour.
LIMITS = {
    "enquiry": 20,
    "code": 10,
    "sign_up": 60,
    "booking": 12,
    "booking_code": 10,
    "referral_link": 20,
    "offer": 60,
    "self_check": 120,
}


def is_trap(request: HttpRequest) -> bool:
    """Return whether the field no person sees was filled in."""
    return bool(request.POST.get(HONEYPOT))


def too_many(request: HttpRequest, bucket: str) -> bool:
    """Count this try and return whether the address has used up its hour."""
    key = f"portal:{bucket}:{_fingerprint(request)}"
    cache.add(key, 0, HOUR)
    try:
        tries = cache.incr(key)
    except ValueError:  # the hour ended between the two lines
        cache.set(key, 1, HOUR)
        tries = 1
    return tries > LIMITS[bucket]


def used_up(request: HttpRequest, bucket: str) -> bool:
    """Return whether the address has used up its hour, without counting this try: for doors where only misses count."""
    return int(cache.get(f"portal:{bucket}:{_fingerprint(request)}", 0)) > LIMITS[bucket]


def _fingerprint(request: HttpRequest) -> str:
    """Return a keyed hash of the address that is worth nothing tomorrow, so that the cache never knows who asked."""
    text = f"{today().isoformat()} {_address(request)}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def _address(request: HttpRequest) -> str:
    """Return whom the connection comes from. Behind a proxy all seem to come from it: then its own entry, the last, counts.

    The header is believed only where the settings say that a proxy stands in front; elsewhere anybody could write it.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
