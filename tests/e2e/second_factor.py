"""What an authenticator app computes (RFC 6238), so that journeys can enrol one and sign in with it."""

import base64
import hashlib
import hmac
import struct
import time


def code_now(secret: str, period: int = 30) -> str:
    """Return the six digits an app shows for this secret at this moment."""
    key = base64.b32decode(secret.replace(" ", "").upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // period), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
